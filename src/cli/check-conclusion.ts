import type {Double} from '../double.ts';
import {outcomeOf} from '../grading/outcome.ts';
import {counts} from '../verdict/enforced.ts';
import {type Look, paint} from '../verdict/paint.ts';
import {type Ending, endingInWords} from './child.ts';

/** What a command came to, in the order in which it counts. */
export type CheckOutcome = 'broken' | 'command failed' | 'could not tell' | 'kept';

/** What is said of a command that ran against a double. */
export interface Conclusion {
	readonly outcome: CheckOutcome;
	/** Why, in a line. */
	readonly why: string;
	/** The name of its exit code. */
	readonly exit: 'done' | 'broken' | 'undecided' | 'commandFailed';
}

/**
 * What to say of a command that has ended: a broken rule counts before all else; then that the command
 * failed, since what it left undone was not seen; then whether there was something to see.
 */
export function conclude(double: Double, ending: Ending): Conclusion {
	const failed = ending.code !== 0 || ending.timedOut !== undefined;
	const hops = double.hops();
	const outcome = outcomeOf(double.verdict(), double.scenario, hops);
	if (outcome === 'broken') {
		const also = failed ? `; the command ${endingInWords(ending)}` : '';
		return {outcome, why: `${brokenRules(double)}${also}`, exit: 'broken'};
	}
	if (failed)
		return {
			outcome: 'command failed',
			why: `the command ${endingInWords(ending)}`,
			exit: 'commandFailed',
		};
	if (outcome === 'kept') return {outcome, why: whatWasKept(double), exit: 'done'};
	return {outcome: 'could not tell', why: whyUndecided(double), exit: 'undecided'};
}

/** The last line of a report. */
export function concludingLine({outcome, why}: Conclusion, look: Look): string {
	const {mark, style} = marks[outcome];
	return `${paint(style, `${mark} ${outcome}`, look)}: ${why}`;
}

const marks = {
	kept: {mark: '✓', style: 'green'},
	broken: {mark: '✗', style: 'red'},
	'command failed': {mark: '✗', style: 'red'},
	'could not tell': {mark: '?', style: 'yellow'},
} as const;

function brokenRules(double: Double): string {
	const {broken} = double.verdict();
	const counted = broken.filter(finding => counts(finding, double.scenario));
	return [...new Set(counted.map(({rule}) => rule))].join(', ');
}

function whatWasKept(double: Double): string {
	const {kept, hops} = double.verdict();
	const rules = new Set(kept.map(({rule}) => rule)).size;
	return `${counted(rules, 'rule')}, at ${counted(hops.followed, 'followed redirect')}`;
}

function whyUndecided(double: Double): string {
	if (double.exchanges.length === 0)
		return 'the command sent no request to the double; give it a documented URL, which it finds by its proxy variables, or {url:https://…}, which stands for the local one';
	const hops = double.hops();
	if (hops.length === 0) return 'no redirect was answered';
	const open = hops.filter(({state}) => state !== 'followed').length;
	if (open > 0)
		return `of ${counted(hops.length, 'redirect')} that ${hops.length === 1 ? 'was' : 'were'} answered, ${open} ${open === 1 ? 'was' : 'were'} not followed`;
	return 'no rule was observed';
}

function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
