import {type HeaderLines, headerValue} from '../http/header-lines.ts';
import {statusOf} from './message-facts.ts';
import type {FollowedHop} from './rule.ts';

/**
 * Why a client may use a redirect again without asking for it, in words; undefined when it may not.
 * A permanent redirect may be remembered (RFC 9110, 15.4.2 and 15.4.9); a temporary one may be
 * stored when it says so, and used again for GET and HEAD while it is fresh (RFC 9111, 3 and 4).
 *
 * @param at when it was used again, in milliseconds from the journal's start; absent when it was not
 */
export function mayBeReused(hop: FollowedHop, at?: number): string | undefined {
	const status = statusOf(hop);
	if (status === 301 || status === 308) return `a ${status} may be remembered`;
	const {request, response} = hop.redirect;
	if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
	if (response === undefined) return undefined;
	const freshness = freshnessOf(response.headers);
	const isFresh = at === undefined ? freshness > 0 : response.sentAt + freshness > at;
	return isFresh ? 'the redirect was explicitly cacheable' : undefined;
}

/** How long a response may be used again, in milliseconds: Infinity where it does not say, 0 for not at all. */
function freshnessOf(headers: HeaderLines): number {
	const directives = (headerValue(headers, 'cache-control') ?? '').toLowerCase().split(/\s*,\s*/);
	if (directives.some(directive => /^no-(?:store|cache)\b/.test(directive))) return 0;
	const ages = directives.map(directive => /^(?:s-maxage|max-age)="?(\d+)/.exec(directive)?.[1]);
	const age = ages.filter(seconds => seconds !== undefined).map(Number);
	if (age.length > 0) return Math.max(...age) * 1000;
	const expires = headerValue(headers, 'expires') ?? '';
	// Any date counts: whether it has passed is for a clock to say, and a verdict has none.
	return directives.includes('public') || expires.endsWith('GMT') ? Number.POSITIVE_INFINITY : 0;
}
