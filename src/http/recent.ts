/**
 * Remembers the values that were asked for lately, by their keys: as many as `limit` for certain, and
 * never more than twice as many. For what can be made again, and costs to make or to keep twice.
 */
export class Recent<Key, Value> {
	readonly #limit: number;
	#young = new Map<Key, Value>();
	/** Those of the generation before: what nobody asks for until the next one goes with it. */
	#old = new Map<Key, Value>();

	constructor(limit = 256) {
		this.#limit = limit;
	}

	get(key: Key): Value | undefined {
		const young = this.#young.get(key);
		if (young !== undefined) return young;
		const old = this.#old.get(key);
		if (old !== undefined) this.set(key, old);
		return old;
	}

	set(key: Key, value: Value): void {
		if (this.#young.size >= this.#limit) {
			this.#old = this.#young;
			this.#young = new Map();
		}
		this.#young.set(key, value);
	}
}
