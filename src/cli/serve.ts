#!/usr/bin/env node
import {FollowthroughError} from '../errors.ts';
import {readServeArguments, serveHelp, UsageError} from './arguments.ts';
import {serveScenarios} from './serve-scenarios.ts';

const {stdout, stderr} = process;

try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	process.exitCode = report(error);
}

/** Serves until SIGINT or SIGTERM; resolves with the exit code. */
async function main(args: readonly string[]): Promise<number> {
	const {help, ...asked} = readServeArguments(args);
	if (help) {
		stdout.write(serveHelp);
		return 0;
	}
	// npm runs a script in the folder of its package.
	const all = asked.scenarios.length === 0;
	await serveScenarios({...asked, all, command: 'npm start --'});
	return 0;
}

/** Tells a fault of the user's in its own words; any other is a fault of this program, and goes on up. */
function report(error: unknown): number {
	if (error instanceof UsageError) return complain([error], 2);
	if (error instanceof FollowthroughError) return complain([error], 1);
	if (error instanceof AggregateError) return complain(error.errors, 1);
	throw error;
}

function complain(errors: readonly Error[], exitCode: number): number {
	for (const {message} of errors) stderr.write(`${message}\n`);
	return exitCode;
}
