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
	/** Who follows it, as far as is known now. */
	claim: Claim | undefined;
	/** The tiers in which it is filed and waits, a bit for each. */
	filed: number;
	/** Whether the journal has dropped it: then nothing can follow it any more. */
	forgotten: boolean;
	/** Whether somebody asked for a follow-up in vain. */
	declined: boolean;
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

/** A request taken for the follow-up of a redirect. */
export interface Claim {
	readonly followUp: Exchange;
	/** As of the candidate that it was. */
	readonly redirectsBefore: number;
	readonly matched: boolean;
	readonly tie: Tie;
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

/** Finds the redirect that a request is the follow-up of, as far as is known now. */
export type CauseOf = (exchange: Exchange) => Redirect | undefined;

/**
 * Whether a request goes again to an address (of any query) that the chain of `redirect` has been
 * to: then it is a retry, unless it is exactly where the Location leads.
 */
export function isRetry(redirect: Redirect, {url, address}: Traits, causeOf: CauseOf): boolean {
	if (redirect.expectation.targets.includes(url)) return false;
	for (let at: Redirect | undefined = redirect; at !== undefined; at = causeOf(at.exchange))
		if (at.expectation.traits.address === address) return true;
	return false;
}
