import {type Command, CommanderError} from 'commander';
import {exitCodes} from './exit-codes.ts';

const {stdout, stderr} = process;

/**
 * Runs what is asked for, and sets the exit code; a fault is told on stderr.
 *
 * @param create makes the program, once it is known that it can run
 * @param words those of the command line, without node's; the process's own, unless told
 */
export async function main(create: () => Command, words?: readonly string[]): Promise<void> {
	outliveOutput();
	try {
		if (hasFolder()) await create().parseAsync(words, words && {from: 'user'});
		else process.exitCode = exitCodes.badInput;
	} catch (error) {
		process.exitCode = await report(error);
	}
}

function outliveOutput(): void {
	let isLost = false;
	stdout.on('error', error => {
		// A pipe such as "| head" that is closed is no fault, nor a terminal that is; what is written after
		// that is lost.
		if (isLost || ('code' in error && (error.code === 'EPIPE' || error.code === 'EIO'))) return;
		isLost = true;
		stderr.write(`The output can't be written: ${error.message}.\n`);
		process.on('exit', () => {
			process.exitCode = exitCodes.badInput;
		});
	});
	// There is nowhere left to tell it.
	stderr.on('error', () => {});
}

/** Whether the working directory is still there; without it Node finds no file. */
function hasFolder(): boolean {
	try {
		return process.cwd() !== '';
	} catch {
		stderr.write('The working directory is not there any more: change into another.\n');
		return false;
	}
}

/** What is told, and the exit code; what commander throws, it has told itself. */
async function report(error: unknown): Promise<number> {
	if (error instanceof CommanderError)
		return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
	const {reportFault} = await import('./report-fault.ts');
	return reportFault(error);
}
