import {type HeaderLines, headerValue} from '../http/header-lines.ts';
import type {Exchange} from '../journal/exchange.ts';
import {type FollowedHop, type Hop, isFollowed} from '../journal/hop.ts';
import {journalIndex} from './journal-index.ts';
import {statusOf} from './message-facts.ts';
import {ofHeaders} from './of-headers.ts';
import {notObserved, type Outcome, type Surroundings} from './rule.ts';

/** Those that are unsafe beyond doubt: of others a client may know more than we do. */
export const unsafeMethods: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** What a redirect says of its own storage, in the words of RFC 9111. */
export interface Storage {
	/** Whether it says that it may be stored (RFC 9111, 3). */
	readonly allowed: boolean;
	/** Milliseconds for which it may be used again without asking: Infinity where it does not say, 0 for not at all. */
	readonly lifetime: number;
	/** Whether it may be used when it is stale (RFC 5861). */
	readonly mayBeStale: boolean;
}

/** What the header lines of a response say of its storage. */
export const storageOf: (lines: HeaderLines) => Storage = ofHeaders(headers => {
	const control = (headerValue(headers, 'cache-control') ?? '').toLowerCase();
	const directives = control === '' ? [] : control.split(/\s*,\s*/);
	const expires = headerValue(headers, 'expires');
	const ages = directives
		.map(directive => /^(?:s-maxage|max-age)="?(\d+)/.exec(directive)?.[1])
		.filter(seconds => seconds !== undefined)
		.map(Number);
	const visible = directives.includes('public') || directives.includes('private');
	const forbidden = directives.some(directive => /^no-store\b/.test(directive));
	return {
		allowed: !forbidden && (visible || ages.length > 0 || expires !== undefined),
		lifetime: lifetimeOf(),
		mayBeStale: directives.some(directive => directive.startsWith('stale-')),
	};

	function lifetimeOf(): number {
		if (forbidden || directives.some(directive => /^no-cache\b/.test(directive))) return 0;
		const age = Number(headerValue(headers, 'age') ?? 0) || 0;
		if (ages.length > 0) return Math.max(0, Math.max(...ages) - age) * 1000;
		// Any date counts: whether it has passed is for a clock to say, and a verdict has none.
		return visible || expires?.endsWith('GMT') === true ? Number.POSITIVE_INFINITY : 0;
	}
});

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
	const {response} = hop.redirect;
	if (!isRetrieval(hop.redirect) || response === undefined) return undefined;
	const {lifetime} = storageOf(response.headers);
	const isFresh = at === undefined ? lifetime > 0 : response.sentAt + lifetime > at;
	return isFresh ? 'the redirect was explicitly cacheable' : undefined;
}

/** Whether a request is one whose response a cache may use again: GET or HEAD. */
export function isRetrieval({request: {method}}: Exchange): boolean {
	return method === 'GET' || method === 'HEAD';
}

/** Whether what became of a followed redirect of a retrieval can be seen: where its link was tagged. */
export function isTracedRetrieval(hop: Hop): hop is FollowedHop {
	return (
		isFollowed(hop) && hop.followUp.request.hopToken !== undefined && isRetrieval(hop.redirect)
	);
}

/** The first use of the redirect itself after it was followed: of its token, in a request that fits. */
export function nextUse(
	hop: FollowedHop,
	surroundings: Surroundings,
	fits: (use: Exchange) => boolean,
): Exchange | undefined {
	const {hopToken} = hop.followUp.request;
	if (hopToken === undefined) return undefined;
	return journalIndex(surroundings).later.useOfToken(hop.followUp.number, hopToken, fits);
}

/**
 * Why it can't be said that a stored redirect brought a request with the hop's token, in words; undefined
 * when it can. Who was led to an address may go on to use it for something else: post a form there, fetch
 * what HEAD has found, ask for the rest of it, or look again at what a 303 named. Grading knows where
 * each call was to begin.
 */
export function whyNotStored(
	hop: FollowedHop,
	{number, request}: Exchange,
	{asked}: Pick<Surroundings, 'asked'>,
): string | undefined {
	const {redirect} = hop;
	if (asked !== undefined) return asked.get(number) === redirect.request.url ? undefined : goesOn;
	const isAnotherUse =
		request.method !== redirect.request.method ||
		statusOf(hop) === 303 ||
		headerValue(request.headers, 'range') !== undefined;
	return isAnotherUse ? goesOn : undefined;
}

/** The same, also where the request may be the follow-up once more. */
export function whyNotReused(
	hop: FollowedHop,
	use: Exchange,
	surroundings: Pick<Surroundings, 'asked'>,
): string | undefined {
	return callsForRepetition(hop.followUp) ? onceMore : whyNotStored(hop, use, surroundings);
}

const onceMore =
	'the redirect was used again, but it may be the follow-up once more, which had not succeeded';

const goesOn =
	'a later request went to the address that the redirect had named, which a program may go on to use; grading would tell';

/** Whether a client went back to the address that was redirected before it used the redirect, if it ever did. */
export function wentBack(call: Exchange | undefined, use: Exchange | undefined): boolean {
	return call !== undefined && (use === undefined || call.number <= use.number);
}

/** The first later call at the address that was redirected, after so many milliseconds of the journal. */
export function nextCall(
	{redirect, followUp}: FollowedHop,
	surroundings: Surroundings,
	notBefore = 0,
): Exchange | undefined {
	const {later} = journalIndex(surroundings);
	return later.call(followUp.number, redirect.request.url, redirect.request, notBefore);
}

/** Whether the answer makes a client send the same request to the same address again. */
export function callsForRepetition({response}: Exchange): boolean {
	if (response === undefined || !response.complete) return true;
	return response.status >= 500 || repeatable.has(response.status);
}

const repeatable = new Set([401, 407, 408, 417, 421, 425, 429]);

/** What is said where no later call shows anything. */
export function noLaterCall({dropped}: Surroundings): Outcome {
	return notObserved(
		dropped > 0
			? `the journal has dropped ${dropped} exchanges, and no later call is left in it`
			: 'no later call came from which it could be seen',
	);
}
