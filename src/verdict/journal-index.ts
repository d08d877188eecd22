import {headerValues} from '../http/header-lines.ts';
import {isPreflight} from '../http/preflight.ts';
import type {Exchange, MalformedMessage} from '../journal/exchange.ts';
import type {Hop} from '../journal/hop.ts';
import {Arrivals} from './arrivals.ts';
import {CallValues} from './call-values.ts';
import {LaterRequests} from './later-requests.ts';
import type {Surroundings} from './rule.ts';

/** The request-target of a request that is no HTTP, as far as one can be told from its first line. */
export interface OddTarget {
	readonly exchange: Exchange;
	/** Each byte as the character of its number. */
	readonly target: string;
}

/** What rules look up in a whole journal. Each part is made at the first question, once, so that judging stays linear. */
export class JournalIndex {
	readonly later: LaterRequests;
	readonly #surroundings: Surroundings;
	readonly #exchanges: readonly Exchange[];
	#arrivals: Arrivals | undefined;
	#challenges: Arrivals | undefined;
	#calls: CallValues | undefined;
	#hops: ReadonlyMap<number, Hop> | undefined;
	#causes: ReadonlyMap<number, Hop> | undefined;
	#cookies: ReadonlyMap<string, number> | undefined;
	#leaves: ReadonlyMap<string, number> | undefined;
	#noHttp: ReadonlyMap<string, MalformedMessage> | undefined;
	#oddTargets: readonly OddTarget[] | undefined;

	constructor(surroundings: Surroundings) {
		this.later = new LaterRequests(surroundings);
		this.#surroundings = surroundings;
		this.#exchanges = surroundings.exchanges;
	}

	/** All requests by URL. */
	get arrivals(): Arrivals {
		this.#arrivals ??= new Arrivals(this.#exchanges, ({request}) => request.url);
		return this.#arrivals;
	}

	/** All exchanges that were answered with a 401, by origin. */
	get challenges(): Arrivals {
		this.#challenges ??= new Arrivals(this.#exchanges, ({request, response}) =>
			response?.status === 401 ? request.origin : undefined,
		);
		return this.#challenges;
	}

	/** The values of per-call fields. */
	get calls(): CallValues {
		this.#calls ??= new CallValues(this.#surroundings);
		return this.#calls;
	}

	/** The hop whose redirect is this exchange; undefined for none. */
	hopFrom({number}: Exchange): Hop | undefined {
		this.#hops ??= new Map(this.#surroundings.hops.map(hop => [hop.redirect.number, hop]));
		return this.#hops.get(number);
	}

	/** The hop whose follow-up is this exchange; undefined for a call of its own. */
	hopTo({number}: Exchange): Hop | undefined {
		this.#causes ??= new Map(this.#surroundings.hops.map(hop => [hop.followUp?.number ?? 0, hop]));
		return this.#causes.get(number);
	}

	/** The number of the first exchange whose response set a cookie, by its name or by `name=value`. */
	firstSetting(cookie: string): number | undefined {
		this.#cookies ??= settingsOf(this.#exchanges);
		return this.#cookies.get(cookie);
	}

	/** The number of the first exchange in which a CORS preflight for a URL was answered well. */
	firstLeave(url: string): number | undefined {
		this.#leaves ??= leavesOf(this.#exchanges);
		return this.#leaves.get(url);
	}

	/** The targets of all requests that are no HTTP, in order. */
	oddTargets(): readonly OddTarget[] {
		this.#oddTargets ??= this.#exchanges.flatMap(oddTargetOf);
		return this.#oddTargets;
	}

	/** Bytes that are no HTTP in the place of the exchange with this number on a connection. */
	noHttpAt(connection: number, exchange: number): MalformedMessage | undefined {
		this.#noHttp ??= noHttpOf(this.#exchanges);
		// Nearly always there are none, and no place need be looked up.
		return this.#noHttp.size === 0 ? undefined : this.#noHttp.get(placeKey(connection, exchange));
	}
}

const indexes = new WeakMap<Surroundings, JournalIndex>();

/** The index of these surroundings. They must not grow afterwards. */
export function journalIndex(surroundings: Surroundings): JournalIndex {
	const known = indexes.get(surroundings);
	if (known !== undefined) return known;
	const index = new JournalIndex(surroundings);
	indexes.set(surroundings, index);
	return index;
}

function settingsOf(exchanges: readonly Exchange[]): Map<string, number> {
	const settings = new Map<string, number>();
	for (const exchange of exchanges)
		for (const key of cookiesSetBy(exchange))
			if (!settings.has(key)) settings.set(key, exchange.number);
	return settings;
}

function cookiesSetBy({response}: Exchange): string[] {
	if (response === undefined) return [];
	return headerValues(response.headers, 'set-cookie').flatMap(line => {
		const pair = (line.split(';', 1)[0] ?? '').trim();
		return [pair, pair.split('=', 1)[0] ?? ''];
	});
}

function leavesOf(exchanges: readonly Exchange[]): Map<string, number> {
	const leaves = new Map<string, number>();
	for (const {number, request, response} of exchanges) {
		const isLeave = response !== undefined && response.status >= 200 && response.status < 300;
		if (isLeave && !leaves.has(request.url) && isPreflight(request))
			leaves.set(request.url, number);
	}
	return leaves;
}

function oddTargetOf(exchange: Exchange): OddTarget[] {
	const {malformed, method} = exchange.request;
	if (malformed === undefined || method !== '') return [];
	const line = Buffer.from(malformed.bytes).toString('latin1').split('\r\n', 1)[0] ?? '';
	const target = /^[A-Z]+ (.*?)(?: HTTP\/.*)?$/s.exec(line)?.[1];
	return target === undefined ? [] : [{exchange, target}];
}

function noHttpOf(exchanges: readonly Exchange[]): Map<string, MalformedMessage> {
	const places = new Map<string, MalformedMessage>();
	for (const {connection, request} of exchanges)
		if (request.malformed !== undefined && request.method === '')
			places.set(placeKey(connection.number, connection.exchange), request.malformed);
	return places;
}

/** The place of an exchange on its connection. */
function placeKey(connection: number, exchange: number): string {
	return `${connection} ${exchange}`;
}
