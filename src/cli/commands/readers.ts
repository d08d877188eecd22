import {InvalidArgumentError} from 'commander';
import {readFd, readPort} from '../arguments.ts';
import type {Command} from '../child.ts';

/** @throws InvalidArgumentError, which commander tells with the option's name */
export function readCount(text: string): number {
	const count = Number(text);
	if (/^\d+$/.test(text) && Number.isSafeInteger(count) && count >= 1) return count;
	throw new InvalidArgumentError('Expected a whole number, 1 or more.');
}

/** @throws InvalidArgumentError */
export function readPortOption(text: string): number {
	return readBy(readPort, text);
}

/** @throws InvalidArgumentError */
export function readFdOption(text: string): number {
	return readBy(readFd, text);
}

function readBy<Value>(read: (text: string) => Value, text: string): Value {
	try {
		return read(text);
	} catch (error) {
		throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
	}
}

/** One more value of an option that may come several times. */
export function collect(value: string, before: readonly string[]): readonly string[] {
	return [...before, value];
}

/** The words behind `--` as a command. Commander has seen to it that there is at least one. */
export function commandOf([program = '', ...parameters]: readonly string[]): Command {
	return [program, ...parameters];
}
