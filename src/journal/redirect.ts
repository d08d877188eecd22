import type {Exchange} from './exchange.ts';
import type {Expectation} from './expectation.ts';
import type {Evidence} from './hop.ts';
import type {Traits} from './traits.ts';

/** A redirect that was answered, as the linker holds it. */
export interface Redirect {
	readonly number: number;
	readonly exchange: Exchange;
	/** What may follow it; changes when the body of the redirected request comes in after the answer. */
	expectation: Expectation;
	/** Who follows it, and by what they are tied, as far as is known now. */
	followUp: Exchange | undefined;
	tie: Tie | undefined;
	/** Of the follow-up, as of the candidate that it was; without one they mean nothing. */
	redirectsBefore: number;
	matched: boolean;
	/** The tiers in which it is filed and waits, a bit for each. */
	filed: number;
	/**
	 * `declined`: somebody asked for a follow-up in vain; `forgotten`: the journal has dropped it, and
	 * nothing can follow it any more.
	 */
	state: 'open' | 'declined' | 'forgotten';
}

/** A request that may be a follow-up. */
export interface Candidate {
	readonly exchange: Exchange;
	traits: Traits;
	/** How many redirects had been answered when its head arrived: no later one can have caused it. */
	readonly redirectsBefore: number;
	/** Whether a route of the scenario took it. */
	readonly matched: boolean;
}

/** What ties a request to a redirect. */
export interface Tie {
	/** The place of its evidence in the order of strength; 0 is the strongest. */
	readonly rank: number;
	/** The evidence, strongest first. */
	readonly evidence: readonly Evidence[];
	/** How many other redirects fitted as well. */
	readonly rivals: number;
}

/** How strongly a redirect is tied to its follow-up; Infinity while it has none. */
export function rankOf({tie}: Pick<Redirect, 'tie'>): number {
	return tie?.rank ?? Number.POSITIVE_INFINITY;
}

/** Finds the redirect that a request is the follow-up of, as far as is known now. */
export type CauseOf = (exchange: Exchange) => Redirect | undefined;

/**
 * Whether a request goes again to an address (of any query) that the chain of `redirect` has been
 * to: then it is a retry, unless it is exactly where the Location leads, or has lost the query that
 * both had.
 */
export function isRetry(
	redirect: Redirect,
	{url, address, query}: Traits,
	causeOf: CauseOf,
): boolean {
	const {targets} = redirect.expectation;
	if (targets.includes(url)) return false;
	const lostQuery = query === '' && targets.some(target => target.startsWith(`${address}?`));
	for (let at: Redirect | undefined = redirect; at !== undefined; at = causeOf(at.exchange)) {
		const {traits} = at.expectation;
		if (traits.address === address && !(lostQuery && traits.query !== '')) return true;
	}
	return false;
}

/**
 * Whether a request goes again to the very URL of a request in the chain of `redirect`, which is not
 * where the Location leads: a retry, even where it is known that nothing else was going on.
 */
export function isRepetition(redirect: Redirect, {url}: Traits, causeOf: CauseOf): boolean {
	if (redirect.expectation.targets.includes(url)) return false;
	for (let at: Redirect | undefined = redirect; at !== undefined; at = causeOf(at.exchange))
		if (at.expectation.traits.url === url) return true;
	return false;
}
