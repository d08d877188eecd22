import type {Exchange} from '../../src/journal/exchange.ts';
import {type Direction, type Expectation, Expectations} from '../../src/journal/expectation.ts';
import type {Candidate, Redirect} from '../../src/journal/redirect.ts';
import type {Tier} from '../../src/journal/tier.ts';
import {tiers} from '../../src/journal/tiers.ts';
import {type Traits, TraitsReader} from '../../src/journal/traits.ts';

/** A redirect as the plain linker holds it. */
interface Held {
	readonly number: number;
	readonly exchange: Exchange;
	expectation: Expectation;
	claim: {readonly request: Candidate; readonly rank: number; readonly rivals: number} | undefined;
	forgotten: boolean;
}

/**
 * The linker in its plainest form: it looks at every redirect for every request in every tier, and
 * keeps nothing that could be found by looking.
 */
export class PlainLinker {
	readonly #callFields: readonly string[];
	readonly #redirects: Held[] = [];
	/** How often a redirect was given away that others met by the same key, while any of them waits. */
	readonly #contested = new Map<string, number>();
	#placed: Candidate[] = [];
	#arriving = 0;

	constructor(callFields: readonly string[]) {
		this.#callFields = callFields;
	}

	causeOf = (exchange: Exchange): Held | undefined =>
		this.#redirects.find(({claim}) => claim?.request.exchange === exchange);

	wait(number: number, {exchange, traits}: Candidate, direction: Direction): void {
		const expectation = new Expectations().of(traits, direction);
		this.#redirects.push({number, exchange, expectation, claim: undefined, forgotten: false});
	}

	place(given: Candidate): void {
		const request = this.#anew(given);
		if (request.exchange.request.endedAt === undefined) this.#arriving++;
		this.#place(request);
	}

	revise(given: Candidate): void {
		const request = this.#anew(given);
		const redirect = this.#redirects.find(({exchange}) => exchange === request.exchange);
		const freed = this.#withdraw(request);
		const follower = redirect?.claim?.request;
		if (follower !== undefined) this.#withdraw(follower);
		if (redirect !== undefined) this.#refile(redirect, request.traits);
		this.#place(request);
		if (follower !== undefined) this.#place(follower);
		this.#offer([freed, redirect]);
		if (--this.#arriving === 0) this.#placed = [];
	}

	forget(exchange: Exchange): void {
		this.#placed = this.#placed.filter(request => request.exchange !== exchange);
		for (const redirect of this.#redirects) {
			if (redirect.exchange !== exchange || redirect.forgotten) continue;
			const open = tiers.filter(tier => isOpen(redirect, tier));
			redirect.forgotten = true;
			this.#settle(redirect, open, false);
		}
	}

	/** With traits that share nothing with what is known already. */
	#anew(request: Candidate): Candidate {
		const traits = new TraitsReader(this.#callFields).of(request.exchange);
		return {...request, traits};
	}

	#place(request: Candidate): void {
		this.#placed = this.#placed.filter(({exchange}) => exchange !== request.exchange);
		if (this.#arriving > 0) this.#placed.push(request);
		for (const tier of tiers) {
			const redirect = this.#find(tier, request);
			if (redirect === undefined) continue;
			this.#give(redirect, request, tier);
			return;
		}
	}

	#find(tier: Tier, request: Candidate): Held | undefined {
		if (tier.strayOnly && request.matched) return undefined;
		for (const key of requestKeys(tier, request)) {
			const waiting = this.#waiting(tier, key)
				.filter(({number}) => number <= request.redirectsBefore)
				.sort((a, b) => b.number - a.number);
			// No more than 32 that do not fit are looked at.
			const found = waiting.slice(0, 32).find(redirect => this.#fits(tier, redirect, request));
			if (found !== undefined) return found;
		}
		return undefined;
	}

	#give(redirect: Held, request: Candidate, tier: Tier): void {
		const displaced = redirect.claim?.request;
		const wider = tiers.find(({name}) => name === tier.sharedWith) ?? tier;
		const rivals = requestKeys(wider, request)
			.filter(key => this.#waiting(wider, key).length > 0)
			.map(key => this.#waiting(wider, key).length + this.#given(wider, key) - 1)
			.reduce((sum, each) => sum + each, 0);
		const open = tiers.filter(each => isOpen(redirect, each) && rankOf(each) >= rankOf(tier));
		redirect.claim = {request, rank: rankOf(tier), rivals};
		this.#settle(redirect, open, rivals > 0);
		if (displaced !== undefined) this.#place(displaced);
	}

	/** Takes note of what was given away in these tiers, as long as others wait there. */
	#settle(redirect: Held, open: readonly Tier[], contested: boolean): void {
		for (const tier of open)
			for (const key of redirectKeys(tier, redirect)) {
				const name = `${tier.name}\n${key}`;
				if (this.#waiting(tier, key).length === 0) this.#contested.delete(name);
				else if (contested) this.#contested.set(name, this.#given(tier, key) + 1);
			}
	}

	#withdraw({exchange}: Candidate): Held | undefined {
		const redirect = this.causeOf(exchange);
		this.#placed = this.#placed.filter(request => request.exchange !== exchange);
		if (redirect !== undefined) this.#refile(redirect, redirect.expectation.traits);
		return redirect;
	}

	#refile(redirect: Held, traits: Traits): void {
		if (redirect.forgotten) {
			redirect.claim = undefined;
			return;
		}
		redirect.forgotten = true;
		this.#settle(redirect, tiers, false);
		redirect.forgotten = false;
		redirect.claim = undefined;
		redirect.expectation = new Expectations().of(traits, redirect.expectation);
	}

	#offer(redirects: (Held | undefined)[]): void {
		while (redirects.length > 0) {
			const redirect = redirects.pop();
			const request = redirect && !redirect.forgotten && this.#wanting(redirect);
			if (!request) continue;
			redirects.push(redirect, this.#withdraw(request));
			this.#place(request);
		}
	}

	#wanting(redirect: Held): Candidate | undefined {
		for (const tier of tiers.filter(each => isOpen(redirect, each)))
			for (const key of redirectKeys(tier, redirect))
				for (const request of this.#placed) {
					const {exchange, redirectsBefore, matched} = request;
					const rank = this.causeOf(exchange)?.claim?.rank ?? Number.POSITIVE_INFINITY;
					if (rank <= rankOf(tier) || redirect.number > redirectsBefore) continue;
					if (tier.strayOnly && matched) continue;
					if (!requestKeys(tier, request).includes(key)) continue;
					if (this.#fits(tier, redirect, request)) return request;
				}
		return undefined;
	}

	#waiting(tier: Tier, key: string): Held[] {
		return this.#redirects.filter(
			redirect => isOpen(redirect, tier) && redirectKeys(tier, redirect).includes(key),
		);
	}

	#given(tier: Tier, key: string): number {
		return this.#contested.get(`${tier.name}\n${key}`) ?? 0;
	}

	#fits(tier: Tier, redirect: Held, request: Candidate): boolean {
		const causeOf = (exchange: Exchange) => asRedirect(this.causeOf(exchange));
		return tier.fits?.(asRedirect(redirect) ?? fail(), request, causeOf) ?? true;
	}
}

function rankOf(tier: Tier): number {
	return tiers.findIndex(({name}) => name === (tier.sharedWith ?? tier.name));
}

function isOpen({claim, forgotten, expectation}: Held, tier: Tier): boolean {
	if (forgotten || (expectation.token !== undefined && !tier.ofTagged)) return false;
	return claim === undefined || claim.rank > rankOf(tier);
}

function redirectKeys(tier: Tier, redirect: Held): string[] {
	const keys = tier.keysOfRedirect(redirect.expectation, asRedirect(redirect) ?? fail());
	return [...new Set(keys)].filter(key => key !== '');
}

function requestKeys(tier: Tier, request: Candidate): string[] {
	return [...new Set(tier.keysOfRequest(request.traits, request))].filter(key => key !== '');
}

/** What tiers look at of a redirect. */
function asRedirect(held: Held | undefined): Redirect | undefined {
	if (held === undefined) return undefined;
	const {number, exchange, expectation, forgotten} = held;
	const untied = {followUp: undefined, tie: undefined, redirectsBefore: 0, matched: false};
	const state = forgotten ? 'forgotten' : 'open';
	return {number, exchange, expectation, ...untied, filed: 0, state};
}

function fail(): never {
	throw new Error('There is no redirect.');
}
