/** How often each key stands for something now. Keys that stand for nothing take no room. */
export class Tally {
	readonly #counts = new Map<string, number>();

	of(key: string): number {
		return this.#counts.get(key) ?? 0;
	}

	add(key: string, change = 1): void {
		const count = this.of(key) + change;
		if (count > 0) this.#counts.set(key, count);
		else this.#counts.delete(key);
	}
}
