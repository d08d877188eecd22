import type {Grade, GradedCall, ScenarioGrade} from './grade.ts';

/** Whether a client passed, and if not, why: all reasons in a line. */
export function conclusionOf(
	scenarios: readonly ScenarioGrade[],
	mend: Grade['mend'],
): Pick<Grade, 'passed' | 'why'> {
	const reasons = [
		...breaches(mend),
		...(['hung', 'crashed', 'set-up failed'] as const).flatMap(state => unjudged(scenarios, state)),
		...nothingSeen(scenarios),
	];
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
	// Of faults in a scenario there may be several lines.
	const reason = why.trim().replace(/\s*\n\s*/g, '; ');
	return [`${endings[wanted]} in ${counted(such.length, 'scenario')}; in ${scenario}: ${reason}`];
}

/** A client that does nothing breaks nothing: that is no success. */
function nothingSeen(scenarios: readonly ScenarioGrade[]): string[] {
	if (scenarios.length === 0) return ['there was no scenario to play'];
	const said = firstComplaint(scenarios.flatMap(({calls}) => calls));
	const itSays = said === undefined ? '' : `; the client says: ${said}`;
	const declined = scenarios.filter(({verdict}) => verdict.hops.declined > 0);
	if (declined.length > 0 && scenarios.every(({verdict}) => verdict.hops.followed === 0))
		return [
			`no follow-up reached the double, in ${counted(scenarios.length, 'scenario')}${itSays}`,
		];
	const isSeen = scenarios.some(({verdict}) => verdict.kept.length + verdict.broken.length > 0);
	return isSeen ? [] : [`no rule was seen, in ${counted(scenarios.length, 'scenario')}${itSays}`];
}

function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
