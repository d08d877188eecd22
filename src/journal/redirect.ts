import {preservesMethod, type RedirectStatus} from '../http/redirect-status.ts';
import type {Evidence} from './hop.ts';
import type {Traits} from './traits.ts';

/** A redirect that was answered, as the linker holds it. */
export interface Redirect {
	readonly number: number;
	readonly status: RedirectStatus;
	traits: Traits;
	/** The URLs that are exactly where its Location leads. */
	readonly targets: readonly string[];
	/** The messages that a client may send there: method, and SHA-256 of the body or empty. */
	messages: readonly {readonly method: string; readonly body: string}[];
	/** The token in its Location, where links are tagged. */
	readonly token: string | undefined;
	/** The redirect whose follow-up this one answered, as far as is known now. */
	previous(): Redirect | undefined;
	/** Who follows it, as far as is known now. */
	claim: Claim | undefined;
	/** Whether the journal has dropped it: then nothing can follow it any more. */
	forgotten: boolean;
	/** Whether somebody asked for a follow-up in vain. */
	declined: boolean;
}

/** A request taken for the follow-up of a redirect. */
export interface Claim {
	readonly request: Candidate;
	/** The place of its evidence in the order of strength; 0 is the strongest. */
	readonly rank: number;
	/** What ties the two, strongest first. */
	readonly evidence: readonly Evidence[];
	/** How many other redirects fitted as well. */
	readonly rivals: number;
}

/** A request that may be a follow-up. */
export interface Candidate {
	traits: Traits;
	/** How many redirects had been answered when its head arrived: no later one can have caused it. */
	readonly redirectsBefore: number;
	/** Whether a route of the scenario took it. */
	readonly matched: boolean;
}

/** What a client may send to where a redirect leads (RFC 9110, 15.4.2 to 15.4.9). */
export function expectedMessages(
	status: RedirectStatus,
	{method, body}: Traits,
): {method: string; body: string}[] {
	const same = {method, body};
	if (preservesMethod(status)) return [same];
	const retrieval = {method: method === 'HEAD' ? 'HEAD' : 'GET', body: ''};
	if (status === 303) return [retrieval];
	return method === 'POST' ? [retrieval, same] : [same];
}

/**
 * Whether a request goes again to an address (of any query) that the chain of `redirect` has been
 * to: then it is a retry, unless it is exactly where the Location leads.
 */
export function isRetry(redirect: Redirect, {url, address}: Traits): boolean {
	if (redirect.targets.includes(url)) return false;
	for (let at: Redirect | undefined = redirect; at !== undefined; at = at.previous())
		if (at.traits.address === address) return true;
	return false;
}
