import {FollowthroughError} from '../errors.ts';
import {NotStarted} from './child.ts';
import {exitCodeOf, exitCodes} from './exit-codes.ts';
import {Interruption} from './interruption.ts';
import {Refusal} from './refusal.ts';

/**
 * Tells on stderr why a command could not do its work, a fault of the user's in its own words, and gives
 * the exit code. What is no such fault is one of this program: it is told with its stack.
 */
export function reportFault(error: unknown): number {
	if (error instanceof Interruption) return complain([error], exitCodeOf(error.signal));
	if (error instanceof NotStarted) return complain([error], exitCodes.commandFailed);
	if (error instanceof FollowthroughError || error instanceof Refusal)
		return complain([error], exitCodes.badInput);
	if (error instanceof AggregateError) return complain(error.errors, exitCodes.badInput);
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	return exitCodes.ownFault;
}

function complain(errors: readonly Error[], exitCode: number): number {
	for (const error of errors) process.stderr.write(`${wordsOf(error)}\n`);
	return exitCode;
}

/** Advice for code is none for the command line. */
function wordsOf(error: Error): string {
	const {message} = error;
	if (!(error instanceof FollowthroughError) || error.code !== 'SCENARIO_UNKNOWN') return message;
	return `${message.split('\n', 1)[0]} ("followthrough list" has all; for a file give its path, such as ./my-move.yaml)`;
}
