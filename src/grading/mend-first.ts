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
	const found = new Map<string, {harm: Harm; example: Finding; scenarios: Set<string>}>();
	for (const {grade, breaches} of played)
		for (const {finding, harm} of breaches) {
			const known = found.get(`${harm} ${finding.rule}`);
			if (known !== undefined) known.scenarios.add(grade.scenario);
			else
				found.set(`${harm} ${finding.rule}`, {
					harm,
					example: finding,
					scenarios: new Set([grade.scenario]),
				});
		}
	return [...found.values()].map(({harm, example, scenarios}) => {
		const what = example.cause ?? `expected ${example.expected}, got ${example.actual}`;
		return {rule: example.rule, harm, what, scenarios: [...scenarios], example};
	});
}

/** Clients that did not come to an end: each way once. */
function endings(grades: readonly ScenarioGrade[]): Mend[] {
	return (['hung', 'crashed'] as const).flatMap(state => {
		const such = grades.filter(grade => grade.state === state);
		const [first] = such;
		if (first === undefined) return [];
		const what = `the client ${state === 'hung' ? 'gave no answer' : 'crashed'}: ${first.why}`;
		const scenarios = such.map(({scenario}) => scenario);
		return [{harm: 'the client hangs or crashes', what, scenarios} as const];
	});
}

function rankOf({example}: Mend): number {
	return example === undefined ? 0 : levels.indexOf(example.level);
}
