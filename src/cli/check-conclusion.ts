import type {Double} from '../double.ts';
import {conclusionOfDouble} from '../grading/double-conclusion.ts';
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
	const {outcome, why} = conclusionOfDouble(double);
	if (outcome === 'broken') {
		const also = failed ? `; the command ${endingInWords(ending)}` : '';
		return {outcome, why: why + also, exit: 'broken'};
	}
	if (failed)
		return {
			outcome: 'command failed',
			why: `the command ${endingInWords(ending)}`,
			exit: 'commandFailed',
		};
	if (outcome === 'kept') return {outcome, why, exit: 'done'};
	return {outcome, why: double.exchanges.length === 0 ? nothingSent : why, exit: 'undecided'};
}

const nothingSent =
	'the command sent no request to the double; give it a documented URL, which it finds by its proxy variables, or {url:https://…}, which stands for the local one';

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
