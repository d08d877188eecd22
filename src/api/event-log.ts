/** What has happened at a double. Records are named by their numbers: what the journal drops is not held here. */
export type DoubleEvent =
	/** An exchange was sealed. */
	| {readonly type: 'exchange'; readonly exchange: number}
	/** A redirect was followed, and the follow-up sealed. */
	| {readonly type: 'hop'; readonly exchange: number}
	/** The journal has begun anew. */
	| {readonly type: 'reset'}
	/** Another phase has begun. */
	| {readonly type: 'phase'; readonly phase: string}
	/** Another scenario is played. */
	| {readonly type: 'scenario'; readonly scenario: string};

/** The latest events of a double, numbered from 1 on, and no more than so many. */
export class EventLog {
	readonly #max: number;
	#events: DoubleEvent[] = [];
	/** How many came before those that are kept. */
	#gone = 0;
	/** Up to which number nothing is missed that is gone: a reset made it void. */
	#void = 0;
	#ended = false;
	readonly #waiting = new Set<() => void>();

	constructor(max: number) {
		this.#max = max;
	}

	get ended(): boolean {
		return this.#ended;
	}

	/** The number of the latest event. */
	get last(): number {
		return this.#gone + this.#events.length;
	}

	add(event: DoubleEvent): void {
		if (event.type === 'reset') {
			this.#gone = this.last;
			this.#void = this.#gone;
			this.#events = [];
		}
		this.#events.push(event);
		// By halves, so that an event costs the same on the average, however many are kept.
		if (this.#events.length > 2 * this.#max) {
			this.#gone += this.#max;
			this.#events = this.#events.slice(this.#max);
		}
		this.#wake();
	}

	/** No more will come. */
	end(): void {
		this.#ended = true;
		this.#wake();
	}

	/** The first event that is kept behind a number, with its own, and how many between them are gone. */
	after(number: number): {event: DoubleEvent; number: number; missed: number} | undefined {
		const index = Math.max(0, number - this.#gone);
		const event = this.#events[index];
		const missed = Math.max(0, this.#gone - Math.max(number, this.#void));
		return event && {event, number: this.#gone + index + 1, missed};
	}

	/** Resolves when something has come, at the end, after so many milliseconds, or when nobody waits any more. */
	change(timeout: number, signal: AbortSignal): Promise<void> {
		return new Promise(resolve => {
			const wake = () => {
				clearTimeout(timer);
				signal.removeEventListener('abort', wake);
				this.#waiting.delete(wake);
				resolve();
			};
			const timer = setTimeout(wake, timeout);
			signal.addEventListener('abort', wake);
			this.#waiting.add(wake);
			if (signal.aborted) wake();
		});
	}

	#wake(): void {
		for (const wake of [...this.#waiting]) wake();
	}
}
