import type {Verdict} from '../verdict/verdict.ts';
import {counted} from './counted.ts';
import type {Grade, GradedCall, ScenarioGrade} from './grade.ts';

/** Whether a client passed, and if not, why: all reasons in a line. */
export function conclusionOf(
	scenarios: readonly ScenarioGrade[],
	mend: Grade['mend'],
): Pick<Grade, 'passed' | 'why'> {
	const told = [
		...breaches(mend),
		...(['hung', 'crashed', 'set-up failed'] as const).flatMap(state => unjudged(scenarios, state)),
	];
	const reasons = [...told, ...nothingSeen(scenarios, told)];
	return reasons.length === 0 ? {passed: true} : {passed: false, why: reasons.join('; ')};
}

/** The client's own words of the first call that it gave up; undefined when it gave up none. */
export function firstComplaint(calls: readonly GradedCall[]): string | undefined {
	for (const {result} of calls) if (result.ended === 'failed') return result.error;
	return undefined;
}

function breaches(mend: Grade['mend']): string[] {
	const rules = new Set(mend.flatMap(({rule}) => rule ?? []));
	const places = new Set(mend.flatMap(({rule, scenarios}) => (rule ? scenarios : [])));
	if (rules.size === 0) return [];
	return [`${counted(rules.size, 'rule')} broken in ${counted(places.size, 'scenario')}`];
}

const endings = {
	hung: 'the client hung',
	crashed: 'the client crashed',
	'set-up failed': 'the set-up failed',
} as const;

function unjudged(scenarios: readonly ScenarioGrade[], wanted: keyof typeof endings): string[] {
	const such = scenarios.filter(({state}) => state === wanted);
	const [first] = such;
	if (first === undefined) return [];
	const {scenario, why = ''} = first;
	return [
		`${endings[wanted]} in ${counted(such.length, 'scenario')}; in ${scenario}: ${inLine(why)}`,
	];
}

/** Of faults in a scenario, and of what a client says, there may be several lines. */
function inLine(words: string): string {
	return words.trim().replace(/\s*\n\s*/g, '; ');
}

/**
 * A client that does nothing breaks nothing: that is no success.
 *
 * @param told the reasons that are told before: what stands there is not said again
 */
function nothingSeen(scenarios: readonly ScenarioGrade[], told: readonly string[]): string[] {
	if (scenarios.length === 0) return ['there was no scenario to play'];
	if (scenarios.every(({state, verdict}) => state !== 'judged' && isEmpty(verdict))) return [];
	const said = inLine(firstComplaint(scenarios.flatMap(({calls}) => calls)) ?? '');
	const isNew = said !== '' && !told.some(reason => reason.includes(said));
	const itSays = isNew ? `; the client says: ${said}` : '';
	const declined = scenarios.filter(({verdict}) => verdict.hops.declined > 0);
	if (declined.length > 0 && scenarios.every(({verdict}) => verdict.hops.followed === 0))
		return [
			`no follow-up reached the double, in ${counted(scenarios.length, 'scenario')}${itSays}`,
		];
	const isSeen = scenarios.some(({verdict}) => !isEmpty(verdict));
	return isSeen ? [] : [`no rule was seen, in ${counted(scenarios.length, 'scenario')}${itSays}`];
}

function isEmpty({kept, broken}: Verdict): boolean {
	return kept.length + broken.length === 0;
}
