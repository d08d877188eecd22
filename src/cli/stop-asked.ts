import {exitCodeOf} from './exit-codes.ts';
import {stops} from './interruption.ts';

/** Milliseconds in which the same signal is the same wish: npm passes on the Ctrl+C of a terminal, which has reached all. */
const sameWish = 500;

/**
 * Resolves when the user or the system asks this process to stop. Asked once more, it ends at once, with
 * the exit code of that signal.
 */
export function stopAsked(): Promise<void> {
	return new Promise(resolve => {
		let first: {readonly name: NodeJS.Signals; readonly at: number} | undefined;
		const ask = (name: NodeJS.Signals) => {
			const at = performance.now();
			if (first === undefined) {
				first = {name, at};
				resolve();
			} else if (name !== first.name || at - first.at > sameWish) process.exit(exitCodeOf(name));
		};
		for (const name of stops) process.on(name, () => ask(name));
	});
}
