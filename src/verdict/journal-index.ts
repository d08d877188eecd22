import {headerValue, headerValues} from '../http/header-lines.ts';
import type {Exchange, MalformedMessage, RecordedRequest} from '../journal/exchange.ts';
import type {Surroundings} from './rule.ts';

/** What rules look up in a whole journal; made once, so that judging stays linear. */
export interface JournalIndex {
	/** Requests that no redirect caused, in order, by `callKey`. */
	readonly calls: ReadonlyMap<string, readonly Exchange[]>;
	/** All requests that carried a hop token, in order, by the token. */
	readonly tokens: ReadonlyMap<string, readonly Exchange[]>;
	/** The first exchange whose response set a cookie, by its name and by `name=value`. */
	readonly cookies: ReadonlyMap<string, number>;
	/** Bytes that came in the place of a request and are no HTTP, by `placeKey`. */
	readonly noHttp: ReadonlyMap<string, MalformedMessage>;
}

const indexes = new WeakMap<Surroundings, JournalIndex>();

/** The index of these surroundings, made at the first question. They must not grow afterwards. */
export function journalIndex(surroundings: Surroundings): JournalIndex {
	const known = indexes.get(surroundings);
	if (known !== undefined) return known;
	const index = makeIndex(surroundings);
	indexes.set(surroundings, index);
	return index;
}

function makeIndex({exchanges, hopTo}: Surroundings): JournalIndex {
	const calls = new Map<string, Exchange[]>();
	const tokens = new Map<string, Exchange[]>();
	const cookies = new Map<string, number>();
	const noHttp = new Map<string, MalformedMessage>();
	for (const exchange of exchanges) {
		const {number, request, connection} = exchange;
		const {method, malformed} = request;
		if (malformed !== undefined && method === '')
			noHttp.set(placeKey(connection.number, connection.exchange), malformed);
		if (hopTo(exchange) === undefined) addTo(calls, callKey(request, request.url), exchange);
		if (request.hopToken !== undefined) addTo(tokens, request.hopToken, exchange);
		for (const key of cookiesSetBy(exchange)) if (!cookies.has(key)) cookies.set(key, number);
	}
	return {calls, tokens, cookies, noHttp};
}

/** The place of an exchange on its connection. */
export function placeKey(connection: number, exchange: number): string {
	return `${connection} ${exchange}`;
}

/** What makes two calls the same: method, user agent and the documented URL, here `url`. */
export function callKey({method, headers}: RecordedRequest, url: string): string {
	return `${method} ${url} ${headerValue(headers, 'user-agent') ?? ''}`;
}

function addTo(map: Map<string, Exchange[]>, key: string, exchange: Exchange): void {
	const list = map.get(key);
	if (list === undefined) map.set(key, [exchange]);
	else list.push(exchange);
}

function cookiesSetBy({response}: Exchange): string[] {
	if (response === undefined) return [];
	return headerValues(response.headers, 'set-cookie').flatMap(line => {
		const pair = (line.split(';', 1)[0] ?? '').trim();
		return [pair, pair.split('=', 1)[0] ?? ''];
	});
}
