import type {HeaderLine, HeaderLines} from '../../src/http/header-lines.ts';
import {contentFields} from './conforming.ts';
import {CookieJar} from './cookie-jar.ts';
import {allows, needsPreflight, passesCheck, preflightOf, serializedOrigin} from './fetch-cors.ts';
import {policyAfter, type ReferrerPolicy, referrerOf} from './fetch-referrer.ts';
import {locationUrl, type Place, placeOf, type Reading} from './location-url.ts';
import {RedirectCache} from './redirect-cache.ts';

/** A body, and how it goes out. */
export interface Body {
	readonly bytes: Buffer;
	/** On HTTP/1.1: whether its length is said before it, or it comes in chunks. */
	readonly framing: 'length' | 'chunked';
	/** Behind a chunked body. */
	readonly trailers: HeaderLines;
	/** Whether it can be read only once: its source is null. */
	readonly isStream: boolean;
}

/** A request as it is handed to the wire; Host, Connection and framing are added there. */
export interface Message {
	readonly method: string;
	readonly url: URL;
	/** In origin form. */
	readonly target: string;
	readonly headers: HeaderLines;
	readonly body: Body | undefined;
}

/** A response, read to its end. */
export interface Answer {
	readonly status: number;
	readonly headers: HeaderLines;
}

/** Sends one request and reads its response; rejects when the connection fails. */
export type Network = (message: Message) => Promise<Answer>;

/** What a program asks for. */
export interface Call {
	readonly method: string;
	/** May have a fragment. */
	readonly url: string;
	readonly headers: HeaderLines;
	readonly body: Body | undefined;
}

/** What RFC 9110 lets clients do in more than one way; Fetch's own way unless told. */
export interface Habits {
	/** How many redirects it follows for a call: 20 in Fetch; fewer in many clients. */
	readonly limit: number;
	/** Keeps POST on 301 and 302 (RFC 9110, 15.4.2: "MAY change"). */
	readonly keepsPost: boolean;
	/** Methods that it does not send again by itself (RFC 9110, 15.4). */
	readonly declines: readonly string[];
	/** How a Location is read. */
	readonly reads: Reading;
	/** Leaves away what clients generate, when it was in the first request (RFC 9110, 15.4, item 2). */
	readonly dropsGenerated: boolean;
	/** Makes these anew for each request. */
	readonly stamps: 'none' | 'date' | 'trace' | 'span' | 'request id';
	/** Names the redirecting address as Referer, where 10.1.3 has nothing against it. */
	readonly refers: boolean;
	readonly jar: boolean;
	readonly caches: boolean;
	/** Knows the length of what it sends again, although it came in chunks before. */
	readonly learnsLength: boolean;
}

/** The page that a browser's script runs in; without one the client is no browser, and knows no CORS. */
export interface Page {
	/** Absolute; with path, query, and perhaps a fragment. */
	readonly url: string;
}

/** What Fetch calls a network error: no response, and no further request. */
export class NetworkError extends Error {}

/** A request on its way through the algorithms, which change it. */
interface FetchRequest {
	method: string;
	headers: HeaderLine[];
	body: Body | undefined;
	/** The URL list, of which the last one is the current URL. */
	readonly places: Place[];
	redirects: number;
	/** Whether its responses are shared across origins ("cors") or not ("basic"). */
	tainting: 'basic' | 'cors';
	referrer: string | undefined;
	policy: ReferrerPolicy;
}

/**
 * A client built step by step from the Fetch Standard's "HTTP-redirect fetch"
 * (https://fetch.spec.whatwg.org/#http-redirect-fetch) and what stands around it, as far as a server
 * can see it. With a page it is a browser's fetch() in mode "cors" and with credentials "same-origin";
 * without one, a library's: the same algorithm with no CORS, whose caller sets any header.
 */
export class FetchClient {
	readonly #network: Network;
	readonly #habits: Habits;
	readonly #page: Page | undefined;
	readonly #jar = new CookieJar();
	readonly #cache = new RedirectCache();
	#stamps = 0;

	constructor(network: Network, habits: Habits, page?: Page) {
		this.#network = network;
		this.#habits = habits;
		this.#page = page;
	}

	/** The response to a call. @throws NetworkError */
	fetch({method, url, headers, body}: Call): Promise<Answer> {
		return this.#mainFetch({
			method,
			headers: this.#page ? headers.filter(([name]) => !isForbidden(name)) : [...headers],
			body,
			places: [placeOf(new URL(url))],
			redirects: 0,
			tainting: 'basic',
			referrer: this.#page?.url,
			policy: 'strict-origin-when-cross-origin',
		});
	}

	/** Main fetch: referrer, response tainting, and then the scheme's fetch. */
	#mainFetch(request: FetchRequest): Promise<Answer> {
		const page = this.#page;
		if (page === undefined) return this.#httpFetch(request, false);
		// Step 8: "set request's referrer to the result of invoking determine request's referrer".
		request.referrer &&= referrerOf(request.referrer, currentUrl(request), request.policy);
		// Step 12: same origin and response tainting "basic"; else CORS, with a preflight where one is needed.
		const isSame = currentUrl(request).origin === originOf(page);
		if (isSame && request.tainting === 'basic') return this.#httpFetch(request, false);
		request.tainting = 'cors';
		return this.#httpFetch(request, needsPreflight(request.method, request.headers));
	}

	async #httpFetch(request: FetchRequest, makePreflight: boolean): Promise<Answer> {
		// Step 3.1: the CORS-preflight fetch, whose failure is a network error.
		if (makePreflight) await this.#preflight(request);
		const answer = await this.#httpNetworkOrCacheFetch(request);
		// Step 4: the CORS check comes before any redirect is looked at.
		if (request.tainting === 'cors' && !passesCheck(answer.headers, this.#originFor(request)))
			throw new NetworkError('The CORS check failed.');
		// Step 6: a redirect status.
		return isRedirectStatus(answer.status) ? this.#httpRedirectFetch(request, answer) : answer;
	}

	/** HTTP-redirect fetch; the numbers are those of its steps. */
	#httpRedirectFetch(request: FetchRequest, answer: Answer): Promise<Answer> | Answer {
		const from = currentUrl(request);
		// 3. The location URL, which inherits the fragment of the current URL.
		const place = locationUrl(answer.headers, from, this.#habits.reads);
		// 4. None: the response is what the caller gets.
		if (place === undefined) return answer;
		// 5. Failure.
		if (place === 'failure') throw new NetworkError('The Location is no URL.');
		const to = place.url;
		// 6. No HTTP(S) scheme.
		if (!/^https?:$/.test(to.protocol)) throw new NetworkError('The Location is not of HTTP.');
		// 7. and 8. The redirect count.
		if (request.redirects >= this.#habits.limit) throw new NetworkError('Too many redirects.');
		request.redirects++;
		const hasCredentials = to.username !== '' || to.password !== '';
		// 9. Mode "cors", credentials in the URL, and another origin than the request's.
		if (this.#page && hasCredentials && to.origin !== originOf(this.#page))
			throw new NetworkError('The Location has credentials.');
		// 10. Response tainting "cors", and credentials in the URL.
		if (request.tainting === 'cors' && hasCredentials)
			throw new NetworkError('The Location has credentials.');
		// 11. A body whose source is null can be sent only once.
		if (answer.status !== 303 && request.body?.isStream)
			throw new NetworkError('The body was a stream.');
		// 12. GET in place of POST, or of anything.
		if (this.#becomesGet(answer.status, request.method)) {
			request.method = 'GET';
			request.body = undefined;
			drop(request, name => contentFields.includes(name));
			// RFC 9110 wants more away than Fetch: what else speaks of content (15.4, item 5), and 10.1.1.
			drop(request, name => besideContent.has(name));
		} else if (this.#habits.declines.includes(request.method)) return answer;
		// 13. Authorization goes at the first other origin; so do others that are meant for this one.
		if (from.origin !== to.origin) drop(request, name => ofTheOrigin.has(name));
		// 14. The body is read again from its source.
		if (request.body && this.#habits.learnsLength)
			request.body = {...request.body, framing: 'length', trailers: []};
		if (this.#habits.dropsGenerated) drop(request, name => isGenerated(name, request.method));
		// 18. The URL list.
		request.places.push(place);
		// 19. The referrer policy of the response.
		request.policy = policyAfter(answer.headers, request.policy);
		if (this.#page === undefined && this.#habits.refers) refer(request, from);
		// 22. Main fetch again, for the tainting.
		return this.#mainFetch(request);
	}

	#becomesGet(status: number, method: string): boolean {
		if (status === 303) return method !== 'GET' && method !== 'HEAD';
		return (status === 301 || status === 302) && method === 'POST' && !this.#habits.keepsPost;
	}

	/** HTTP-network-or-cache fetch: the header list of this one request, and redirects from the cache. */
	async #httpNetworkOrCacheFetch(request: FetchRequest): Promise<Answer> {
		const {url, target} = currentPlace(request);
		const stored =
			this.#habits.caches && this.#cache.answerTo(request.method, url, request.headers);
		if (stored) return stored;
		const includeCredentials = this.#page === undefined || request.tainting === 'basic';
		const headers = [...this.#stamped(request.headers), ...this.#ownLines(request)];
		const cookies = includeCredentials && this.#habits.jar ? this.#jar.of(url) : '';
		if (cookies !== '' && !has(headers, 'cookie')) headers.push(['Cookie', cookies]);
		const {method, body} = request;
		const answer = await this.#network({method, url, target, headers, body});
		if (includeCredentials && this.#habits.jar) this.#jar.take(url, answer.headers);
		if (this.#habits.caches) this.#cache.take(method, url, headers, answer);
		return answer;
	}

	/** What a browser adds: Referer, Origin, Sec-Fetch-*, Accept-Encoding for a Range. */
	#ownLines(request: FetchRequest): HeaderLine[] {
		if (this.#page === undefined) return [];
		const {method, referrer, headers, tainting} = request;
		const isCrossSite = request.places.some(({url}) => url.origin !== originOf(this.#page));
		const sendsOrigin = tainting === 'cors' || (method !== 'GET' && method !== 'HEAD');
		return [
			...(referrer === undefined ? [] : [['Referer', referrer] as const]),
			...(sendsOrigin ? [['Origin', this.#originFor(request)] as const] : []),
			['Sec-Fetch-Mode', 'cors'],
			['Sec-Fetch-Site', isCrossSite ? 'cross-site' : 'same-origin'],
			['Sec-Fetch-Dest', 'empty'],
			...(has(headers, 'range') ? [['Accept-Encoding', 'identity'] as const] : []),
			...(has(headers, 'user-agent') ? [] : [['User-Agent', 'browser/1'] as const]),
		];
	}

	#stamped(headers: HeaderLines): HeaderLine[] {
		const number = String(++this.#stamps).padStart(16, '0');
		const stamp = (): HeaderLine[] => {
			switch (this.#habits.stamps) {
				case 'none':
					return [];
				case 'date':
					return [['Date', new Date().toUTCString()]];
				case 'trace':
					return [['traceparent', `00-0000000000000000${number}-${number}-01`]];
				case 'span': {
					const trace = headers.find(([name]) => name.toLowerCase() === 'traceparent')?.[1];
					return trace ? [['traceparent', trace.replace(/-\w{16}-/, `-${number}-`)]] : [];
				}
				case 'request id':
					return [['X-Request-Id', `attempt-${number}`]];
			}
		};
		const made = stamp();
		return [...headers.filter(([name]) => !has(made, name.toLowerCase())), ...made];
	}

	async #preflight(request: FetchRequest): Promise<void> {
		const origin = this.#originFor(request);
		const lines = preflightOf(request.method, request.headers, origin, request.referrer);
		const answer = await this.#network({
			method: 'OPTIONS',
			...currentPlace(request),
			headers: lines,
			body: undefined,
		});
		if (!allows(answer, request.method, request.headers, origin))
			throw new NetworkError('The preflight failed.');
	}

	#originFor({places}: FetchRequest): string {
		const urls = places.map(({url}) => url);
		return serializedOrigin(originOf(this.#page), urls);
	}
}

const besideContent = new Set([
	'digest',
	'content-digest',
	'repr-digest',
	'last-modified',
	'expect',
	'trailer',
]);

/** Authorization by Fetch, the others by RFC 9110, 15.4, items 2 and 3. */
const ofTheOrigin = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** Fields that many clients make by themselves, so that a server can't want them again. */
const generated = new Set(['expect', 'te', 'date', 'referer', 'origin']);

/** Of these, the ones that a cache makes for what it stores. */
const validators = new Set(['if-none-match', 'if-modified-since']);

function isGenerated(name: string, method: string): boolean {
	const isCached = ['GET', 'HEAD', 'QUERY'].includes(method);
	return generated.has(name) || (isCached && validators.has(name));
}

/** Request headers that a script may not set (https://fetch.spec.whatwg.org/#forbidden-request-header). */
function isForbidden(name: string): boolean {
	return /^(?:cookie2?|expect|host|date|te|trailer|connection|origin|referer|via|proxy-.*|sec-.*|upgrade|keep-alive|content-length|transfer-encoding)$/i.test(
		name,
	);
}

/** A library's Referer: RFC 9110, 10.1.3 wants none from https at another origin, and no fragment or userinfo. */
function refer(request: FetchRequest, from: URL): void {
	drop(request, name => name === 'referer');
	const isSecret = from.protocol === 'https:' && from.origin !== currentUrl(request).origin;
	if (!isSecret) request.headers.push(['Referer', from.origin + from.pathname + from.search]);
}

function currentPlace({places}: FetchRequest): Place {
	const place = places.at(-1);
	if (place === undefined) throw new Error('A request has a URL.');
	return place;
}

function currentUrl(request: FetchRequest): URL {
	return currentPlace(request).url;
}

function originOf(page: Page | undefined): string {
	return page === undefined ? 'null' : new URL(page.url).origin;
}

function isRedirectStatus(status: number): boolean {
	return [301, 302, 303, 307, 308].includes(status);
}

function drop(request: FetchRequest, isGone: (name: string) => boolean): void {
	request.headers = request.headers.filter(([name]) => !isGone(name.toLowerCase()));
}

function has(headers: HeaderLines, name: string): boolean {
	return headers.some(([field]) => field.toLowerCase() === name);
}
