import {Problem} from './problem.ts';

/** Counts the requests that wait, such as long polls and streams of events, and keeps them few. */
export class Waiting {
	readonly #max: number;
	#count = 0;

	constructor(max: number) {
		this.#max = max;
	}

	/**
	 * Counts a request until what it waits for is over.
	 *
	 * @throws Problem TOO_MANY_WAITING
	 */
	async during<Result>(wait: () => Promise<Result>): Promise<Result> {
		const leave = this.enter();
		try {
			return await wait();
		} finally {
			leave();
		}
	}

	/**
	 * Counts a request until the function that is returned is called, once.
	 *
	 * @throws Problem TOO_MANY_WAITING
	 */
	enter(): () => void {
		if (this.#count >= this.#max)
			throw new Problem('TOO_MANY_WAITING', `${this.#count} requests wait, as many as may.`, {
				headers: {'Retry-After': '1'},
			});
		this.#count++;
		let isIn = true;
		return () => {
			if (isIn) this.#count--;
			isIn = false;
		};
	}
}
