import type {Candidate, Redirect} from './redirect.ts';
import type {Tier} from './tiers.ts';

/** Redirects that share a key, oldest first. */
interface Bucket {
	readonly waiting: Set<Redirect>;
	/** How many were claimed from here while others fitted as well: until the rest is claimed, each may be another's. */
	contested: number;
}

/** How many unfit redirects of one key are looked at before the search gives up. */
const patience = 32;

/**
 * The redirects of one tier by their keys. Keys are made only when the tier is first asked after a
 * redirect came: most follow-ups are found in a strong tier, and the weak ones cost nothing.
 */
export class TierIndex {
	readonly rank: number;
	readonly #tier: Tier;
	readonly #buckets = new Map<string, Bucket>();
	readonly #keys = new Map<Redirect, readonly string[]>();
	#unread: Redirect[] = [];

	constructor(tier: Tier, rank: number) {
		this.#tier = tier;
		this.rank = rank;
	}

	get tier(): Tier {
		return this.#tier;
	}

	/** Takes in a redirect that waits. */
	add(redirect: Redirect): void {
		this.#unread.push(redirect);
		if (this.#unread.length >= 1024) this.#unread = this.#unread.filter(r => this.#isOpen(r));
	}

	/** The oldest redirect that may have caused the request and has no claim as strong as this tier. */
	find(request: Candidate): Redirect | undefined {
		if (this.#tier.strayOnly && request.matched) return undefined;
		for (const bucket of this.#bucketsOf(request)) {
			const found = this.#oldest(bucket, request);
			if (found !== undefined) return found;
		}
		return undefined;
	}

	/** How many redirects other than `redirect` meet the request here, or met it and may be mistaken. */
	rivals(request: Candidate, redirect: Redirect): number {
		let count = 0;
		for (const bucket of this.#bucketsOf(request))
			count += bucket.waiting.size + bucket.contested - (bucket.waiting.has(redirect) ? 1 : 0);
		return count;
	}

	/** Takes out a redirect that was claimed with evidence of this strength or more. */
	settle(redirect: Redirect, contested: boolean): void {
		for (const key of this.#keys.get(redirect) ?? []) {
			const bucket = this.#buckets.get(key);
			if (bucket === undefined) continue;
			bucket.waiting.delete(redirect);
			if (contested) bucket.contested++;
			if (bucket.waiting.size === 0) this.#buckets.delete(key);
		}
		this.#keys.delete(redirect);
	}

	#isOpen({claim}: Redirect): boolean {
		return claim === undefined || claim.rank > this.rank;
	}

	#bucketsOf({traits}: Candidate): Bucket[] {
		this.#read();
		const buckets: Bucket[] = [];
		for (const key of this.#tier.keysOfRequest(traits)) {
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
		const keys = [...new Set(this.#tier.keysOfRedirect(redirect))].filter(key => key !== '');
		if (keys.length > 0) this.#keys.set(redirect, keys);
		for (const key of keys) {
			const bucket = this.#buckets.get(key);
			if (bucket !== undefined) bucket.waiting.add(redirect);
			else this.#buckets.set(key, {waiting: new Set([redirect]), contested: 0});
		}
	}

	#oldest({waiting}: Bucket, request: Candidate): Redirect | undefined {
		let looked = 0;
		for (const redirect of waiting) {
			// Oldest first: what was answered after the request began, and all behind it, can't be the cause.
			if (redirect.number > request.redirectsBefore || ++looked > patience) return undefined;
			if (this.#tier.fits?.(redirect, request.traits) ?? true) return redirect;
		}
		return undefined;
	}
}
