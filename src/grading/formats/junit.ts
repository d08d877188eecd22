import type {Finding} from '../../verdict/verdict.ts';
import type {Grade, ScenarioGrade} from '../grade.ts';
import {element, escaped} from './markup.ts';

/**
 * A grade as JUnit XML, which CI services read: a suite for each scenario, a case for each finding. A
 * breach is a failure, also of a policy that nobody enforces only when the scenario is broken by it;
 * what was not observed is skipped; a scenario that was not judged is an error.
 */
export function toJunit({client, scenarios}: Grade): string {
	const suites = scenarios.map(suiteOf);
	const sum = (part: keyof Counts) => suites.reduce((total, {counts}) => total + counts[part], 0);
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

function suiteOf(grade: ScenarioGrade): {xml: string; counts: Counts} {
	const {scenario, state, outcome, why = '', verdict} = grade;
	const {kept, notObserved} = verdict;
	const failed = outcome === 'broken' ? verdict.broken : [];
	const reported = outcome === 'broken' ? [] : verdict.broken;
	const isOver = state === 'judged';
	const cases = [
		...(isOver ? [] : [testCase(scenario, state, [element('error', {message: why, type: state})])]),
		...failed.map(finding => testCase(scenario, finding.rule, [failureOf(finding)])),
		...kept.map(({rule}) => testCase(scenario, rule)),
		...reported.map(finding => skipped(scenario, finding, wordsOf(finding))),
		...notObserved.map(finding => skipped(scenario, finding, finding.reason ?? '')),
		...(outcome === 'declined' && isOver ? [testCase(scenario, 'declined')] : []),
	];
	const counts = {
		tests: cases.length,
		failures: failed.length,
		errors: isOver ? 0 : 1,
		skipped: reported.length + notObserved.length,
	};
	const lines = cases.map(each => `\n\t${each}`);
	return {xml: element('testsuite', {name: scenario, ...counts}, lines), counts};
}

function testCase(scenario: string, name: string, content: readonly string[] = []): string {
	return element('testcase', {classname: scenario, name}, content);
}

function skipped(scenario: string, {rule}: Finding, message: string): string {
	return testCase(scenario, rule, [element('skipped', {message})]);
}

function failureOf(finding: Finding): string {
	const {level, statement, source} = finding;
	const text = [statement, wordsOf(finding), `${source.document}: "${source.passage}"`, source.url];
	return element('failure', {message: wordsOf(finding), type: level}, [escaped(text.join('\n'))]);
}

function wordsOf({expected = '', actual = '', cause}: Finding): string {
	const why = cause === undefined ? '' : ` (${cause})`;
	return `expected ${expected}; got ${actual}${why}`;
}
