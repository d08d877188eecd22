import type {Expectation} from './expectation.ts';
import type {Candidate, CauseOf, Redirect} from './redirect.ts';
import type {Traits} from './traits.ts';

/**
 * One strength of evidence: a request and a redirect meet in it when they share a key. Keys make a
 * link's cost independent of the redirects that can't match.
 */
export interface Tier {
	/** For messages and tests. */
	readonly name: string;
	keysOfRedirect(expectation: Expectation, redirect: Redirect): readonly string[];
	keysOfRequest(traits: Traits, request: Candidate): readonly string[];
	/** What keys can't say; absent when they say all. */
	fits?(redirect: Redirect, request: Candidate, causeOf: CauseOf): boolean;
	/** Whether a redirect has any keys here; absent when all have. */
	holds?(expectation: Expectation): boolean;
	/** What of its URL a request shares with each redirect that it meets here, or that it has calls. */
	readonly ground?: 'url' | 'path' | 'calls';
	/** Keys are made of what is their own, not only of what equal requests, or redirects, share. */
	readonly ofSingle?: true;
	/** Also for redirects with a token, which a follow-up that lost it can be tied to by nothing less. */
	readonly ofTagged?: true;
	/** Only for requests that no route took: a request at a documented address is a call of its own. */
	readonly strayOnly?: true;
	/**
	 * The tier whose ties this one breaks: the same but for the connection, which makes a claim no
	 * stronger. Redirects that meet the request there are rivals.
	 */
	readonly sharedWith?: string;
}
