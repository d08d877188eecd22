import {Bucket} from './bucket.ts';
import {type Candidate, type CauseOf, type Redirect, rankOf} from './redirect.ts';
import type {Tier} from './tier.ts';
import type {Keyed, Traits} from './traits.ts';

/** How many redirects wait to be filed before those that are settled by then are sorted out. */
const crowd = 1024;

/**
 * The redirects of one tier by their keys. They are filed only when the tier is asked after they came:
 * most follow-ups are found in a strong tier, and the weak ones cost nothing.
 */
export class TierIndex {
	readonly tier: Tier;
	/** The strength of a claim made here; 0 is the strongest. */
	readonly rank: number;
	/** The place among all tiers. */
	readonly #place: number;
	readonly #causeOf: CauseOf;
	readonly #buckets = new Map<string, Bucket>();
	readonly #isOpen = (redirect: Redirect) =>
		redirect.state !== 'forgotten' && rankOf(redirect) > this.rank;
	#unfiled: Redirect[] = [];
	#room = crowd;
	#latest: {readonly of: Keyed; readonly keys: readonly string[]} | undefined;
	#contested = 0;

	constructor(tier: Tier, place: number, rank: number, causeOf: CauseOf) {
		this.tier = tier;
		this.rank = rank;
		this.#place = place;
		this.#causeOf = causeOf;
	}

	/** In how many of its buckets a redirect waits that may be the cause of what another was settled by. */
	get contested(): number {
		return this.#contested;
	}

	/** Takes in a redirect that waits. */
	add(redirect: Redirect): void {
		const {tier} = this;
		const {expectation} = redirect;
		if (expectation.token !== undefined && !tier.ofTagged) return;
		if (tier.holds !== undefined && !tier.holds(expectation)) return;
		if (this.#unfiled.length >= this.#room) {
			this.#unfiled = this.#unfiled.filter(this.#isOpen);
			this.#room = 2 * this.#unfiled.length + crowd;
		}
		this.#unfiled.push(redirect);
	}

	/** Files what has been taken in. */
	file(): void {
		if (this.#unfiled.length === 0) return;
		for (const redirect of this.#unfiled) if (this.#isOpen(redirect)) this.#file(redirect);
		this.#unfiled = [];
	}

	/** The newest redirect that may have caused the request and has no claim as strong as this tier's. */
	find(request: Candidate): Redirect | undefined {
		if (this.tier.strayOnly && request.matched) return undefined;
		this.file();
		const keys = this.keysOfRequest(request);
		const fits = (redirect: Redirect) => this.fits(redirect, request);
		for (const key of keys) {
			const found = this.#buckets.get(key)?.newest(request.redirectsBefore, fits);
			if (found !== undefined) return found;
		}
		return undefined;
	}

	/** How many redirects meet the request here as well as the one that it was given, not settled yet. */
	rivals(request: Candidate): number {
		this.file();
		let rivals = 0;
		for (const key of this.keysOfRequest(request)) rivals += this.#buckets.get(key)?.rivals ?? 0;
		return rivals;
	}

	/** Whether a redirect and a request with the same key may belong together. */
	fits(redirect: Redirect, request: Candidate): boolean {
		// A browser asks for leave before it follows: that request is no follow-up, and one comes after it.
		if (isPreflight(request.traits) && !this.#takesPreflight(redirect)) return false;
		return this.tier.fits?.(redirect, request, this.#causeOf) ?? true;
	}

	/** Takes out a redirect that was claimed with evidence as strong as this tier's or stronger. */
	settle(redirect: Redirect, contested: boolean): void {
		if (!this.#isFiled(redirect)) return;
		redirect.filed &= ~(1 << this.#place);
		for (const key of this.keysOfRedirect(redirect))
			this.#change(key, bucket => bucket.settle(contested));
	}

	/** Takes out a redirect that is about to change, and will be added anew. */
	takeOut(redirect: Redirect): void {
		redirect.filed &= ~(1 << this.#place);
		const unfiled = this.#unfiled.indexOf(redirect);
		if (unfiled >= 0) this.#unfiled.splice(unfiled, 1);
		else
			for (const key of this.keysOfRedirect(redirect))
				this.#change(key, bucket => bucket.takeOut(redirect));
	}

	/** The keys that a redirect is found by here; none of them twice, and none empty. */
	keysOfRedirect(redirect: Redirect): readonly string[] {
		const {expectation} = redirect;
		return this.#keysOf(expectation, () => this.tier.keysOfRedirect(expectation, redirect));
	}

	/** The keys that a request is met by here; none of them twice, and none empty. */
	keysOfRequest(request: Candidate): readonly string[] {
		const {traits} = request;
		return this.#keysOf(traits, () => this.tier.keysOfRequest(traits, request));
	}

	#keysOf(keyed: Keyed, make: () => readonly string[]): readonly string[] {
		if (this.tier.ofSingle) return withoutEmpty(make());
		const known = keyed.keys?.[this.#place];
		if (known !== undefined) return known;
		// Who is found here is asked for again at once, to count its rivals.
		if (this.#latest?.of === keyed) return this.#latest.keys;
		const keys = withoutEmpty(make());
		this.#latest = {of: keyed, keys};
		if (keyed.keys !== undefined) keyed.keys[this.#place] = keys;
		return keys;
	}

	/** All preflights look alike: only where it goes can tell what redirect of another it follows. */
	#takesPreflight({expectation}: Redirect): boolean {
		const {ground, ofTagged} = this.tier;
		return isPreflight(expectation.traits) && (ground === 'url' || ofTagged === true);
	}

	#isFiled({filed}: Redirect): boolean {
		return (filed & (1 << this.#place)) !== 0;
	}

	#file(redirect: Redirect): void {
		redirect.filed |= 1 << this.#place;
		for (const key of this.keysOfRedirect(redirect)) {
			let bucket = this.#buckets.get(key);
			if (bucket === undefined) {
				bucket = new Bucket(this.#isOpen);
				this.#buckets.set(key, bucket);
			}
			bucket.add(redirect);
		}
	}

	#change(key: string, change: (bucket: Bucket) => void): void {
		const bucket = this.#buckets.get(key);
		if (bucket === undefined) return;
		const before = bucket.isContested;
		change(bucket);
		if (bucket.isEmpty) this.#buckets.delete(key);
		this.#contested += Number(bucket.isContested) - Number(before);
	}
}

function isPreflight({method, asksForLeave}: Traits): boolean {
	return asksForLeave && method === 'OPTIONS';
}

function withoutEmpty(keys: readonly string[]): readonly string[] {
	if (keys.length === 0 || (keys.length === 1 && keys[0] !== '')) return keys;
	return [...new Set(keys)].filter(key => key !== '');
}
