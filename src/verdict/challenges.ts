import type {Exchange} from '../journal/exchange.ts';
import type {Surroundings} from './rule.ts';

/**
 * Whether the client was asked for credentials at an origin between two exchanges: what it sends there
 * after a 401 is an answer, and not what it carried along.
 */
export function wasChallenged(
	{exchanges}: Surroundings,
	origin: string,
	[after, before]: readonly [after: Exchange, before: Exchange],
): boolean {
	for (let at = firstBehind(exchanges, after.number); at < exchanges.length; at++) {
		const exchange = exchanges[at];
		if (exchange === undefined || exchange.number >= before.number) return false;
		if (exchange.response?.status === 401 && exchange.request.origin === origin) return true;
	}
	return false;
}

/** The place of the first exchange with a greater number. */
function firstBehind(exchanges: readonly Exchange[], number: number): number {
	let low = 0;
	let high = exchanges.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((exchanges[middle]?.number ?? 0) > number) high = middle;
		else low = middle + 1;
	}
	return low;
}
