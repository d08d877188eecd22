import type {Exchange} from './exchange.ts';
import {type Candidate, type Redirect, rankOf} from './redirect.ts';
import type {TierIndex} from './tier-index.ts';

/** The requests of one tier by their keys; a key that no request has any more is left out. */
type ByKey = Map<string, Set<Candidate>>;

/** A request, and each place where it stands. */
interface Placed {
	readonly request: Candidate;
	readonly places: readonly {readonly byKey: ByKey; readonly key: string}[];
}

/**
 * Requests that were placed, by the keys that redirects would meet them by: to find those for which a
 * redirect that changed, or that is free again, is better than what they have.
 */
export class PlacedRequests {
	readonly #tiers: readonly {readonly index: TierIndex; readonly byKey: ByKey}[];
	readonly #placed = new Map<Exchange, Placed>();

	/** @param indexes the tiers, strongest first */
	constructor(indexes: readonly TierIndex[]) {
		this.#tiers = indexes.map(index => ({index, byKey: new Map()}));
	}

	add(request: Candidate): void {
		this.delete(request.exchange);
		const places = this.#tiers.flatMap(({index, byKey}) => {
			if (index.tier.strayOnly && request.matched) return [];
			return index.keysOfRequest(request).map(key => ({byKey, key}));
		});
		for (const {byKey, key} of places) byKey.set(key, (byKey.get(key) ?? new Set()).add(request));
		this.#placed.set(request.exchange, {request, places});
	}

	delete(exchange: Exchange): void {
		const placed = this.#placed.get(exchange);
		if (placed === undefined) return;
		this.#placed.delete(exchange);
		for (const {byKey, key} of placed.places) {
			const requests = byKey.get(key);
			requests?.delete(placed.request);
			if (requests?.size === 0) byKey.delete(key);
		}
	}

	clear(): void {
		this.#placed.clear();
		for (const {byKey} of this.#tiers) byKey.clear();
	}

	/**
	 * A request and a redirect are tied more strongly than what each of them has: the request for which
	 * that is so by the strongest evidence; undefined for none.
	 *
	 * @param strengthOf how strongly a request is tied now; 0 is the strongest. One whose tie becomes weaker
	 *   must be added anew: those that are tied strongly enough are not looked at twice
	 */
	wanting(redirect: Redirect, strengthOf: (request: Candidate) => number): Candidate | undefined {
		for (const {index, byKey} of this.#tiers) {
			const {tier, rank} = index;
			if (rankOf(redirect) <= rank) return undefined;
			if (redirect.expectation.token !== undefined && !tier.ofTagged) continue;
			for (const key of index.keysOfRedirect(redirect)) {
				const requests = byKey.get(key) ?? new Set();
				for (const request of requests) {
					if (strengthOf(request) <= rank) requests.delete(request);
					else if (redirect.number <= request.redirectsBefore && index.fits(redirect, request))
						return request;
				}
			}
		}
		return undefined;
	}
}
