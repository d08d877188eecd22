import type {Finding} from '../../verdict/verdict.ts';
import type {Grade, ScenarioGrade} from '../grade.ts';
import {element, escaped} from './markup.ts';
import {
	answersOf,
	breachesByRule,
	breachesThatCount,
	declinedWords,
	exchangesOf,
	isDeclined,
	pageOf,
} from './words.ts';

/**
 * A grade as JUnit XML, which CI services read: a suite for each scenario; in it a case for each rule that
 * was broken, and one for all that were kept. A breach that counts is a failure. A breach of a policy that
 * nobody enforces is skipped, and so are a redirect that was declined, and a scenario in which nothing was
 * seen. A scenario that was not judged is an error, and so is a grade in which nothing was seen at all. Which
 * rules had nothing to say of a scenario is left to the other forms: services would list thousands of them.
 *
 * @param pages where the pages of the rules are
 */
export function toJunit(grade: Grade, pages: string): string {
	const {client, scenarios, passed, why = ''} = grade;
	const fails = breachesThatCount(grade);
	const suites = scenarios.map(scenario => suiteOf(scenario, fails, pages));
	// Where no case fails, a service would see a success.
	if (!passed && suites.every(({failures, errors}) => failures + errors === 0))
		suites.push(suite('grade', [testCase('grade', 'something was seen', 'error', why)]));
	const sum = (part: keyof Counts) => suites.reduce((total, each) => total + each[part], 0);
	const counts = {tests: sum('tests'), failures: sum('failures'), errors: sum('errors')};
	const all = element(
		'testsuites',
		{name: client, ...counts},
		suites.map(({xml}) => `\n${xml}`),
	);
	return `<?xml version="1.0" encoding="UTF-8"?>\n${all}\n`;
}

interface Counts {
	readonly tests: number;
	readonly failures: number;
	readonly errors: number;
	readonly skipped: number;
}

interface Suite extends Counts {
	readonly xml: string;
}

interface TestCase {
	readonly ended: 'passed' | 'failure' | 'error' | 'skipped';
	readonly xml: string;
}

function suiteOf(
	grade: ScenarioGrade,
	fails: (scenario: string, rule: string) => boolean,
	pages: string,
): Suite {
	const {scenario, state, outcome, why = '', verdict} = grade;
	const isOver = state === 'judged';
	const said = `the client said: ${answersOf(grade)}`;
	const skipped = (name: string, words: string) => testCase(scenario, name, 'skipped', words);
	const kept = new Set(verdict.kept.map(({rule}) => rule));
	for (const {rule} of verdict.broken) kept.delete(rule);
	return suite(scenario, [
		...(isOver ? [] : [testCase(scenario, state, 'error', why)]),
		...breachesByRule(grade).map(([first, count]) =>
			fails(scenario, first.rule)
				? failureOf(scenario, first, count, [said, `see ${pageOf(first.rule, pages)}`])
				: skipped(first.rule, `a policy that is not enforced: ${wordsOf(first, count)}`),
		),
		...(kept.size > 0 ? [keptCase(scenario, [...kept])] : []),
		...(isDeclined(grade) ? [skipped('declined', `${declinedWords}; ${said}`)] : []),
		...(isOver && outcome === 'not observed'
			? [skipped('not observed', `no rule could say anything; ${said}`)]
			: []),
	]);
}

/** One case for all that was kept: its name stays the same from run to run, whatever was seen. */
function keptCase(scenario: string, rules: readonly string[]): TestCase {
	const words = `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'} kept: ${rules.join(', ')}`;
	const output = element('system-out', {}, [escaped(words)]);
	return {
		ended: 'passed',
		xml: element('testcase', {classname: scenario, name: 'rules kept'}, [output]),
	};
}

function suite(name: string, cases: readonly TestCase[]): Suite {
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

/** A case that did not pass, with why. */
function testCase(
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

function failureOf(
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
function wordsOf({expected = '', actual = '', cause}: Finding, count: number): string {
	const why = cause === undefined ? '' : ` (${cause})`;
	const all = count === 1 ? '' : `; ${count} times in all`;
	return `expected ${expected}; got ${actual}${why}${all}`;
}
