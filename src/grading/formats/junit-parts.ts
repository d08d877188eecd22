import type {Finding} from '../../verdict/verdict.ts';
import {element, escaped} from './markup.ts';
import {exchangesOf} from './words.ts';

/** How many cases there are, and how many of them did not pass. */
export interface Counts {
	readonly tests: number;
	readonly failures: number;
	readonly errors: number;
	readonly skipped: number;
}

/** A suite, and what it counts. */
export interface Suite extends Counts {
	readonly xml: string;
}

/** A case of a suite. */
export interface TestCase {
	readonly ended: 'passed' | 'failure' | 'error' | 'skipped';
	readonly xml: string;
}

/** The suites as a document. */
export function junitDocument(name: string, suites: readonly Suite[]): string {
	const sum = (part: keyof Counts) => suites.reduce((total, each) => total + each[part], 0);
	const counts = {tests: sum('tests'), failures: sum('failures'), errors: sum('errors')};
	const all = element(
		'testsuites',
		{name, ...counts},
		suites.map(({xml}) => `\n${xml}`),
	);
	return `<?xml version="1.0" encoding="UTF-8"?>\n${all}\n`;
}

/** A suite of cases. */
export function suite(name: string, cases: readonly TestCase[]): Suite {
	const count = (ended: TestCase['ended']) => cases.filter(each => each.ended === ended).length;
	const counts: Counts = {
		tests: cases.length,
		failures: count('failure'),
		errors: count('error'),
		skipped: count('skipped'),
	};
	const lines = cases.map(({xml}) => `\n\t${xml}`);
	return {...counts, xml: element('testsuite', {name, ...counts}, lines)};
}

/** A case that passed, with what there is to say of it. */
export function passedCase(classname: string, name: string, words: string): TestCase {
	const output = element('system-out', {}, [escaped(words)]);
	return {ended: 'passed', xml: element('testcase', {classname, name}, [output])};
}

/** A case that did not pass, with why. */
export function testCase(
	classname: string,
	name: string,
	ended: Exclude<TestCase['ended'], 'passed'>,
	message: string,
	{type = name, text = ''}: {readonly type?: string; readonly text?: string} = {},
): TestCase {
	const attributes = ended === 'skipped' ? {message} : {message, type};
	const content = [element(ended, attributes, [escaped(text)])];
	return {ended, xml: element('testcase', {classname, name}, content)};
}

/**
 * A rule that was broken, as a failure.
 *
 * @param count how many times it was broken
 * @param notes what else is to be said, a line each
 */
export function failureOf(
	scenario: string,
	first: Finding,
	count: number,
	notes: readonly string[],
): TestCase {
	const {rule, level, statement, source} = first;
	const words = wordsOf(first, count);
	const place = `in ${scenario}, ${exchangesOf(first)}`;
	const passage = `${source.document}: "${source.passage}"`;
	const text = [statement, words, place, passage, source.url, ...notes];
	return testCase(scenario, rule, 'failure', words, {type: level, text: text.join('\n')});
}

/** The first breach of a rule in a scenario, of so many. */
export function wordsOf({expected = '', actual = '', cause}: Finding, count: number): string {
	const why = cause === undefined ? '' : ` (${cause})`;
	const all = count === 1 ? '' : `; ${count} times in all`;
	return `expected ${expected}; got ${actual}${why}${all}`;
}
