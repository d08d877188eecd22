import type {Exchange} from './exchange.ts';

/** Which call of a client each exchange belongs to, where it makes one call after another. */
export class CallsInTurn {
	/** The last exchange of each call that is over. */
	readonly #lasts: number[] = [];

	/** The call under way is over: what begins after exchange `last` belongs to the next one. */
	end(last: number): void {
		this.#lasts.push(last);
	}

	/** 0 for the first call, then 1, 2 …; exchanges of late are found at once. */
	of({number}: Exchange): number {
		let call = this.#lasts.length;
		while (call > 0 && number <= (this.#lasts[call - 1] ?? 0)) call--;
		return call;
	}
}
