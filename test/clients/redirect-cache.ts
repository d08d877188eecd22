import {type HeaderLines, headerValue} from '../../src/http/header-lines.ts';
import type {Answer} from './fetch-standard.ts';

/** A private cache that keeps redirects of GET, as RFC 9111 allows. */
export class RedirectCache {
	readonly #stored = new Map<string, {readonly answer: Answer; readonly until: number}>();

	/** A stored redirect that is fresh; undefined for a request that has to go to the server. */
	answerTo(method: string, url: URL, headers: HeaderLines): Answer | undefined {
		if (method !== 'GET' || headers.some(([name]) => decisive.has(name.toLowerCase())))
			return undefined;
		const stored = this.#stored.get(keyOf(url));
		return stored && stored.until > Date.now() ? stored.answer : undefined;
	}

	/** Stores a response, where it may; what is not safe takes away what was stored (RFC 9111, 4.4). */
	take(method: string, url: URL, headers: HeaderLines, answer: Answer): void {
		if (!safe.has(method) && answer.status < 400) this.#stored.delete(keyOf(url));
		if (method !== 'GET' || headers.some(([name]) => decisive.has(name.toLowerCase()))) return;
		const lifetime = lifetimeOf(answer);
		if (lifetime > 0) this.#stored.set(keyOf(url), {answer, until: Date.now() + lifetime});
	}
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS', 'QUERY', 'PROPFIND']);

/** Request fields with which a cache would have to think more than this one does. */
const decisive = new Set([
	...['authorization', 'range', 'if-range', 'if-match', 'if-none-match'],
	...['if-modified-since', 'if-unmodified-since', 'cache-control', 'pragma'],
]);

/** How long a redirect is fresh, in milliseconds (RFC 9111, 4.2.1); 0 for one that may not be kept. */
function lifetimeOf({status, headers}: Answer): number {
	if (![301, 302, 303, 307, 308].includes(status)) return 0;
	const control = (headerValue(headers, 'cache-control') ?? '').toLowerCase();
	if (/no-store|no-cache/.test(control) || headerValue(headers, 'vary') !== undefined) return 0;
	const age = /max-age=(\d+)/.exec(control)?.[1];
	if (age !== undefined) return Number(age) * 1000;
	const expires = headerValue(headers, 'expires');
	if (expires !== undefined) return (Date.parse(expires) || 0) - Date.now();
	// 301 and 308 are heuristically cacheable (RFC 9110, 15.1).
	return status === 301 || status === 308 ? 5000 : 0;
}

function keyOf(url: URL): string {
	return url.origin + url.pathname + url.search;
}
