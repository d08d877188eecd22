import type {Exchange} from './exchange.ts';

/** A piece of evidence that ties a request to a redirect. */
export type Evidence =
	/** The request carried the token of the hop. */
	| 'token'
	/** Both carried the same per-call header value. */
	| 'call-header'
	/** The request went to where the Location leads. */
	| 'target'
	/** The method is the same. */
	| 'method'
	/** The body is the same, and not empty. */
	| 'body'
	/** The end-to-end header fields are the same. */
	| 'headers'
	/** Both came from the same user agent. */
	| 'agent'
	/** Both came on the same connection. */
	| 'connection'
	/** Grading had asked its client for one call alone, and both came in it; never elsewhere. */
	| 'call';

/** Why a link is not certain. */
export type Doubt =
	/** Another redirect fitted as well. */
	| 'another redirect'
	/** Nothing on the wire tells the follow-up from a call of its own. */
	| 'a call of its own';

/** What ties a follow-up to its redirect. */
export interface Link {
	/** What the link rests on; never empty. */
	readonly evidence: readonly Evidence[];
	/** Whether the wire proves it: a token, or a per-call header that only this call carried. */
	readonly certain: boolean;
	/** Why it is not certain; empty when it is. */
	readonly doubts: readonly Doubt[];
	/** How many other redirects fitted as well. */
	readonly rivals: number;
}

/**
 * A redirect exchange and, when it came, the follow-up request that it caused. A response counts
 * as a redirect when its status is 301, 302, 303, 307 or 308 and its Location leads somewhere.
 */
export interface Hop {
	/** 1 for the first redirect that the double answered, then 2, 3 … */
	readonly number: number;
	/** The exchange that was answered with a redirect. */
	readonly redirect: Exchange;
	/** The exchange that the redirect caused; absent while none came. */
	readonly followUp?: Exchange;
	/** What ties the two; absent while there is no follow-up. */
	readonly link?: Link;
	/** `waiting` until a follow-up comes (`followed`), or until it was asked whether one will (`declined`). */
	readonly state: 'waiting' | 'followed' | 'declined';
}

/** A hop whose follow-up came. */
export interface FollowedHop extends Hop {
	readonly followUp: Exchange;
	readonly link: Link;
	readonly state: 'followed';
}

/** Whether the follow-up of a hop came. */
export function isFollowed(hop: Hop): hop is FollowedHop {
	return hop.state === 'followed';
}

/** The exchanges from an original request to the final response, tied by hops. */
export interface Chain {
	/** The hops in order; empty when the original request was not redirected. */
	readonly hops: readonly Hop[];
	/** The exchanges in order, the original first. */
	readonly exchanges: readonly Exchange[];
}
