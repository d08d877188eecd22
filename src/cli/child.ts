import type {ChildProcess} from 'node:child_process';
import {type Stats, statSync} from 'node:fs';
import {printable} from '../http/printable.ts';

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

/**
 * What `spawn` gives. Of most faults the child tells as it comes to nothing, see `endingOf`; some are
 * thrown at once.
 *
 * @throws NotStarted for these
 */
export function started<Child>([program]: Command, spawn: () => Child): Child {
	try {
		return spawn();
	} catch (error) {
		throw notStarted(program, error);
	}
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
			reject(notStarted(program, error));
		});
	});
}

function notStarted(program: string, error: unknown): NotStarted {
	const name = `The command "${printable(program, 200)}"`;
	return new NotStarted(`${name} ${whyNot(program, error)}.`, {cause: error});
}

function whyNot(program: string, error: unknown): string {
	if (program === '') return 'is empty: expected the name of a program, or its path';
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	// A name without a slash is looked for in the PATH.
	const file = program.includes('/') ? fileAt(program) : undefined;
	if (file?.isDirectory()) return "can't be run: it is a folder";
	if (code === 'ENOENT' && file?.isFile())
		return "can't be run: the program that its first line names was not found";
	if (code === 'ENOENT' || code === 'ENOTDIR') return 'was not found';
	if (code === 'EACCES') return "can't be run: it is not executable";
	return `can't be started: ${error instanceof Error ? error.message : String(error)}`;
}

function fileAt(path: string): Stats | undefined {
	try {
		return statSync(path);
	} catch {
		return undefined;
	}
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
