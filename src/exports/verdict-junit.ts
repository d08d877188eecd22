import type {Double} from '../double.ts';
import {conclusionOfDouble} from '../grading/double-conclusion.ts';
import {
	failureOf,
	junitDocument,
	passedCase,
	suite,
	type TestCase,
	testCase,
	wordsOf,
} from '../grading/formats/junit-parts.ts';
import {breachesByRule, seeWords} from '../grading/formats/words.ts';
import {counts} from '../verdict/enforced.ts';
import type {RulePages} from '../verdict/rule-page.ts';
import {rules} from '../verdict/rules/index.ts';
import type {Finding, Verdict} from '../verdict/verdict.ts';

/**
 * The verdict as JUnit XML: one suite, named as the scenario, with a case for each rule that had something
 * to say. A breach that counts is a failure; a policy that is not enforced, and a rule of which nothing was
 * observed, are skipped. A double of which nothing can be told has an error that says why: without one, a
 * service would see a success.
 */
export function toJunit(double: Double, pages: RulePages): string {
	const {name} = double;
	const {outcome, why} = conclusionOfDouble(double);
	const undecided =
		outcome === 'could not tell' ? [testCase(name, 'could not tell', 'error', why)] : [];
	return junitDocument('followthrough', [suite(name, [...undecided, ...ruleCases(double, pages)])]);
}

function ruleCases(double: Double, pages: RulePages): TestCase[] {
	const {name, scenario} = double;
	const verdict = double.verdict();
	const breaches = new Map(
		breachesByRule({verdict}).map(([first, count]) => [first.rule, {first, count}]),
	);
	const kept = keptCounts(verdict);
	const unseen = firstOfEach(verdict.notObserved);
	return rules.flatMap(({id}) => {
		const breach = breaches.get(id);
		if (breach !== undefined) return [breachCase(breach.first, breach.count)];
		const count = kept.get(id);
		if (count !== undefined)
			return [passedCase(name, id, `kept ${count === 1 ? 'once' : `${count} times`}`)];
		const {reason} = unseen.get(id) ?? {};
		return reason === undefined ? [] : [testCase(name, id, 'skipped', `not observed: ${reason}`)];
	});

	function breachCase(first: Finding, count: number): TestCase {
		if (counts(first, scenario))
			return failureOf(name, first, count, [seeWords(first.rule, pages)]);
		const words = `a policy that is not enforced: ${wordsOf(first, count)}`;
		return testCase(name, first.rule, 'skipped', words);
	}
}

function keptCounts({kept}: Verdict): ReadonlyMap<string, number> {
	const times = new Map<string, number>();
	for (const {rule} of kept) times.set(rule, (times.get(rule) ?? 0) + 1);
	return times;
}

function firstOfEach(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
	return new Map(findings.toReversed().map(finding => [finding.rule, finding]));
}
