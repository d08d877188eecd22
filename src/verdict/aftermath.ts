import type {Exchange} from '../journal/exchange.ts';
import {journalIndex} from './journal-index.ts';
import type {Surroundings} from './rule.ts';

/**
 * Whether the wire, or the grading, shows that one call of a client made both requests: in grading no
 * other call had begun; elsewhere both carry a value that only this call carried.
 */
export function isOneCall(exchange: Exchange, later: Exchange, around: Surroundings): boolean {
	return (
		isOneAsked(exchange, later, around) || journalIndex(around).calls.isOneCall(exchange, later)
	);
}

/** Whether grading asked for the one call, and for no other until the later request had come. */
export function isOneAsked(
	{number}: Exchange,
	later: Exchange,
	{asked}: Pick<Surroundings, 'asked'>,
): boolean {
	const begun = [...(asked?.keys() ?? [])].filter(first => first <= later.number);
	return begun.length > 0 && begun.every(first => first <= number);
}

/**
 * Why it can't be said that a client left an exchange at that, in words; undefined when it can: grading
 * is over, or the client has gone on with another call, after it was answered.
 */
export function whyStillOpen(exchange: Exchange, around: Surroundings): string | undefined {
	if (around.asked !== undefined) return undefined;
	const next = journalIndex(around).later.next(exchange.number, exchange.request);
	const answeredAt = exchange.response?.sentAt ?? exchange.request.beganAt;
	if (next !== undefined && next.request.beganAt >= answeredAt) return undefined;
	return around.dropped > 0
		? `the journal has dropped ${around.dropped} exchanges, and no later call is left in it`
		: 'no later call came from which it could be seen';
}
