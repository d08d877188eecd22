/** How many values a memo keeps. */
const mostValues = 500;
/** Longer keys are not worth their memory. */
const longestKey = 2000;

/**
 * Keeps what was made for a key, since clients ask for the same again and again. When there are too
 * many, all are forgotten: what is asked for still is soon there anew. The values must never change.
 */
export class Memo<Value> {
	readonly #known = new Map<string, Value>();

	/** What was made for a key, or is made now; the same key must always give the same value. */
	get(key: string, make: () => Value): Value {
		const known = this.#known.get(key);
		if (known !== undefined) return known;
		const value = make();
		if (key.length > longestKey) return value;
		if (this.#known.size >= mostValues) this.#known.clear();
		this.#known.set(key, value);
		return value;
	}
}
