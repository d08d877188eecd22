import {type Candidate, type CauseOf, type Redirect, rankOf} from './redirect.ts';
import {Tally} from './tally.ts';
import type {Tier} from './tier.ts';
import {TierIndex} from './tier-index.ts';
import {tiers} from './tiers.ts';
import {urlTraits} from './traits.ts';

/** The redirects that wait for a follow-up, by all that a request may meet them by. */
export class WaitingRedirects {
	/** One for each tier, strongest first. */
	readonly indexes: readonly TierIndex[];
	/** Of tiers that break the ties of another: the other one. */
	readonly #wider: ReadonlyMap<TierIndex, TierIndex>;
	/** What redirects that can still be claimed by their target lead to. */
	readonly #grounds = {url: new Tally(), path: new Tally()};

	/** @param tiers the strengths of evidence that count, strongest first */
	constructor(tiers: readonly Tier[], causeOf: CauseOf) {
		const indexes = tiers.map(
			(tier, place) => new TierIndex(tier, place, placeOf(tier, tiers), causeOf),
		);
		const wider = (index: TierIndex) =>
			indexes.flatMap(each => (each.tier.name === index.tier.sharedWith ? [each] : []));
		this.indexes = indexes;
		this.#wider = new Map(
			indexes.flatMap(index => wider(index).map(each => [index, each] as const)),
		);
	}

	/** Takes in a redirect that is about to be answered. */
	add(redirect: Redirect): void {
		this.#count(redirect, 1);
		for (const index of this.indexes) index.add(redirect);
		if (this.indexes.some(({contested}) => contested > 0)) this.#file();
	}

	/** The strongest tier in which a request meets a redirect, and the redirect. */
	find(request: Candidate): {index: TierIndex; redirect: Redirect} | undefined {
		const {url, path, calls} = request.traits;
		const isThere = {
			url: this.#grounds.url.of(url) > 0,
			path: this.#grounds.path.of(path) > 0,
			calls: calls.length > 0,
		};
		for (const index of this.indexes) {
			const {ground} = index.tier;
			if (ground !== undefined && !isThere[ground]) continue;
			const redirect = index.find(request);
			if (redirect !== undefined) return {index, redirect};
		}
		return undefined;
	}

	/** How many redirects meet a request as well as one that was found in this tier. */
	rivals(index: TierIndex, request: Candidate): number {
		const rivals = (this.#wider.get(index) ?? index).rivals(request);
		// What is filed from now on must not miss how often a redirect was given away that may be another's.
		if (rivals > 0) this.#file();
		return rivals;
	}

	/**
	 * Takes a redirect out where evidence of this strength or less could give it away.
	 *
	 * @param before the strength of what it was given away for before; Infinity when it waited
	 * @param contested whether others fitted as well
	 */
	settle(redirect: Redirect, rank: number, before: number, contested: boolean): void {
		if (rank <= groundRank && before > groundRank) this.#count(redirect, -1);
		for (const index of this.indexes)
			if (index.rank >= rank)
				index.settle(redirect, contested && index.tier.sharedWith === undefined);
	}

	/** Takes out a redirect that is about to change, and will be added anew. */
	takeOut(redirect: Redirect): void {
		if (rankOf(redirect) > groundRank) this.#count(redirect, -1);
		for (const index of this.indexes) index.takeOut(redirect);
	}

	#file(): void {
		for (const index of this.indexes) if (index.tier.sharedWith === undefined) index.file();
	}

	#count({expectation}: Redirect, change: 1 | -1): void {
		if (expectation.token !== undefined) return;
		for (const target of expectation.targets) {
			this.#grounds.url.add(target, change);
			this.#grounds.path.add(urlTraits(target).path, change);
		}
	}
}

/** Its place in the order of strength; a tier that breaks the ties of another is no stronger than that. */
function placeOf(tier: Tier, tiers: readonly Tier[]): number {
	return tiers.findIndex(({name}) => name === (tier.sharedWith ?? tier.name));
}

/** The strength of the strongest tier at the target: who is claimed by that is out of all that ask for it. */
const groundRank = tiers.findIndex(({ground}) => ground === 'url');
