import {callFields} from '../http/field-kinds.ts';
import type {Exchange} from './exchange.ts';
import type {Doubt, Evidence, Link} from './hop.ts';
import {PlacedRequests} from './placed-requests.ts';
import {type Candidate, type Claim, expectedMessages, type Redirect} from './redirect.ts';
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
	/** Requests that were placed while a body was still coming in which may change what is best for them. */
	readonly #placed = new PlacedRequests(this.#indexes);
	/** How many requests were placed of which the body is still coming in. */
	#arriving = 0;

	/** @param extraCallFields names of per-call fields beside the known ones */
	constructor(extraCallFields: readonly string[]) {
		const names = [...callFields, ...extraCallFields].map(name => name.toLowerCase());
		this.#callFields = new Set(names);
	}

	/** The traits of a request, as far as it has come. */
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
		const doubts = doubtsOf(rivals > 0, !proven);
		return Object.freeze({evidence, certain: doubts.length === 0, doubts, rivals});
	}

	/**
	 * Forgets an exchange that the journal drops, and the redirect that it was answered with. Per-call
	 * values that came more than once stay known: they must not look like one call's later.
	 */
	forget(exchange: Exchange, redirect: Redirect | undefined): void {
		this.#placed.delete(exchange);
		const followed = this.#claims.delete(exchange);
		for (const call of followed ? [] : this.traits(exchange).calls)
			if (this.#calls.get(call) === 1) this.#calls.delete(call);
		if (redirect === undefined) return;
		redirect.forgotten = true;
		this.#settle(redirect, 0, false);
	}

	/**
	 * Looks for the redirect that caused a request. Ask once for each request, when its body has ended,
	 * or when it is answered before that: then call `revise` when it has.
	 */
	place(request: Candidate): void {
		if (isArriving(request)) this.#arriving++;
		this.#place(request);
	}

	/**
	 * The body of a request has ended that was placed before: what can be known of it now decides anew
	 * what it follows, and what follows the redirect that it was answered with. Others that come to
	 * stand better by that are placed anew, too.
	 */
	revise(request: Candidate, redirect: Redirect | undefined): void {
		const freed = this.#withdraw(request);
		const follower = redirect?.claim?.request;
		if (follower !== undefined) this.#withdraw(follower);
		request.traits = this.traits(request.traits.exchange);
		if (redirect !== undefined) this.#refile(redirect, request.traits);
		this.#place(request);
		if (follower !== undefined) this.#place(follower);
		this.#offer([freed, redirect]);
		if (--this.#arriving === 0) this.#placed.clear();
	}

	/** Takes a request back from where it was placed; returns the redirect that is free by that. */
	#withdraw(request: Candidate): Redirect | undefined {
		const {exchange, calls} = request.traits;
		const redirect = this.#claims.get(exchange);
		this.#placed.delete(exchange);
		this.#claims.delete(exchange);
		if (redirect === undefined) for (const call of calls) this.#count(call, -1);
		else this.#refile(redirect, redirect.traits);
		return redirect;
	}

	/** Lets a redirect wait anew, as what is known of it now has it. */
	#refile(redirect: Redirect, traits: Traits): void {
		if (redirect.forgotten) return;
		for (const index of this.#indexes) index.takeOut(redirect);
		redirect.claim = undefined;
		redirect.traits = traits;
		redirect.messages = expectedMessages(redirect.status, traits);
		this.wait(redirect);
	}

	/**
	 * Gives redirects to requests that they tie more strongly than what both have. Each such
	 * request is better off then, so that this comes to an end.
	 */
	#offer(redirects: (Redirect | undefined)[]): void {
		for (let redirect = redirects.pop(); ; redirect = redirects.pop()) {
			if (redirect === undefined && redirects.length === 0) return;
			if (redirect === undefined || redirect.forgotten) continue;
			const request = this.#placed.wanting(redirect, each => this.#rankOf(each));
			if (request === undefined) continue;
			redirects.push(redirect, this.#withdraw(request));
			this.#place(request);
		}
	}

	/** How strongly a request is tied now. */
	#rankOf({traits}: Candidate): number {
		return this.#claims.get(traits.exchange)?.claim?.rank ?? Number.POSITIVE_INFINITY;
	}

	#place(request: Candidate): void {
		if (this.#arriving > 0) this.#placed.add(request);
		if (!this.#claim(request)) for (const call of request.traits.calls) this.#count(call);
	}

	#count(call: string, change = 1): void {
		const count = (this.#calls.get(call) ?? 0) + change;
		if (count > 0) this.#calls.set(call, count);
		else this.#calls.delete(call);
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
		this.#place(displaced);
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

const noDoubt: readonly Doubt[] = Object.freeze([]);
const contested: readonly Doubt[] = Object.freeze(['another redirect'] as const);
const unproven: readonly Doubt[] = Object.freeze(['a call of its own'] as const);
const contestedAndUnproven: readonly Doubt[] = Object.freeze([...contested, ...unproven]);

/** The doubts about a link: lists that all links share. */
function doubtsOf(isContested: boolean, isUnproven: boolean): readonly Doubt[] {
	if (isContested) return isUnproven ? contestedAndUnproven : contested;
	return isUnproven ? unproven : noDoubt;
}

function isArriving({traits}: Candidate): boolean {
	return traits.exchange.request.endedAt === undefined;
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
