import type {Redirect} from './redirect.ts';

/** How many unfit redirects of one key are looked at before the search gives up. */
const patience = 32;

/**
 * Redirects that share a key, in the order of their numbers. Settled ones stay in the list until they
 * are half of it, so that taking one out costs no search.
 */
export class Bucket {
	readonly #isOpen: (redirect: Redirect) => boolean;
	#redirects: Redirect[] = [];
	#settled = 0;
	/** How many were settled while others fitted as well: until the rest is settled, each may be another's. */
	#contested = 0;

	constructor(isOpen: (redirect: Redirect) => boolean) {
		this.#isOpen = isOpen;
	}

	/** Adds a redirect at its place, which nearly always is the last. */
	add(redirect: Redirect): void {
		const last = this.#redirects.at(-1);
		if (last === undefined || last.number < redirect.number) this.#redirects.push(redirect);
		else this.#redirects.splice(this.#lastUpTo(redirect.number) + 1, 0, redirect);
	}

	/** Takes out a redirect that is about to change. */
	takeOut(redirect: Redirect): void {
		const index = this.#lastUpTo(redirect.number);
		if (this.#redirects[index] !== redirect) return;
		if (!this.#isOpen(redirect)) this.#settled--;
		this.#redirects.splice(index, 1);
	}

	/** How many redirects wait, or were settled and may be mistaken, beside one that is not settled yet. */
	get rivals(): number {
		return this.#redirects.length - this.#settled + this.#contested - 1;
	}

	/** Whether any was settled that may be mistaken, while others wait. */
	get isContested(): boolean {
		return this.#contested > 0 && !this.isEmpty;
	}

	/** Whether nothing waits here any more. */
	get isEmpty(): boolean {
		return this.#redirects.length === this.#settled;
	}

	/** Counts one of its redirects as settled. */
	settle(contested: boolean): void {
		this.#settled++;
		if (contested) this.#contested++;
		while (this.#settled > 0 && !this.#isWaiting(this.#redirects.length - 1)) {
			this.#redirects.pop();
			this.#settled--;
		}
		if (this.#settled * 2 <= this.#redirects.length) return;
		this.#redirects = this.#redirects.filter(this.#isOpen);
		this.#settled = 0;
	}

	/**
	 * The newest redirect that waits, fits, and has at most the number `last`. The newest, because a
	 * request that began earlier can only be an older one's: so nobody takes away what another needs.
	 */
	newest(last: number, fits: (redirect: Redirect) => boolean): Redirect | undefined {
		let unfit = 0;
		for (let index = this.#lastUpTo(last); index >= 0 && unfit < patience; index--) {
			const redirect = this.#redirects[index];
			if (redirect === undefined || !this.#isOpen(redirect)) continue;
			if (fits(redirect)) return redirect;
			unfit++;
		}
		return undefined;
	}

	#isWaiting(index: number): boolean {
		const redirect = this.#redirects[index];
		return redirect !== undefined && this.#isOpen(redirect);
	}

	/** The index of the last redirect with a number of at most `last`; -1 for none. */
	#lastUpTo(last: number): number {
		let from = 0;
		let to = this.#redirects.length;
		while (from < to) {
			const middle = (from + to) >> 1;
			if ((this.#redirects[middle]?.number ?? 0) <= last) from = middle + 1;
			else to = middle;
		}
		return from - 1;
	}
}
