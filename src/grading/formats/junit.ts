import type {RulePages} from '../../verdict/rule-page.ts';
import type {Grade, ScenarioGrade} from '../grade.ts';
import {
	failureOf,
	junitDocument,
	passedCase,
	type Suite,
	suite,
	type TestCase,
	testCase,
	wordsOf,
} from './junit-parts.ts';
import {
	answersOf,
	breachesByRule,
	breachesThatCount,
	declinedWords,
	isDeclined,
	seeWords,
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
export function toJunit(grade: Grade, pages: RulePages): string {
	const {client, scenarios, passed, why = ''} = grade;
	const fails = breachesThatCount(grade);
	const suites = scenarios.map(scenario => suiteOf(scenario, fails, pages));
	// Where no case fails, a service would see a success.
	if (!passed && suites.every(({failures, errors}) => failures + errors === 0))
		suites.push(suite('grade', [testCase('grade', 'something was seen', 'error', why)]));
	return junitDocument(client, suites);
}

function suiteOf(
	grade: ScenarioGrade,
	fails: (scenario: string, rule: string) => boolean,
	pages: RulePages,
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
				? failureOf(scenario, first, count, [said, seeWords(first.rule, pages)])
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
	return passedCase(scenario, 'rules kept', words);
}
