import type {EventEmitter} from 'node:events';

/** Resolves after so many milliseconds, or sooner when the emitter closes: nobody waits any more. */
export function waitOrClose(emitter: EventEmitter, milliseconds: number): Promise<void> {
	return new Promise(resolve => {
		const done = () => {
			clearTimeout(timer);
			emitter.off('close', done);
			resolve();
		};
		const timer = setTimeout(done, Math.min(milliseconds, longestWait));
		emitter.once('close', done);
	});
}

/** A timer for longer would ring at once. */
const longestWait = 2 ** 31 - 1;

/** Resolves when the emitter has emitted the event, or has closed. */
export function eventOrClose(emitter: EventEmitter, event: string): Promise<void> {
	return new Promise(resolve => {
		const done = () => {
			emitter.off(event, done).off('close', done);
			resolve();
		};
		emitter.once(event, done).once('close', done);
	});
}
