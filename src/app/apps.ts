import {createApp, type DoubleApp} from './app.ts';
import type {AppParts} from './parts.ts';

/**
 * The apps of a double by documented origin. Each is made when it is first asked for, and stays, with
 * all that users add to it, whatever scenario is played.
 */
export class Apps {
	readonly #parts: AppParts;
	readonly #made = new Map<string, DoubleApp>();

	constructor(parts: AppParts) {
		this.#parts = parts;
	}

	/** The app of an origin in its canonical form. */
	of(origin: string): DoubleApp {
		const made = this.#made.get(origin) ?? createApp(origin, this.#parts);
		this.#made.set(origin, made);
		return made;
	}
}
