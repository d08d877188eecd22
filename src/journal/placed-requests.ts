import type {Exchange} from './exchange.ts';
import type {Candidate, Redirect} from './redirect.ts';
import type {TierIndex} from './tier-index.ts';

/**
 * Requests that were placed, by the keys that redirects would meet them by: to find those for which a
 * redirect that changed, or that is free again, is better than what they have.
 */
export class PlacedRequests {
	readonly #indexes: readonly TierIndex[];
	readonly #keys = new Map<Exchange, readonly (readonly [Set<Candidate>, Candidate])[]>();
	readonly #byTier: readonly Map<string, Set<Candidate>>[];

	/** @param indexes the tiers, strongest first */
	constructor(indexes: readonly TierIndex[]) {
		this.#indexes = indexes;
		this.#byTier = indexes.map(() => new Map());
	}

	add(request: Candidate): void {
		const {traits, matched} = request;
		this.delete(traits.exchange);
		const places = this.#indexes.flatMap(({tier}, place) => {
			if (tier.strayOnly && matched) return [];
			const keys = tier.keysOfRequest(traits).filter(key => key !== '');
			return keys.map(key => this.#setOf(place, key).add(request));
		});
		this.#keys.set(
			traits.exchange,
			places.map(set => [set, request]),
		);
	}

	delete(exchange: Exchange): void {
		for (const [set, request] of this.#keys.get(exchange) ?? []) set.delete(request);
		this.#keys.delete(exchange);
	}

	clear(): void {
		this.#keys.clear();
		for (const byKey of this.#byTier) byKey.clear();
	}

	/**
	 * A request and a redirect are tied more strongly than what each of them has: the request for which
	 * that is so by the strongest evidence; undefined for none.
	 *
	 * @param rankOf how strongly a request is tied now; 0 is the strongest
	 */
	wanting(redirect: Redirect, rankOf: (request: Candidate) => number): Candidate | undefined {
		for (const [place, {tier, rank}] of this.#indexes.entries()) {
			if (redirect.claim !== undefined && redirect.claim.rank <= rank) return undefined;
			if (redirect.token !== undefined && !tier.ofTagged) continue;
			for (const key of tier.keysOfRedirect(redirect))
				for (const request of this.#byTier[place]?.get(key) ?? []) {
					if (rankOf(request) <= rank || redirect.number > request.redirectsBefore) continue;
					if (tier.fits?.(redirect, request.traits) ?? true) return request;
				}
		}
		return undefined;
	}

	#setOf(place: number, key: string): Set<Candidate> {
		const byKey = this.#byTier[place] ?? new Map<string, Set<Candidate>>();
		const set = byKey.get(key) ?? new Set();
		byKey.set(key, set);
		return set;
	}
}
