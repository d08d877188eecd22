import type {Double} from '../double.ts';
import {counts} from '../verdict/enforced.ts';
import type {Verdict} from '../verdict/verdict.ts';
import {counted} from './counted.ts';
import {outcomeOf} from './outcome.ts';

/** What is said of all that came to a double. */
export interface DoubleConclusion {
	/**
	 * `broken` when a rule that counts was; `could not tell` when a redirect was not followed, or nothing
	 * was seen.
	 */
	readonly outcome: 'kept' | 'broken' | 'could not tell';
	/** Why, in a line. */
	readonly why: string;
}

/** What the verdict of a double comes to so far, and why. */
export function conclusionOfDouble(
	double: Double,
	verdict: Verdict = double.verdict(),
): DoubleConclusion {
	const hops = double.hops();
	const outcome = outcomeOf(verdict, double.scenario, hops);
	if (outcome === 'broken') return {outcome, why: brokenRules(verdict, double)};
	if (outcome === 'kept' && hops.every(({state}) => state !== 'waiting'))
		return {outcome, why: whatWasKept(verdict)};
	return {outcome: 'could not tell', why: whyUndecided(double)};
}

function brokenRules({broken}: Verdict, {scenario}: Double): string {
	const counted = broken.filter(finding => counts(finding, scenario));
	return [...new Set(counted.map(({rule}) => rule))].join(', ');
}

function whatWasKept({kept, hops}: Verdict): string {
	const rules = new Set(kept.map(({rule}) => rule)).size;
	return `${counted(rules, 'rule')}, at ${counted(hops.followed, 'followed redirect')}`;
}

function whyUndecided(double: Double): string {
	if (double.exchanges.length === 0) return 'no request came to the double';
	const hops = double.hops();
	if (hops.length === 0) return 'no redirect was answered';
	const open = hops.filter(({state}) => state !== 'followed').length;
	if (open > 0)
		return `of ${counted(hops.length, 'redirect')} that ${hops.length === 1 ? 'was' : 'were'} answered, ${open} ${open === 1 ? 'was' : 'were'} not followed`;
	return 'no rule was observed';
}
