import {formatRoute} from '../../verdict/exchange-text.ts';
import {levels} from '../../verdict/rule.ts';
import {rulePage} from '../../verdict/rule-page.ts';
import type {Finding} from '../../verdict/verdict.ts';
import type {
	CallResult,
	Grade,
	GradeOutcome,
	LevelScore,
	RuleGrade,
	ScenarioGrade,
} from '../grade.ts';

/** The signs of outcomes, for people who look for a place in a long table. */
export const marks: Readonly<Record<GradeOutcome, string>> = {
	kept: '✓',
	broken: '✗',
	declined: '–',
	'not observed': '○',
};

/** What a scenario that was declined came to: the double alone does not know why nothing came. */
export const declinedWords =
	'no follow-up to a redirect reached the double, which is legal where the client did not follow';

/** Whether that is what a scenario came to. */
export function isDeclined({state, outcome}: ScenarioGrade): boolean {
	return state === 'judged' && outcome === 'declined';
}

/** The address of a rule's page, as a link has it. */
export function pageOf(rule: string, pages: string): string {
	return encodeURI(rulePage(rule, pages));
}

/** The first line of a report: whether the client passed, and if not, why. */
export function conclusionWords({passed, why = ''}: Grade): string {
	return passed ? '✓ Passed.' : `✗ Not passed: ${why}.`;
}

/** The rules by what they came to, such as `kept 20 · broken 3 · declined 1 · not observed 5`; policies apart. */
export function scoreLine(score: readonly LevelScore[]): string {
	return tallyWords(countingScore(score));
}

/** The scenarios by what they came to, such as `kept 96 · broken 3 · declined 20 · not observed 5 · not judged 1`. */
export function scenarioLine({scenarios}: Grade): string {
	const count = (outcome: GradeOutcome) =>
		scenarios.filter(each => each.state === 'judged' && each.outcome === outcome).length;
	const tally = {
		kept: count('kept'),
		broken: count('broken'),
		declined: count('declined'),
		notObserved: count('not observed'),
	};
	const unjudged = scenarios.filter(({state}) => state !== 'judged').length;
	return `${tallyWords(tally)}${unjudged === 0 ? '' : ` · not judged ${unjudged}`}`;
}

type Tally = Omit<LevelScore, 'level' | 'seen'>;

function tallyWords({kept, broken, declined, notObserved}: Tally): string {
	return `kept ${kept} · broken ${broken} · declined ${declined} · not observed ${notObserved}`;
}

/** The levels that count in an assertion, together. */
function countingScore(score: readonly LevelScore[]): Tally {
	const counting = score.filter(({level}) => level !== 'policy');
	const sum = (part: keyof Tally) => counting.reduce((total, each) => total + each[part], 0);
	return {
		kept: sum('kept'),
		broken: sum('broken'),
		declined: sum('declined'),
		notObserved: sum('notObserved'),
	};
}

/** The score of a level: what was kept of what was seen. */
export function scoreWords({kept, seen}: LevelScore): string {
	return seen === 0 ? 'nothing seen' : `${kept} of ${seen}`;
}

/** What a scenario came to in words: its outcome, or why it was not judged. */
export function endingOf({state, outcome, why}: ScenarioGrade): string {
	if (state === 'judged') return `${marks[outcome]} ${outcome}`;
	const also = outcome === 'broken' ? ', and broken' : '';
	return `! ${state}${also}: ${why ?? ''}`;
}

/** What the client told its caller, call by call; the same thing once. */
export function answersOf({calls}: ScenarioGrade): string {
	const answers = [...new Set(calls.map(({result}) => answerOf(result)))];
	const more = answers.length > 3 ? [`and ${answers.length - 3} other answers`] : [];
	return [...answers.slice(0, 3), ...more].join('; ');
}

function answerOf(result: CallResult): string {
	if (result.ended === 'answered')
		return result.status === undefined ? 'no error' : `${result.status}`;
	if (result.ended === 'not asked') return `not asked: ${result.why}`;
	return result.ended === 'hung' ? 'nothing in time' : `error: ${result.error}`;
}

/** The first breach of each rule in a scenario, and how many there are of it; also of a policy that does not count. */
export function breachesByRule({
	verdict,
}: Pick<ScenarioGrade, 'verdict'>): (readonly [Finding, number])[] {
	const rules = new Set(verdict.broken.map(({rule}) => rule));
	return [...rules].flatMap(rule => {
		const breaches = verdict.broken.filter(finding => finding.rule === rule);
		return breaches.slice(0, 1).map(first => [first, breaches.length] as const);
	});
}

/** Whether a breach counts: a policy only where the scenario enforces it. */
export function breachesThatCount({mend}: Grade): (scenario: string, rule: string) => boolean {
	const counting = new Set(
		mend.flatMap(({rule, scenarios}) => scenarios.map(scenario => `${scenario} ${rule}`)),
	);
	return (scenario, rule) => counting.has(`${scenario} ${rule}`);
}

/** The exchanges that a finding speaks of, such as `exchanges 1 → 2`. */
export function exchangesOf({exchanges}: Finding): string {
	return `exchange${exchanges.length === 1 ? '' : 's'} ${formatRoute(exchanges)}`;
}

/** What there is to do something about first. */
const byUrgency: readonly GradeOutcome[] = ['broken', 'declined', 'not observed', 'kept'];

/** The rules by what they came to, what was broken first, and each by its level. */
export function rulesInOrder({rules}: Grade): RuleGrade[] {
	return rules.toSorted(
		(a, b) =>
			byUrgency.indexOf(a.outcome) - byUrgency.indexOf(b.outcome) ||
			levels.indexOf(a.level) - levels.indexOf(b.level),
	);
}

/** The scenarios by what they came to: those that are broken first, then those that were not judged. */
export function scenariosInOrder({scenarios}: Grade): ScenarioGrade[] {
	const rank = ({state, outcome}: ScenarioGrade) =>
		state !== 'judged' && outcome !== 'broken' ? 0.5 : byUrgency.indexOf(outcome);
	return scenarios.toSorted((a, b) => rank(a) - rank(b));
}
