import {FollowthroughError} from '../errors.ts';

/** Milliseconds that a wait takes at the most, unless told. */
export const defaultTimeout = 5000;

/** Tells those who wait that something changed. */
export class Changes {
	readonly #listeners = new Set<() => void>();
	#closed = false;
	#version = 0;

	/** Grows with each change: equal versions, equal journals. */
	get version(): number {
		return this.#version;
	}

	/** Something changed: everybody looks again. */
	notify(): void {
		this.#version++;
		if (this.#listeners.size === 0) return;
		for (const listener of [...this.#listeners]) listener();
	}

	/** Nothing will change any more: waits end now. */
	close(): void {
		this.#closed = true;
		this.notify();
	}

	get closed(): boolean {
		return this.#closed;
	}

	/**
	 * Resolves with what `look` finds, as soon as it finds something; undefined after `timeout`
	 * milliseconds (never, when there is no `timeout`), or when nothing can change any more. An error
	 * that `look` throws rejects, and so does the reason of a `signal` that is given.
	 */
	until<Found>(
		look: () => Found | undefined,
		timeout?: number,
		signal?: AbortSignal,
	): Promise<Found | undefined> {
		return new Promise((resolve, reject) => {
			const abandon = () => {
				stop();
				reject(signal?.reason);
			};
			const stop = () => {
				clearTimeout(timer);
				signal?.removeEventListener('abort', abandon);
				this.#listeners.delete(check);
			};
			const check = () => {
				try {
					const found = look();
					if (found === undefined && !this.#closed) return;
					stop();
					resolve(found);
				} catch (error) {
					stop();
					reject(error);
				}
			};
			const giveUp = () => {
				stop();
				resolve(undefined);
			};
			const timer = timeout === undefined ? undefined : setTimeout(giveUp, timeout);
			if (signal?.aborted) return abandon();
			signal?.addEventListener('abort', abandon, {once: true});
			this.#listeners.add(check);
			check();
		});
	}
}

/** The time that a wait may take, checked: milliseconds, not negative. */
export function timeoutOf(timeout: number = defaultTimeout): number {
	if (Number.isFinite(timeout) && timeout >= 0 && timeout <= 2 ** 31 - 1) return timeout;
	throw new FollowthroughError(
		'OPTION_INVALID',
		`A timeout is a number of milliseconds from 0 to 2147483647; ${String(timeout)} was given.`,
	);
}
