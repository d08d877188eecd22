import type {Hop} from '../journal/hop.ts';
import type {Scenario} from '../scenario/types.ts';
import {circlesLeft} from '../verdict/circle.ts';
import {counts} from '../verdict/enforced.ts';
import type {Verdict} from '../verdict/verdict.ts';
import type {GradeOutcome} from './grade.ts';

/**
 * What a scenario came to that was played to its end: `broken` when a rule that counts was, `declined`
 * when a redirect was not followed, but for one that leads on in a circle.
 */
export function outcomeOf(
	verdict: Verdict,
	scenario: Scenario,
	hops: readonly Hop[],
): GradeOutcome {
	const {broken, kept} = verdict;
	if (broken.some(finding => counts(finding, scenario))) return 'broken';
	const left = circlesLeft(verdict);
	if (hops.some(({number, state}) => state === 'declined' && !left.has(number))) return 'declined';
	return kept.length > 0 ? 'kept' : 'not observed';
}
