/** Somebody asked this process to stop. */
export class Interruption extends Error {
	override readonly name = 'Interruption';
	readonly signal: NodeJS.Signals;

	constructor(signal: NodeJS.Signals) {
		super(`Stopped by ${signal}.`);
		this.signal = signal;
	}
}

/** By what a process is asked to stop. */
export const stops = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does work that ends what it has begun when this process is asked to stop, before the process ends.
 *
 * @param work gets a signal that is aborted then, with an `Interruption` as its reason
 */
export async function interruptible<Result>(
	work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
	const stop = new AbortController();
	const listeners = stops.map(name => {
		return {name, listener: () => stop.abort(new Interruption(name))};
	});
	for (const {name, listener} of listeners) process.on(name, listener);
	try {
		return await work(stop.signal);
	} finally {
		for (const {name, listener} of listeners) process.off(name, listener);
	}
}
