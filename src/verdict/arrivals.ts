import type {Exchange} from '../journal/exchange.ts';

/** Exchanges of a journal by what is asked about them, such as their URL, for questions about what came later. */
export class Arrivals {
	readonly #byKey = new Map<string, Exchange[]>();

	/** @param keyOf undefined for an exchange that nobody will ask for */
	constructor(exchanges: readonly Exchange[], keyOf: (exchange: Exchange) => string | undefined) {
		for (const exchange of exchanges) {
			const key = keyOf(exchange);
			if (key === undefined) continue;
			const known = this.#byKey.get(key);
			if (known === undefined) this.#byKey.set(key, [exchange]);
			else known.push(exchange);
		}
	}

	/** The first exchange with this key after exchange `number`; undefined for none. */
	after(number: number, key: string): Exchange | undefined {
		const list = this.#byKey.get(key);
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
