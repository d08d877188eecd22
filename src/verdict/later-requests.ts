import {headerValue} from '../http/header-lines.ts';
import type {Exchange, RecordedRequest} from '../journal/exchange.ts';
import {ofHeaders} from './of-headers.ts';
import type {Surroundings} from './rule.ts';

/**
 * Looks for requests that came after an exchange. The journal is gone through from its end backwards,
 * each exchange once, as far as the questions reach: of the latest hop they are answered at once, however
 * long the journal is.
 */
export class LaterRequests {
	readonly #exchanges: readonly Exchange[];
	readonly #isFollowUp: (exchange: Exchange) => boolean;
	/** By user agent, method and URL; the latest first, as in all lists here. */
	readonly #calls = new Map<string, Map<string, Map<string, Exchange[]>>>();
	/** The same by user agent alone. */
	readonly #byAgent = new Map<string, Exchange[]>();
	readonly #tokens = new Map<string, Exchange[]>();
	/** How many exchanges have not been gone through: so many of the first ones. */
	#left: number;

	constructor({exchanges, isFollowUp}: Surroundings) {
		this.#exchanges = exchanges;
		this.#isFollowUp = isFollowUp;
		this.#left = exchanges.length;
	}

	/**
	 * The first request after exchange `number` to `url` that no redirect caused, with the method and the
	 * user agent of `like`.
	 *
	 * @param notBefore milliseconds of the journal's time before which it did not begin
	 */
	call(number: number, url: string, like: RecordedRequest, notBefore = 0): Exchange | undefined {
		this.#reach(number);
		const list = this.#calls.get(agentOf(like.headers))?.get(like.method)?.get(url);
		return firstAfter(number, list, notBefore);
	}

	/** The first request after exchange `number` that no redirect caused, with the user agent of `like`. */
	next(number: number, like: RecordedRequest): Exchange | undefined {
		this.#reach(number);
		return firstAfter(number, this.#byAgent.get(agentOf(like.headers)));
	}

	/** The first request after exchange `number` to `url` that no redirect caused, with one of these methods and the user agent of `like`. */
	callOf(
		methods: readonly string[],
		number: number,
		url: string,
		like: RecordedRequest,
	): Exchange | undefined {
		return methods
			.map(method => this.call(number, url, {...like, method}))
			.reduce((first, call) =>
				call && first && first.number < call.number ? first : (call ?? first),
			);
	}

	/** The first request after exchange `number` that carried a hop token, and fits. */
	useOfToken(
		number: number,
		token: string,
		fits: (use: Exchange) => boolean,
	): Exchange | undefined {
		this.#reach(number);
		const uses = this.#tokens.get(token);
		for (let use = firstAfter(number, uses); use; use = firstAfter(use.number, uses))
			if (fits(use)) return use;
		return undefined;
	}

	#reach(number: number): void {
		for (; this.#left > 0; this.#left--) {
			const exchange = this.#exchanges[this.#left - 1];
			if (exchange === undefined || exchange.number <= number) return;
			this.#take(exchange);
		}
	}

	#take(exchange: Exchange): void {
		const {request} = exchange;
		if (request.hopToken !== undefined)
			within(this.#tokens, request.hopToken, newList).push(exchange);
		if (this.#isFollowUp(exchange)) return;
		const agent = agentOf(request.headers);
		within(this.#byAgent, agent, newList).push(exchange);
		const byMethod = within(this.#calls, agent, newMap<Map<string, Exchange[]>>);
		const byUrl = within(byMethod, request.method, newMap<Exchange[]>);
		within(byUrl, request.url, newList).push(exchange);
	}
}

const agentOf = ofHeaders(lines => headerValue(lines, 'user-agent') ?? '');

function newList(): Exchange[] {
	return [];
}

function newMap<Value>(): Map<string, Value> {
	return new Map();
}

/** What a map has under a key; made when it has nothing. */
function within<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
	const known = map.get(key);
	if (known !== undefined) return known;
	const made = make();
	map.set(key, made);
	return made;
}

/**
 * The exchange with the next greater number in a list that begins with the greatest; near its end, most
 * often. Requests are numbered as they begin.
 */
function firstAfter(
	number: number,
	list: readonly Exchange[] = [],
	notBefore = 0,
): Exchange | undefined {
	const isAfter = (at: number): boolean => {
		const exchange = list[at];
		return (
			exchange !== undefined && exchange.number > number && exchange.request.beganAt >= notBefore
		);
	};
	let low = 0;
	let high = list.length;
	for (let step = 1; low < high; step *= 2) {
		const near = Math.max(low, high - step);
		if (isAfter(near)) low = near + 1;
		else high = near;
		if (low > near) break;
	}
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (isAfter(middle)) low = middle + 1;
		else high = middle;
	}
	return list[low - 1];
}
