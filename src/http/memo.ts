/** Longer keys are not worth their memory. */
const longestKey = 2000;

/**
 * Keeps what was made for a key, since clients ask for the same again and again. The values must never
 * change. What was asked for lately is kept for certain, up to the limit, and never more than twice that.
 */
export class Memo<Value> {
	readonly #limit: number;
	#young = new Map<string, Value>();
	/** The generation before: what nobody asks for until the next one goes with it. */
	#old: Map<string, Value> | undefined;

	constructor(limit = 250) {
		this.#limit = limit;
	}

	/** What was made for a key, or is made now; the same key must always give the same value. */
	get(key: string, make: () => Value): Value {
		return this.#young.get(key) ?? this.#keep(key, this.#old?.get(key) ?? make());
	}

	#keep(key: string, value: Value): Value {
		if (key.length > longestKey) return value;
		if (this.#young.size >= this.#limit) {
			this.#old = this.#young;
			this.#young = new Map();
		}
		this.#young.set(key, value);
		return value;
	}
}
