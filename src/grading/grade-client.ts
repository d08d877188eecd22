import {FollowthroughError} from '../errors.ts';
import {assertKnownNames} from '../scenario/known-names.ts';
import type {ClientAdapter} from './client-adapter.ts';
import type {Grade} from './grade.ts';
import type {GradeOptions} from './grade-scenarios.ts';

/**
 * Plays scenarios with a client, some side by side, each with a double of its own: the client is asked
 * to make the documented calls, and the verdicts come together in one report as plain data, with what
 * to mend first. `formatGrade` makes text of it.
 *
 * @param client makes one call with the client, redirects followed as that client does
 * @throws FollowthroughError OPTION_INVALID, also for a client that is no function; SCENARIO_UNKNOWN for
 *   a name that no scenario has; the reason of `signal` when that is aborted. A file that can't be
 *   played is a failed set-up in the report
 */
export async function gradeClient(
	client: ClientAdapter,
	options: GradeOptions = {},
): Promise<Grade> {
	assertKnownNames('gradeClient', options, known);
	if (!isFunction(client)) throw misfit('client', client, oneCall);
	for (const [name, fits, expected] of wanted) {
		const value = options[name];
		if (value !== undefined && !fits(value)) throw misfit(`option ${name}`, value, expected);
	}
	const {gradeScenarios} = await import('./grade-scenarios.ts');
	return gradeScenarios(client, options);
}

const oneCall =
	'a function that makes one call and resolves with its status, such as ({url, method, headers, body}) => fetch(url, {method, headers: Object.fromEntries(headers), body: body ? new Blob([body]) : null})';

const known = ['scenarios', 'except', 'client', 'timeout', 'concurrency', 'onScenario', 'signal'];

type Want = readonly [name: keyof GradeOptions, fits: (value: unknown) => boolean, words: string];

const wanted: readonly Want[] = [
	[
		'scenarios',
		isListOfSources,
		'a list of names, paths, URLs or scenarios, such as ["api-move", "./my-move.yaml"]',
	],
	['except', isListOfNames, 'a list of names, such as ["s3-documented"]'],
	['client', value => typeof value === 'string', 'a name'],
	['onScenario', isFunction, 'a function'],
	['signal', value => value instanceof AbortSignal, 'an AbortSignal'],
];

function isListOfSources(value: unknown): boolean {
	const isSource = (each: unknown) =>
		typeof each === 'string' || each instanceof URL || isNamed(each);
	return Array.isArray(value) && value.every(isSource);
}

function isNamed(value: unknown): boolean {
	return (
		typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string'
	);
}

function isListOfNames(value: unknown): boolean {
	return Array.isArray(value) && value.every(name => typeof name === 'string');
}

function isFunction(value: unknown): boolean {
	return typeof value === 'function';
}

function misfit(what: string, given: unknown, expected: string): FollowthroughError {
	const message = `The ${what} of gradeClient is ${wordsOf(given)}; expected ${expected}.`;
	return new FollowthroughError('OPTION_INVALID', message);
}

function wordsOf(given: unknown): string {
	if (typeof given === 'string') return JSON.stringify(given);
	if (typeof given !== 'object' || given === null) return String(given);
	if (Array.isArray(given)) return given.length === 0 ? 'a list' : 'a list of other things';
	const names = Object.keys(given).slice(0, 5);
	const having = names.length === 0 ? '' : ` with ${names.join(', ')}`;
	return `an object${having}`;
}
