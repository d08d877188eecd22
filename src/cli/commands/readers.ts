import {isIP} from 'node:net';
import {InvalidArgumentError} from 'commander';
import type {ExportFormat} from '../../exports/formats.ts';
import type {Command} from '../child.ts';
import type {ExportTo} from '../output-file.ts';

/** @throws InvalidArgumentError, which commander tells with the option's name */
export function readCount(text: string): number {
	const count = Number(text);
	if (/^\d+$/.test(text) && Number.isSafeInteger(count) && count >= 1) return count;
	throw new InvalidArgumentError('Expected a whole number, 1 or more.');
}

/** @throws InvalidArgumentError */
export function readMilliseconds(text: string): number {
	const milliseconds = readCount(text);
	if (milliseconds <= longestTimer) return milliseconds;
	throw new InvalidArgumentError(`Expected ${longestTimer} at most, which is 24 days.`);
}

/** What a timer of Node can wait for; with more it fires at once. */
const longestTimer = 2 ** 31 - 1;

/** @throws InvalidArgumentError */
export function readPort(text: string): number {
	const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
	if (port <= 65535) return port;
	throw new InvalidArgumentError('Expected a whole number from 1 to 65535, or 0 for a free port.');
}

/** @throws InvalidArgumentError */
export function readFd(text: string): number {
	if (/^\d{1,6}$/.test(text)) return Number(text);
	throw new InvalidArgumentError(
		'Expected the number of a file that was opened for this process, such as 3.',
	);
}

/**
 * Reads one more host, as the guard of the API compares it.
 *
 * @returns in lower case; an IPv6 address without brackets
 * @throws InvalidArgumentError
 */
export function collectHosts(text: string, before: readonly string[] = []): readonly string[] {
	const bare = text.toLowerCase().replace(/^\[(.*)\]$/, '$1');
	if (isIP(bare) === 6) return [...before, bare];
	if (/^[\w-]+(?:\.[\w-]+)*\.?$/.test(bare)) return [...before, bare.replace(/\.$/, '')];
	throw new InvalidArgumentError(
		'Expected a host name or an IP address, without scheme and port, such as double.example.test.',
	);
}

/** One more value of an option that may come several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
	return [...before, value];
}

/** The forms of exports; they stand here, too, as commands load little. */
export const formats = [
	'har',
	'json',
	'junit',
	'markdown',
	'sarif',
	'curl',
] as const satisfies readonly ExportFormat[];

/**
 * Reads one more export to a file, as `junit=report.xml`, for an option that may come several times.
 *
 * @throws InvalidArgumentError
 */
export function collectExports<Format extends string>(known: readonly Format[]) {
	return (value: string, before: readonly ExportTo<Format>[] = []): readonly ExportTo<Format>[] => {
		const [, name = '', file = ''] = /^([^=]*)=(.*)$/s.exec(value) ?? [];
		const format = known.find(each => each === name);
		if (format !== undefined && file !== '') return [...before, {format, file}];
		throw new InvalidArgumentError(
			`Expected FORMAT=FILE, such as ${known[0]}=report, with a format of ${known.join(', ')}.`,
		);
	};
}

/** The words behind `--` as a command. Commander has seen to it that there is at least one. */
export function commandOf([program = '', ...parameters]: readonly string[]): Command {
	return [program, ...parameters];
}
