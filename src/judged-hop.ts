import type {FollowedJudgedHop, JudgedHop} from './double.ts';
import type {FollowedHop, Hop} from './journal/hop.ts';
import {assertPreserved} from './verdict/assert-preserved.ts';
import {judgeHop} from './verdict/judge.ts';
import {formatHop} from './verdict/report.ts';
import type {Surroundings} from './verdict/rule.ts';

/** A hop with the questions that a test asks of it. `surroundings` is asked when a question is. */
export function judgedHop(hop: FollowedHop, surroundings: () => Surroundings): FollowedJudgedHop;
export function judgedHop(hop: Hop, surroundings: () => Surroundings): JudgedHop;
export function judgedHop(hop: Hop, surroundings: () => Surroundings): JudgedHop {
	const findings = () => judgeHop(hop, surroundings());
	const questions = {
		findings,
		assertPreserved: (what?: Parameters<typeof assertPreserved>[1]) => assertPreserved(hop, what),
		toString: () => formatHop(hop, findings()),
	};
	// Hidden from enumeration, so that a test runner's diff of hops shows data and no functions.
	const hidden = Object.fromEntries(
		Object.entries(questions).map(([name, value]) => [name, {value, enumerable: false}]),
	);
	return Object.freeze(Object.defineProperties({...questions, ...hop}, hidden));
}
