import {Recent} from './recent.ts';

/** Longer keys are not worth their memory. */
const longestKey = 2000;

/**
 * Keeps what was made for a key, since clients ask for the same again and again. The values must never
 * change. What was asked for lately is kept for certain, up to the limit, and never more than twice that.
 */
export class Memo<Value> {
	readonly #recent: Recent<string, Value>;

	constructor(limit = 250) {
		this.#recent = new Recent(limit);
	}

	/** What was made for a key, or is made now; the same key must always give the same value. */
	get(key: string, make: () => Value): Value {
		const known = this.#recent.get(key);
		if (known !== undefined) return known;
		const value = make();
		if (key.length <= longestKey) this.#recent.set(key, value);
		return value;
	}
}
