import {rulePage} from '../../verdict/rule-page.ts';
import type {Finding} from '../../verdict/verdict.ts';
import type {Grade, ScenarioGrade} from '../grade.ts';
import {element, escaped} from './markup.ts';
import {answersOf, breachesThatCount, exchangesOf} from './words.ts';

/**
 * A grade as JUnit XML, which CI services read: a suite for each scenario, a case for each finding. A
 * breach that counts is a failure. What was not observed is skipped, and so are a redirect that was
 * declined, a breach of a policy that nobody enforces, and a scenario in which nothing was seen. A scenario
 * that was not judged is an error, and so is a grade in which nothing was seen at all.
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
	return suite(scenario, [
		...(isOver ? [] : [testCase(scenario, state, 'error', why)]),
		...verdict.broken.map(finding =>
			fails(scenario, finding.rule)
				? failureOf(scenario, finding, [said, `see ${rulePage(finding.rule, pages)}`])
				: skipped(nameOf(finding), `a policy that is not enforced: ${wordsOf(finding)}`),
		),
		...verdict.kept.map(finding => testCase(scenario, nameOf(finding), 'passed')),
		...verdict.notObserved.map(finding => skipped(nameOf(finding), finding.reason ?? '')),
		...(isOver && outcome === 'declined'
			? [skipped('declined', `a redirect was not followed, which is legal; ${said}`)]
			: []),
		...(isOver && outcome === 'not observed'
			? [skipped('not observed', `no rule could say anything; ${said}`)]
			: []),
	]);
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

/** A case; when it did not pass, with why. */
function testCase(
	classname: string,
	name: string,
	ended: TestCase['ended'],
	message = '',
	more: {readonly type?: string; readonly text?: string} = {},
): TestCase {
	const {type = name, text = ''} = more;
	const attributes = ended === 'skipped' ? {message} : {message, type};
	const content = ended === 'passed' ? [] : [element(ended, attributes, [escaped(text)])];
	return {ended, xml: element('testcase', {classname, name}, content)};
}

function failureOf(scenario: string, finding: Finding, notes: readonly string[]): TestCase {
	const {level, statement, source} = finding;
	const passage = `${source.document}: "${source.passage}"`;
	const text = [statement, wordsOf(finding), exchangesOf(finding), passage, source.url, ...notes];
	const more = {type: level, text: text.join('\n')};
	return testCase(scenario, nameOf(finding), 'failure', wordsOf(finding), more);
}

/** The same rule may speak of many hops, and services tell cases by their names. */
function nameOf({rule, hop, exchanges}: Finding): string {
	return hop === undefined ? `${rule}, exchange ${exchanges[0]}` : `${rule}, hop ${hop}`;
}

function wordsOf({expected = '', actual = '', cause}: Finding): string {
	const why = cause === undefined ? '' : ` (${cause})`;
	return `expected ${expected}; got ${actual}${why}`;
}
