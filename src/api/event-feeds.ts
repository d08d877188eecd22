import {randomUUID} from 'node:crypto';
import type {Double} from '../double.ts';
import type {Doubles} from './doubles.ts';
import {EventLog} from './event-log.ts';

/** How many events of a double are kept for those who come back, at the least, where there are so many. */
const kept = 1000;

/** The events of one double, from the first time that somebody asked for them. */
export class EventFeed {
	readonly double: Double;
	readonly log = new EventLog(kept);
	/** Begins the id of each event: those of another server, or of another double, are none of these. */
	readonly name = randomUUID().slice(0, 8);
	#phase: string | undefined;

	constructor(double: Double) {
		this.double = double;
		this.#phase = double.phase;
		void this.#run();
	}

	/** Tells that another phase has begun, if it has. */
	look(): void {
		const {phase} = this.double;
		if (phase === this.#phase) return;
		this.#phase = phase;
		if (phase !== undefined) this.log.add({type: 'phase', phase});
	}

	/** Until the double is closed. */
	async #run(): Promise<void> {
		const {double, log} = this;
		for (;;) {
			const {exchanges} = double;
			for await (const {number} of double.journal) {
				log.add({type: 'exchange', exchange: number});
				const exchange = exchangeOf(double, number);
				if (exchange && double.journal.hopTo(exchange)) log.add({type: 'hop', exchange: number});
				this.look();
			}
			// A reset begins a new list; a double that is closed keeps its own.
			if (double.exchanges === exchanges) return log.end();
			log.add({type: 'reset'});
			this.look();
		}
	}
}

/** The feeds of all doubles of a server; each begins when it is first asked for. */
export class EventFeeds {
	readonly #feeds = new Map<Double, EventFeed>();

	constructor(doubles: Doubles) {
		doubles.follow({
			removed: ({double}) => {
				this.#feeds.get(double)?.log.end();
				this.#feeds.delete(double);
			},
		});
	}

	of(double: Double): EventFeed {
		const feed = this.#feeds.get(double) ?? new EventFeed(double);
		this.#feeds.set(double, feed);
		return feed;
	}

	/** A request may have changed the phase of a double. */
	look(): void {
		for (const feed of this.#feeds.values()) feed.look();
	}
}

/** The exchange of a number; undefined for one that was dropped, or is yet to come. */
export function exchangeOf(
	{exchanges}: Double,
	number: number,
): Double['exchanges'][number] | undefined {
	// Numbers follow one another, but where exchanges were dropped.
	let [from, to] = [0, exchanges.length];
	while (from < to) {
		const middle = (from + to) >> 1;
		if ((exchanges[middle]?.number ?? 0) < number) from = middle + 1;
		else to = middle;
	}
	const found = exchanges[from];
	return found?.number === number ? found : undefined;
}
