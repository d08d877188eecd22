import {normalEscapes, type ResolvedLocation} from '../http/location.ts';
import {Recent} from '../http/recent.ts';
import {preservesMethod, type RedirectStatus} from '../http/redirect-status.ts';
import type {Keyed, Traits} from './traits.ts';

/** What a redirect told its client. */
export interface Direction {
	readonly status: RedirectStatus;
	readonly resolved: ResolvedLocation;
	/** The token in its Location, where links are tagged. */
	readonly token: string | undefined;
}

/** A message that a client may send, without its header. */
export interface Message {
	readonly method: string;
	/** SHA-256 of the body; empty for none. */
	readonly body: string;
}

/** What may follow a redirect. Redirects that are alike share one. */
export interface Expectation extends Direction, Keyed {
	/** Of the redirected request. */
	readonly traits: Traits;
	/**
	 * The URLs that its Location leads to: those that are exactly so, also with their percent-encoding in
	 * normal form, and without the `?` of an empty query, which clients lose. That makes no retry of the
	 * redirected request a follow-up.
	 */
	readonly targets: readonly string[];
	/** What a client may send there. */
	readonly messages: readonly Message[];
}

/** Where a Location leads. */
interface Targets {
	readonly exact: readonly string[];
	/** With those that have lost the `?` of an empty query. */
	readonly all: readonly string[];
}

/** Makes expectations; those of redirects that were alike lately are there already. */
export class Expectations {
	readonly #known = new Recent<Traits, Expectation>();
	readonly #targets = new Recent<ResolvedLocation, Targets>();

	/** @param traits of the redirected request */
	of(traits: Traits, {status, resolved, token}: Direction): Expectation {
		const known = token === undefined ? this.#known.get(traits) : undefined;
		if (known?.status === status && known.resolved === resolved) {
			known.keys ??= [];
			return known;
		}
		const {exact, all} = this.#targetsOf(resolved);
		const targets = all.includes(traits.url) ? exact : all;
		const messages = expectedMessages(status, traits);
		const direction = {status, resolved, token};
		const expectation = {...direction, traits, targets, messages, keys: undefined};
		if (token === undefined) this.#known.set(traits, expectation);
		return expectation;
	}

	#targetsOf(resolved: ResolvedLocation): Targets {
		const known = this.#targets.get(resolved);
		if (known !== undefined) return known;
		const forms = resolved.targets.flatMap(target => [target, normalEscapes(target)]);
		const exact = [...new Set(forms)].map(target => resolved.origin + target);
		const bare = exact.filter(url => url.endsWith('?')).map(url => url.slice(0, -1));
		const targets = {exact, all: bare.length === 0 ? exact : [...new Set([...exact, ...bare])]};
		this.#targets.set(resolved, targets);
		return targets;
	}
}

/** What a client may send to where a redirect leads (RFC 9110, 15.4.2 to 15.4.9). */
function expectedMessages(status: RedirectStatus, same: Traits): Message[] {
	if (preservesMethod(status)) return [same];
	const retrieval = {method: same.method === 'HEAD' ? 'HEAD' : 'GET', body: ''};
	if (status === 303) return [retrieval];
	return same.method === 'POST' ? [retrieval, same] : [same];
}
