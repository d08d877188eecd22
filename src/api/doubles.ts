import type {Double} from '../double.ts';
import {didYouMean} from '../scenario/near-name.ts';
import {Problem} from './problem.ts';
import {ReadableIds} from './readable-ids.ts';

/** A double and the name that it goes by. */
export interface HeldDouble {
	/** The scenario's name; for a further one of the same, with a number. */
	readonly id: string;
	readonly double: Double;
}

/** What is told to those who follow what comes and goes. */
export interface DoublesListener {
	added?(held: HeldDouble): void;
	/** Called before the double is closed. */
	removed?(held: HeldDouble): void;
}

/** How long the readable part of an id may be: those of many scenarios in one are long. */
const longestName = 80;

/** The doubles of a server, by their ids, which are never used again. */
export class Doubles {
	readonly #max: number;
	readonly #held = new Map<string, HeldDouble>();
	/** Those that count towards the maximum: made by the API, and not by the command line. */
	readonly #counted = new Set<HeldDouble>();
	readonly #ids = new ReadableIds();
	readonly #listeners = new Set<DoublesListener>();
	#opening = 0;
	#closed = false;

	/** @param max how many may be opened at the same time, those that are adopted apart; 100 unless told */
	constructor({max = 100}: {readonly max?: number | undefined} = {}) {
		this.#max = max;
	}

	/** Takes in a double that runs already. It is closed with the others. */
	adopt(double: Double): HeldDouble {
		const held = {id: this.#ids.take(double.name.slice(0, longestName)), double};
		this.#held.set(held.id, held);
		for (const listener of this.#listeners) listener.added?.(held);
		return held;
	}

	/**
	 * Starts a double, and takes it in.
	 *
	 * @throws Problem TOO_MANY_DOUBLES, or what `start` throws
	 */
	async open(start: () => Promise<Double>): Promise<HeldDouble> {
		if (this.#counted.size + this.#opening >= this.#max)
			throw new Problem(
				'TOO_MANY_DOUBLES',
				`${this.#counted.size + this.#opening} doubles were made by the API, and ${this.#max} is the maximum.`,
			);
		this.#opening++;
		try {
			const double = await start();
			if (this.#closed) {
				await double.close();
				throw new Problem('DOUBLE_CLOSED', 'The server was stopped.');
			}
			const held = this.adopt(double);
			this.#counted.add(held);
			return held;
		} finally {
			this.#opening--;
		}
	}

	/** @throws Problem DOUBLE_UNKNOWN */
	get(id: string): HeldDouble {
		const held = this.#held.get(id);
		if (held !== undefined) return held;
		const ids = [...this.#held.keys()];
		const near = didYouMean(id, ids) || '.';
		throw new Problem('DOUBLE_UNKNOWN', `There is no double "${id}"${near}`);
	}

	/** In the order in which they were taken in. */
	all(): readonly HeldDouble[] {
		return [...this.#held.values()];
	}

	/**
	 * Closes a double and forgets it.
	 *
	 * @throws Problem DOUBLE_UNKNOWN
	 */
	async remove(id: string): Promise<void> {
		const held = this.get(id);
		this.#held.delete(id);
		this.#counted.delete(held);
		for (const listener of this.#listeners) listener.removed?.(held);
		await held.double.close();
	}

	/** @returns a function that ends it */
	follow(listener: DoublesListener): () => void {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	/** Closes all doubles, also one that is being started. */
	async close(): Promise<void> {
		this.#closed = true;
		await Promise.all(this.all().map(({id}) => this.remove(id)));
	}
}
