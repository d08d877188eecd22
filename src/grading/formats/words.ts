import type {Grade, GradeOutcome, ScenarioGrade} from '../grade.ts';

/** The signs of outcomes, for people who look for a place in a long table. */
export const marks: Readonly<Record<GradeOutcome, string>> = {
	kept: '✓',
	broken: '✗',
	declined: '–',
	'not observed': '○',
};

/** The first line of a report, such as `got 16: 2 of 19 rules that were seen are broken, in 3 of 40 scenarios.` */
export function summaryOf({client, rules, scenarios}: Grade): string {
	const seen = rules.filter(({outcome}) => outcome === 'kept' || outcome === 'broken');
	const broken = rules.filter(({outcome}) => outcome === 'broken');
	const places = scenarios.filter(({outcome}) => outcome === 'broken').length;
	const rest = scenarios.filter(({state}) => state !== 'judged').length;
	const unjudged = rest === 0 ? '' : ` ${rest} could not be judged.`;
	if (broken.length === 0)
		return `${client}: none of the ${seen.length} rules that were seen is broken, in ${scenarios.length} scenarios.${unjudged}`;
	return `${client}: ${broken.length} of the ${seen.length} rules that were seen ${broken.length === 1 ? 'is' : 'are'} broken, in ${places} of ${scenarios.length} scenarios.${unjudged}`;
}

/** What a scenario came to in words: its outcome, or why it was not judged. */
export function endingOf({state, outcome, why}: ScenarioGrade): string {
	if (state === 'judged') return `${marks[outcome]} ${outcome}`;
	const also = outcome === 'broken' ? ', and broken' : '';
	return `! ${state}${also}: ${why ?? ''}`;
}
