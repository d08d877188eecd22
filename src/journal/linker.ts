import {callFields} from '../http/field-kinds.ts';
import type {CallsInTurn} from './calls-in-turn.ts';
import {Causes} from './causes.ts';
import type {Exchange} from './exchange.ts';
import {type Direction, Expectations} from './expectation.ts';
import type {Doubt, Link} from './hop.ts';
import {PlacedRequests} from './placed-requests.ts';
import {type Candidate, type Redirect, rankOf, type Tie} from './redirect.ts';
import {Tally} from './tally.ts';
import type {TierIndex} from './tier-index.ts';
import {tiersOf} from './tiers.ts';
import {Ties} from './ties.ts';
import {isKey, type Traits, TraitsReader} from './traits.ts';
import {WaitingRedirects} from './waiting-redirects.ts';

/**
 * Ties follow-ups to the redirects that caused them. The result is a stable matching: there is no
 * request and redirect that share stronger evidence than what each of them is tied by. A redirect
 * that is claimed on weak evidence goes to a request that comes later with stronger, and the
 * displaced one looks again.
 */
export class Linker {
	readonly #traits: TraitsReader;
	readonly #expectations = new Expectations();
	readonly #ties: Ties;
	readonly #causes = new Causes();
	readonly #waiting: WaitingRedirects;
	/** The links that equal ties share. */
	readonly #proven = new WeakMap<Tie, Link>();
	readonly #unproven = new WeakMap<Tie, Link>();
	/** How many requests that follow nothing carried each per-call value: with two, it is not per call. */
	readonly #calls = new Tally();
	/** Requests that were placed while a body was still coming in which may change what is best for them. */
	readonly #placed: PlacedRequests;
	/** How many requests were placed of which the body is still coming in. */
	#arriving = 0;

	/**
	 * @param extraCallFields names of per-call fields beside the known ones
	 * @param calls tells the calls of a client that makes one after another; absent where anybody may call
	 */
	constructor(extraCallFields: readonly string[], calls?: CallsInTurn) {
		this.#traits = new TraitsReader([...callFields, ...extraCallFields]);
		this.#ties = new Ties(calls);
		this.#waiting = new WaitingRedirects(tiersOf(calls), each => this.#causes.of(each));
		this.#placed = new PlacedRequests(this.#waiting.indexes);
	}

	/** Looks at more fields as per-call ones, in the requests that it is given from now on. */
	addCallFields(names: readonly string[]): void {
		this.#traits.addCallFields(names);
	}

	/** The traits of a request, as far as it has come. */
	traits(exchange: Exchange): Traits {
		return this.#traits.of(exchange);
	}

	/** A redirect that is about to be answered: it may be followed from now on. */
	wait(number: number, {exchange, traits}: Candidate, direction: Direction): Redirect {
		const redirect = {
			number,
			exchange,
			expectation: this.#expectations.of(traits, direction),
			followUp: undefined,
			tie: undefined,
			redirectsBefore: 0,
			matched: false,
			filed: 0,
			state: 'open' as const,
		};
		this.#waiting.add(redirect);
		return redirect;
	}

	/** The redirect that a request is the follow-up of, as far as is known now. */
	causeOf(exchange: Exchange): Redirect | undefined {
		return this.#causes.of(exchange);
	}

	/** What ties a redirect to its follow-up, as certain as all that came until now allows. */
	linkOf(redirect: Redirect, followUp: Exchange, tie: Tie): Link {
		const proven = tie.evidence.includes('token') || this.#isOneCall(redirect, followUp);
		return proven ? linkBy(tie, proven, this.#proven) : linkBy(tie, proven, this.#unproven);
	}

	/**
	 * Forgets an exchange that the journal drops, and the redirect that it was answered with. Per-call
	 * values that came more than once stay known: they must not look like one call's later.
	 */
	forget(exchange: Exchange, redirect: Redirect | undefined): void {
		this.#placed.delete(exchange);
		const followed = this.#causes.delete(exchange);
		for (const call of followed ? [] : this.traits(exchange).calls)
			if (this.#calls.of(call) === 1) this.#calls.add(call, -1);
		if (redirect === undefined) return;
		redirect.state = 'forgotten';
		this.#waiting.settle(redirect, 0, rankOf(redirect), false);
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
		const follower = redirect && this.#followerOf(redirect);
		if (follower !== undefined) this.#withdraw(follower);
		request.traits = this.traits(request.exchange);
		if (redirect !== undefined) this.#refile(redirect, request.traits);
		this.#place(request);
		if (follower !== undefined) this.#place(follower);
		this.#offer([freed, redirect]);
		if (--this.#arriving === 0) this.#placed.clear();
	}

	/** The follow-up of a redirect as it was placed, with what is known of it now. */
	#followerOf({followUp, redirectsBefore, matched}: Redirect): Candidate | undefined {
		if (followUp === undefined) return undefined;
		return {exchange: followUp, traits: this.traits(followUp), redirectsBefore, matched};
	}

	/** Takes a request back from where it was placed; returns the redirect that is free by that. */
	#withdraw({exchange, traits}: Candidate): Redirect | undefined {
		const redirect = this.#causes.of(exchange);
		this.#placed.delete(exchange);
		this.#causes.delete(exchange);
		if (redirect === undefined) for (const call of traits.calls) this.#calls.add(call, -1);
		else this.#refile(redirect, redirect.expectation.traits);
		return redirect;
	}

	/** Lets a redirect wait anew, as what is known of it now has it. */
	#refile(redirect: Redirect, traits: Traits): void {
		if (redirect.state === 'forgotten') return;
		this.#waiting.takeOut(redirect);
		redirect.followUp = undefined;
		redirect.tie = undefined;
		redirect.expectation = this.#expectations.of(traits, redirect.expectation);
		this.#waiting.add(redirect);
	}

	/**
	 * Gives redirects to requests that they tie more strongly than what both have. Each such
	 * request is better off then, so that this comes to an end.
	 */
	#offer(redirects: (Redirect | undefined)[]): void {
		for (let redirect = redirects.pop(); ; redirect = redirects.pop()) {
			if (redirect === undefined && redirects.length === 0) return;
			if (redirect === undefined || redirect.state === 'forgotten') continue;
			const request = this.#placed.wanting(redirect, each => this.#rankOf(each));
			if (request === undefined) continue;
			redirects.push(redirect, this.#withdraw(request));
			this.#place(request);
		}
	}

	/** How strongly a request is tied now. */
	#rankOf({exchange}: Candidate): number {
		return rankOf(this.#causes.of(exchange) ?? untied);
	}

	#place(request: Candidate): void {
		if (this.#arriving > 0) this.#placed.add(request);
		const found = this.#waiting.find(request);
		if (found !== undefined) this.#give(found.redirect, request, found.index);
		else for (const call of request.traits.calls) this.#calls.add(call);
	}

	#give(redirect: Redirect, request: Candidate, index: TierIndex): void {
		const {exchange} = request;
		const {rank} = index;
		const displaced = this.#followerOf(redirect);
		const before = rankOf(redirect);
		const rivals = this.#waiting.rivals(index, request);
		redirect.tie = this.#ties.of(redirect, request, rank, rivals);
		redirect.followUp = exchange;
		redirect.redirectsBefore = request.redirectsBefore;
		redirect.matched = request.matched;
		this.#causes.set(exchange, redirect);
		this.#waiting.settle(redirect, rank, before, rivals > 0);
		if (displaced === undefined) return;
		this.#causes.delete(displaced.exchange);
		this.#place(displaced);
	}

	/**
	 * Whether both carry a per-call value that no other call of this journal carried, up to now. It
	 * proves nothing where a retry would look the same, and less than the token where there is one; a
	 * value that some clients share between calls proves only with the message that was expected.
	 */
	#isOneCall({expectation}: Redirect, followUp: Exchange): boolean {
		const {traits, token, messages} = expectation;
		if (token !== undefined || traits.calls.length === 0) return false;
		const request = this.traits(followUp);
		if (traits.url === request.url) return false;
		const expected = messages.some(
			({method, body}) => method === request.method && body === request.body,
		);
		return traits.calls.some(
			call =>
				request.calls.includes(call) && this.#calls.of(call) <= 1 && (expected || isKey(call)),
		);
	}
}

function linkBy(tie: Tie, proven: boolean, known: WeakMap<Tie, Link>): Link {
	const link = known.get(tie);
	if (link !== undefined) return link;
	const {evidence, rivals} = tie;
	const doubts = doubtsOf(rivals > 0, !proven);
	const made = Object.freeze({evidence, certain: doubts.length === 0, doubts, rivals});
	known.set(tie, made);
	return made;
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

const untied = {tie: undefined};

function isArriving({exchange}: Candidate): boolean {
	return exchange.request.endedAt === undefined;
}
