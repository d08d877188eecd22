import {inspect} from 'node:util';
import type {Citation} from '../http/citations.ts';
import type {Level} from './rule.ts';

/** What a rule says of one hop, redirect, chain or exchange, as plain data: text is made in report.ts. */
export interface Finding {
	/** The rule's id, such as `method-preserved`. */
	readonly rule: string;
	readonly level: Level;
	readonly statement: string;
	readonly source: Citation;
	readonly outcome: 'kept' | 'broken' | 'not observed';
	/** The number of the hop; for a rule about a chain, of its last hop; absent for a rule about an exchange. */
	readonly hop?: number;
	/** Numbers of the exchanges that it speaks of: the redirect's, then the follow-up's if it came; or the one exchange. */
	readonly exchanges: readonly number[];
	/** What a conforming client would have sent; with `broken` only. Secrets are masked. */
	readonly expected?: string;
	/** What came; with `broken` only. Secrets are masked, bytes from the wire are escaped. */
	readonly actual?: string;
	/** The likely cause, when it is known; with `broken` only. */
	readonly cause?: string;
	/** Why nothing can be said; with `not observed` only. */
	readonly reason?: string;
}

/** All findings of a double, a chain or a hop. */
export interface Verdict {
	/** The scenario's name. */
	readonly scenario: string;
	/** How many redirects were answered, and what became of them. */
	readonly hops: {
		readonly followed: number;
		readonly declined: number;
		readonly waiting: number;
	};
	/** How many exchanges a limit has dropped from the journal: nothing is said of them. */
	readonly dropped: number;
	/** Rules that were broken, each with expected and actual. */
	readonly broken: readonly Finding[];
	/** Rules that were kept. */
	readonly kept: readonly Finding[];
	/** Rules that nothing can be said about, each with a reason. */
	readonly notObserved: readonly Finding[];
}

/**
 * A verdict, frozen. What was broken is listed at once; what was kept, and what was not observed, when it
 * is first read: there is much of it, and most verdicts are only asked for breaches.
 *
 * @param list makes the list of all findings with an outcome
 */
export function verdictOf(
	facts: Pick<Verdict, 'scenario' | 'hops' | 'dropped'>,
	list: (outcome: Finding['outcome']) => Finding[],
): Verdict {
	let kept: readonly Finding[] | undefined;
	let notObserved: readonly Finding[] | undefined;
	const verdict: Verdict = {
		...facts,
		broken: Object.freeze(list('broken')),
		get kept() {
			kept ??= Object.freeze(list('kept'));
			return kept;
		},
		get notObserved() {
			notObserved ??= Object.freeze(list('not observed'));
			return notObserved;
		},
	};
	// Printed as the data that it is: of a getter Node shows no value.
	const value = () => ({...verdict});
	return Object.freeze(Object.defineProperty(verdict, inspect.custom, {value}));
}
