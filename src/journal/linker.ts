import {callFields} from '../http/field-kinds.ts';
import type {Exchange} from './exchange.ts';
import type {Doubt, Evidence, Link} from './hop.ts';
import type {Candidate, Claim, Redirect} from './redirect.ts';
import {TierIndex} from './tier-index.ts';
import {type Tier, tiers} from './tiers.ts';
import {isKey, type Traits, traitsOf} from './traits.ts';

/**
 * Ties follow-ups to the redirects that caused them. The result is a stable matching: there is no
 * request and redirect that share stronger evidence than what each of them is tied by. A redirect
 * that is claimed on weak evidence goes to a request that comes later with stronger, and the
 * displaced one looks again.
 */
export class Linker {
	readonly #callFields: ReadonlySet<string>;
	readonly #indexes = tiers.map(tier => new TierIndex(tier, rankOf(tier)));
	/** How many requests that follow nothing carried each per-call value: with two, it is not per call. */
	readonly #calls = new Map<string, number>();
	readonly #claims = new Map<Exchange, Redirect>();

	/** @param extraCallFields names of per-call fields beside the known ones */
	constructor(extraCallFields: readonly string[]) {
		const names = [...callFields, ...extraCallFields].map(name => name.toLowerCase());
		this.#callFields = new Set(names);
	}

	/** The traits of a request whose body has ended. */
	traits(exchange: Exchange): Traits {
		return traitsOf(exchange, this.#callFields);
	}

	/** Takes in a redirect that is about to be answered. */
	wait(redirect: Redirect): void {
		for (const index of this.#indexes)
			if (redirect.token === undefined || index.tier.ofTagged) index.add(redirect);
	}

	/** The redirect that a request is the follow-up of, as far as is known now. */
	causeOf(exchange: Exchange): Redirect | undefined {
		return this.#claims.get(exchange);
	}

	/** What ties a redirect to its follow-up, as certain as all that came until now allows. */
	linkOf(redirect: Redirect, {request, evidence, rivals}: Claim): Link {
		const proven = evidence.includes('token') || this.#isOneCall(redirect, request.traits);
		const doubts: Doubt[] = [];
		if (rivals > 0) doubts.push('another redirect');
		if (!proven) doubts.push('a call of its own');
		return Object.freeze({evidence, certain: doubts.length === 0, doubts, rivals});
	}

	/**
	 * Forgets an exchange that the journal drops, and the redirect that it was answered with. Per-call
	 * values that came more than once stay known: they must not look like one call's later.
	 */
	forget(exchange: Exchange, redirect: Redirect | undefined): void {
		const followed = this.#claims.delete(exchange);
		for (const call of followed ? [] : this.traits(exchange).calls)
			if (this.#calls.get(call) === 1) this.#calls.delete(call);
		if (redirect === undefined) return;
		redirect.forgotten = true;
		this.#settle(redirect, 0, false);
	}

	/** Looks for the redirect that caused a request. Ask once for each request, when its body has ended. */
	place(request: Candidate): void {
		if (!this.#claim(request)) for (const call of request.traits.calls) this.#count(call);
	}

	#count(call: string): void {
		this.#calls.set(call, (this.#calls.get(call) ?? 0) + 1);
	}

	#claim(request: Candidate): boolean {
		for (const index of this.#indexes) {
			const redirect = index.find(request);
			if (redirect === undefined) continue;
			this.#give(redirect, request, index);
			return true;
		}
		return false;
	}

	#give(redirect: Redirect, request: Candidate, index: TierIndex): void {
		const displaced = redirect.claim?.request;
		const wider = this.#indexes.find(({tier}) => tier.name === index.tier.sharedWith) ?? index;
		const rivals = wider.rivals(request);
		const evidence = Object.freeze(evidenceFor(redirect, request.traits));
		redirect.claim = {request, rank: index.rank, evidence, rivals};
		this.#claims.set(request.traits.exchange, redirect);
		this.#settle(redirect, index.rank, rivals > 0);
		if (displaced === undefined) return;
		this.#claims.delete(displaced.traits.exchange);
		this.place(displaced);
	}

	/** Takes a redirect out of the indexes that could give it away on evidence of this strength or less. */
	#settle(redirect: Redirect, rank: number, contested: boolean): void {
		for (const index of this.#indexes) if (index.rank >= rank) index.settle(redirect, contested);
	}

	/**
	 * Whether both carry a per-call value that no other call of this journal carried, up to now. It
	 * proves nothing where a retry would look the same, and less than the token where there is one; a
	 * value that some clients share between calls proves only with the message that was expected.
	 */
	#isOneCall({traits, token, messages}: Redirect, request: Traits): boolean {
		if (token !== undefined || traits.url === request.url) return false;
		const expected = messages.some(
			({method, body}) => method === request.method && body === request.body,
		);
		return traits.calls.some(
			call =>
				request.calls.includes(call) &&
				(this.#calls.get(call) ?? 0) <= 1 &&
				(expected || isKey(call)),
		);
	}
}

/** Its place in the order of strength; a tier that breaks the ties of another is no stronger than that. */
function rankOf(tier: Tier): number {
	return tiers.findIndex(({name}) => name === (tier.sharedWith ?? tier.name));
}

/** Everything that ties a request to a redirect, strongest first. */
function evidenceFor({traits, targets, token}: Redirect, request: Traits): Evidence[] {
	const tests: readonly [Evidence, boolean][] = [
		['token', token !== undefined && request.exchange.request.hopToken === token],
		['call-header', traits.calls.some(call => request.calls.includes(call))],
		['target', targets.includes(request.url)],
		['method', traits.method === request.method],
		['body', traits.body !== '' && traits.body === request.body],
		['headers', traits.headers === request.headers],
		['agent', traits.agent !== '' && traits.agent === request.agent],
		['connection', traits.connection === request.connection],
	];
	return tests.filter(([, holds]) => holds).map(([evidence]) => evidence);
}
