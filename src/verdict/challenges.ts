import type {Exchange} from '../journal/exchange.ts';
import {journalIndex} from './journal-index.ts';
import type {Surroundings} from './rule.ts';

/**
 * Whether the client was asked for credentials at an origin between two exchanges: what it sends there
 * after a 401 is an answer, and not what it carried along.
 */
export function wasChallenged(
	surroundings: Surroundings,
	origin: string,
	[after, before]: readonly [after: Exchange, before: Exchange],
): boolean {
	const challenge = journalIndex(surroundings).challenges.after(after.number, origin);
	return challenge !== undefined && challenge.number < before.number;
}
