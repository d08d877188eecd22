import type {Exchange} from './exchange.ts';
import type {Redirect} from './redirect.ts';

/** How many exchanges of consecutive numbers share a page. */
const pageSize = 256;

interface Page {
	readonly redirects: (Redirect | undefined)[];
	used: number;
}

/**
 * The redirects that follow-ups were caused by. Pages of an array take a quarter of the memory of a
 * map from exchange to redirect, and never have to be hashed anew while a journal grows.
 */
export class Causes {
	readonly #pages = new Map<number, Page>();

	of(followUp: Exchange): Redirect | undefined {
		const {number} = followUp;
		const redirect = this.#pages.get(Math.floor(number / pageSize))?.redirects[number % pageSize];
		// An exchange of the time before a reset may have the same number.
		return redirect?.followUp === followUp ? redirect : undefined;
	}

	/** A redirect was given to a request, which is its follow-up now. */
	set({number}: Exchange, redirect: Redirect): void {
		const at = Math.floor(number / pageSize);
		const page = this.#pages.get(at) ?? {redirects: new Array(pageSize), used: 0};
		this.#pages.set(at, page);
		if (page.redirects[number % pageSize] === undefined) page.used++;
		page.redirects[number % pageSize] = redirect;
	}

	/** Returns whether there was one. */
	delete({number}: Exchange): boolean {
		const at = Math.floor(number / pageSize);
		const page = this.#pages.get(at);
		if (page?.redirects[number % pageSize] === undefined) return false;
		page.redirects[number % pageSize] = undefined;
		if (--page.used === 0) this.#pages.delete(at);
		return true;
	}
}
