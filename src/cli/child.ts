import type {ChildProcess} from 'node:child_process';

/** A program and its parameters. */
export type Command = readonly [program: string, ...parameters: string[]];

/** How a program ended: with a code, or by a signal. */
export interface Ending {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	/** The milliseconds that it had, when it was ended because they were over; absent otherwise. */
	readonly timedOut?: number;
}

/** A program that can't be started. The message is one line. */
export class NotStarted extends Error {
	override readonly name = 'NotStarted';
}

/** An ending in words, such as `ended with exit code 22`. */
export function endingInWords({code, signal, timedOut}: Ending): string {
	if (timedOut !== undefined) return `did not end within ${timedOut} ms, and was ended`;
	return signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
}

/**
 * How a program ends, once its output is closed too.
 *
 * @throws NotStarted when there is no such program, or it can't be run
 */
export function endingOf(child: ChildProcess, [program]: Command): Promise<Ending> {
	return new Promise((resolve, reject) => {
		child.once('close', (code, signal) => resolve({code, signal}));
		child.on('error', error => {
			// One that runs may refuse a signal, as sudo's does: then its end is still to come.
			if (child.pid !== undefined) return;
			reject(new NotStarted(whyNot(program, error), {cause: error}));
		});
	});
}

function whyNot(program: string, error: Error): string {
	const code = 'code' in error ? error.code : undefined;
	if (code === 'ENOENT') return `The command "${program}" was not found.`;
	if (code === 'EACCES') return `The command "${program}" can't be run: it is not executable.`;
	return `The command "${program}" can't be started: ${error.message}.`;
}

/** Sends a signal to a program that leads a group of processes, and to all that it has started. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	const {pid} = child;
	if (pid === undefined) return;
	// There are no groups.
	if (process.platform === 'win32') return void child.kill(signal);
	try {
		process.kill(-pid, signal);
	} catch {
		// All of them have ended.
	}
}
