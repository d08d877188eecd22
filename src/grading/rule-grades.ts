import {rules} from '../verdict/rules/index.ts';
import type {Verdict} from '../verdict/verdict.ts';
import type {GradeOutcome, RuleGrade} from './grade.ts';
import type {PlayedScenario} from './grade-scenario.ts';

/** What each rule came to over all scenarios, in the order of the rules. */
export function ruleGrades(played: readonly PlayedScenario[]): RuleGrade[] {
	const said = played.map(({grade: {scenario, outcome, verdict}, catches}) => ({
		scenario,
		declined: outcome === 'declined' ? catches : [],
		byRule: worstOf(verdict),
	}));
	return rules.map(({id, level, statement}) => {
		const where = (outcome: GradeOutcome) =>
			said
				.filter(({byRule, declined}) => {
					const found = byRule.get(id);
					return outcome === 'declined'
						? found === undefined && declined.includes(id)
						: found === outcome;
				})
				.map(({scenario}) => scenario);
		const lists = {
			kept: where('kept'),
			broken: where('broken'),
			notObserved: where('not observed'),
			declined: where('declined'),
		};
		return {rule: id, level, statement, outcome: outcomeOf(lists), ...lists};
	});
}

function outcomeOf({
	broken,
	kept,
	declined,
}: Pick<RuleGrade, 'broken' | 'kept' | 'declined'>): GradeOutcome {
	if (broken.length > 0) return 'broken';
	if (kept.length > 0) return 'kept';
	return declined.length > 0 ? 'declined' : 'not observed';
}

/** What each rule said of a scenario, at its worst: one breach outweighs what was kept. */
function worstOf({broken, kept, notObserved}: Verdict): Map<string, GradeOutcome> {
	const outcomes = new Map<string, GradeOutcome>();
	for (const {rule} of notObserved) outcomes.set(rule, 'not observed');
	for (const {rule} of kept) outcomes.set(rule, 'kept');
	for (const {rule} of broken) outcomes.set(rule, 'broken');
	return outcomes;
}
