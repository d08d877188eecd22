import {randomUUID} from 'node:crypto';
import type {Double} from '../double.ts';
import type {Doubles} from './doubles.ts';
import {type DoubleEvent, EventLog} from './event-log.ts';

/** How many events of a double are kept for those who come back, at the least, where there are so many. */
const kept = 1000;

/** The events of one double, from the first time that somebody asked for them. */
export class EventFeed {
	readonly double: Double;
	readonly log = new EventLog(kept);
	/** Begins the id of each event: those of another server, or of another double, are none of these. */
	readonly name = randomUUID().slice(0, 8);
	/** The list that is being told. */
	#exchanges: Double['exchanges'];
	/** What has happened since a reset that is yet to be told. */
	#sinceReset: DoubleEvent[] = [];

	constructor(double: Double) {
		this.double = double;
		this.#exchanges = double.exchanges;
		double.follow({
			phase: phase => this.#add({type: 'phase', phase}),
			scenario: ({name}) => this.#add({type: 'scenario', scenario: name}),
		});
		void this.#run();
	}

	#add(event: DoubleEvent): void {
		if (this.double.exchanges === this.#exchanges) this.log.add(event);
		else this.#sinceReset.push(event);
	}

	/** Until the double is closed. */
	async #run(): Promise<void> {
		const {double, log} = this;
		for (;;) {
			for await (const {number} of double.journal) {
				// What was reset meanwhile is told no more.
				if (double.exchanges !== this.#exchanges) break;
				log.add({type: 'exchange', exchange: number});
				const exchange = exchangeOf(double, number);
				if (exchange && double.journal.hopTo(exchange)) log.add({type: 'hop', exchange: number});
			}
			// A reset begins a new list; a double that is closed keeps its own.
			if (double.exchanges === this.#exchanges) return log.end();
			this.#exchanges = double.exchanges;
			log.add({type: 'reset'});
			for (const event of this.#sinceReset.splice(0)) log.add(event);
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
