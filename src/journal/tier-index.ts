import {Bucket} from './bucket.ts';
import type {Candidate, Redirect} from './redirect.ts';
import type {Tier} from './tiers.ts';

/**
 * The redirects of one tier by their keys. Keys are made only when the tier is first asked after a
 * redirect came: most follow-ups are found in a strong tier, and the weak ones cost nothing.
 */
export class TierIndex {
	readonly tier: Tier;
	/** The strength of a claim made here; 0 is the strongest. */
	readonly rank: number;
	readonly #buckets = new Map<string, Bucket>();
	readonly #keys = new Map<Redirect, readonly string[]>();
	readonly #isOpen = ({claim, forgotten}: Redirect) =>
		!forgotten && (claim === undefined || claim.rank > this.rank);
	#unread: Redirect[] = [];

	constructor(tier: Tier, rank: number) {
		this.tier = tier;
		this.rank = rank;
	}

	/** Takes in a redirect that waits. */
	add(redirect: Redirect): void {
		this.#unread.push(redirect);
		if (this.#unread.length >= 1024) this.#read();
	}

	/** The newest redirect that may have caused the request and has no claim as strong as this tier's. */
	find(request: Candidate): Redirect | undefined {
		const {traits, redirectsBefore, matched} = request;
		if (this.tier.strayOnly && matched) return undefined;
		const fits = (redirect: Redirect) => this.tier.fits?.(redirect, traits) ?? true;
		for (const bucket of this.#bucketsOf(request)) {
			const found = bucket.newest(redirectsBefore, fits);
			if (found !== undefined) return found;
		}
		return undefined;
	}

	/** How many redirects meet the request here as well as the one that it was given, not settled yet. */
	rivals(request: Candidate): number {
		return this.#bucketsOf(request).reduce((sum, bucket) => sum + bucket.rivals, 0);
	}

	/** Takes out a redirect that was claimed with evidence as strong as this tier's or stronger. */
	settle(redirect: Redirect, contested: boolean): void {
		for (const key of this.#keys.get(redirect) ?? []) {
			const bucket = this.#buckets.get(key);
			bucket?.settle(contested);
			if (bucket?.isEmpty) this.#buckets.delete(key);
		}
		this.#keys.delete(redirect);
	}

	/** Takes out a redirect that is about to change, and will be added anew. */
	takeOut(redirect: Redirect): void {
		const unread = this.#unread.indexOf(redirect);
		if (unread >= 0) this.#unread.splice(unread, 1);
		this.#keys.delete(redirect);
		for (const key of unread < 0 ? this.tier.keysOfRedirect(redirect) : []) {
			const bucket = this.#buckets.get(key);
			bucket?.takeOut(redirect);
			if (bucket?.isEmpty) this.#buckets.delete(key);
		}
	}

	#bucketsOf({traits}: Candidate): Bucket[] {
		this.#read();
		const buckets: Bucket[] = [];
		for (const key of this.tier.keysOfRequest(traits)) {
			const bucket = key === '' ? undefined : this.#buckets.get(key);
			if (bucket !== undefined) buckets.push(bucket);
		}
		return buckets;
	}

	#read(): void {
		if (this.#unread.length === 0) return;
		for (const redirect of this.#unread) if (this.#isOpen(redirect)) this.#file(redirect);
		this.#unread = [];
	}

	#file(redirect: Redirect): void {
		const keys = [...new Set(this.tier.keysOfRedirect(redirect))].filter(key => key !== '');
		if (keys.length > 0) this.#keys.set(redirect, keys);
		for (const key of keys) {
			const bucket = this.#buckets.get(key) ?? new Bucket(this.#isOpen);
			bucket.add(redirect);
			this.#buckets.set(key, bucket);
		}
	}
}
