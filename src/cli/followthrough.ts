#!/usr/bin/env node
import {CommanderError} from 'commander';
import {exitCodes} from './exit-codes.ts';
import {createProgram} from './program.ts';

// A pipe such as "| head" that is closed is no fault, nor a terminal that is; what is written after that
// is lost.
process.stdout.on('error', error => {
	if (!('code' in error) || (error.code !== 'EPIPE' && error.code !== 'EIO')) throw error;
});

try {
	await createProgram().parseAsync();
} catch (error) {
	process.exitCode = await report(error);
}

/** What is told, and the exit code; what commander throws, it has told itself. */
async function report(error: unknown): Promise<number> {
	if (error instanceof CommanderError)
		return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
	const {reportFault} = await import('./report-fault.ts');
	return reportFault(error);
}
