import type {Doubles, HeldDouble} from '../api/doubles.ts';
import type {ReportOptions} from '../verdict/finding-text.ts';
import {followLive} from './follow-live.ts';
import {formatLive, type LiveExchange} from './live-text.ts';
import {type ClosedBefore, formatSummary, Tally} from './tally.ts';

/** Tells what comes to the doubles of a server, also to those that are made later. */
export class LiveTelling {
	/** Rejects when something can't be told. */
	readonly failed: Promise<never>;
	readonly #say: (text: string) => void;
	readonly #look: ReportOptions;
	/** By the ids of the doubles that are open. */
	readonly #tallies = new Map<string, Tally>();
	/** Of the doubles that were closed: there may be any number of them in a long run. */
	#closed: ClosedBefore = {doubles: 0, tally: new Tally()};
	readonly #running = new Map<string, Promise<void>>();
	#fail: (error: unknown) => void = () => {};
	readonly #leave: () => void;

	constructor(doubles: Doubles, say: (text: string) => void, look: ReportOptions) {
		this.#say = say;
		this.#look = look;
		this.failed = new Promise((_, reject) => {
			this.#fail = reject;
		});
		// It may come before anybody waits for it.
		this.failed.catch(() => {});
		for (const held of doubles.all()) this.#tell(held);
		this.#leave = doubles.follow({
			added: held => {
				say(`Double ${held.id}: ${held.double.url}, proxy ${held.double.proxy}`);
				this.#tell(held);
			},
			removed: ({id}) => {
				say(`Double ${id} is closed.`);
				void this.#running.get(id)?.then(() => this.#fold(id));
			},
		});
	}

	/** From now on, nothing is told of doubles that come and go. */
	end(): void {
		this.#leave();
	}

	/** What came, in words, once all doubles are closed. */
	async summary(): Promise<string> {
		await Promise.all(this.#running.values());
		return formatSummary([...this.#tallies], this.#closed);
	}

	#tell({id, double}: HeldDouble): void {
		const tally = new Tally();
		this.#tallies.set(id, tally);
		const tell = (live: LiveExchange) => {
			tally.add(live);
			this.#say(formatLive({...live, scenario: id}, this.#look));
		};
		const running = followLive({double}, tell)
			.then(() => tally.end(double.hops()))
			.catch(error => this.#fail(error))
			.finally(() => this.#running.delete(id));
		this.#running.set(id, running);
	}

	/** What came to a double that is closed is kept together with that of others. */
	#fold(id: string): void {
		const tally = this.#tallies.get(id);
		this.#tallies.delete(id);
		if (tally === undefined || tally.isEmpty) return;
		const {doubles, tally: before} = this.#closed;
		this.#closed = {doubles: doubles + 1, tally: Tally.total([before, tally])};
	}
}
