import type {Exchange} from '../journal/exchange.ts';

/** All requests of a journal by the URL that they asked for, for questions about what came later. */
export class Arrivals {
	readonly #byUrl = new Map<string, Exchange[]>();

	constructor(exchanges: readonly Exchange[]) {
		for (const exchange of exchanges) {
			const {url} = exchange.request;
			const known = this.#byUrl.get(url);
			if (known === undefined) this.#byUrl.set(url, [exchange]);
			else known.push(exchange);
		}
	}

	/** The first request to `url` after exchange `number`; undefined for none. */
	after(number: number, url: string): Exchange | undefined {
		const list = this.#byUrl.get(url);
		if (list === undefined) return undefined;
		let low = 0;
		let high = list.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((list[middle]?.number ?? 0) > number) high = middle;
			else low = middle + 1;
		}
		return list[low];
	}
}
