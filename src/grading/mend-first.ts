import {levels} from '../verdict/rule.ts';
import type {Finding} from '../verdict/verdict.ts';
import type {Mend, ScenarioGrade} from './grade.ts';
import type {PlayedScenario} from './grade-scenario.ts';
import {type Harm, harms} from './harm.ts';

/**
 * What to mend, each breach once, the worst first: by what it does, then by the level of its rule, then
 * by how many scenarios show it.
 */
export function mendFirst(played: readonly PlayedScenario[]): Mend[] {
	const mends = [...brokenRules(played), ...endings(played.map(({grade}) => grade))];
	return mends.sort(
		(a, b) =>
			harms.indexOf(a.harm) - harms.indexOf(b.harm) ||
			rankOf(a) - rankOf(b) ||
			b.scenarios.length - a.scenarios.length,
	);
}

function brokenRules(played: readonly PlayedScenario[]): Mend[] {
	const found = new Map<string, [Seen, ...Seen[]]>();
	for (const {grade, size, breaches} of played)
		for (const {finding, harm} of breaches) {
			const seen = {harm, finding, scenario: grade.scenario, size};
			const key = `${harm} ${finding.rule}`;
			const known = found.get(key);
			if (known === undefined) found.set(key, [seen]);
			else known.push(seen);
		}
	return [...found.values()].map(mendOf);
}

/** A breach as it was seen in a scenario with so many exchanges. */
interface Seen {
	readonly harm: Harm;
	readonly finding: Finding;
	readonly scenario: string;
	readonly size: number;
}

/** The example is of the scenario with the fewest exchanges: there it is seen best. */
function mendOf(seen: readonly [Seen, ...Seen[]]): Mend {
	const best = seen.reduce((one, other) => (other.size < one.size ? other : one));
	const {harm, finding: example, scenario: exampleIn} = best;
	const what = example.cause ?? `expected ${example.expected}, got ${example.actual}`;
	const scenarios = [...new Set(seen.map(({scenario}) => scenario))];
	return {rule: example.rule, harm, what, scenarios, exampleIn, example};
}

/** Clients that did not come to an end: each way once. */
function endings(grades: readonly ScenarioGrade[]): Mend[] {
	return (['hung', 'crashed'] as const).flatMap(state => {
		const such = grades.filter(grade => grade.state === state);
		const [first] = such;
		if (first === undefined) return [];
		const what = `the client ${state === 'hung' ? 'gave no answer' : 'crashed'}: ${first.why}`;
		const scenarios = such.map(({scenario}) => scenario);
		return [
			{harm: 'the client hangs or crashes', what, scenarios, exampleIn: first.scenario} as const,
		];
	});
}

function rankOf({example}: Mend): number {
	return example === undefined ? 0 : levels.indexOf(example.level);
}
