import {type HeaderLines, headerValues} from '../http/header-lines.ts';
import {journalIndex} from './journal-index.ts';
import type {FollowedHop, Surroundings} from './rule.ts';

/** The `name=value` pairs of a request's Cookie fields, in order. */
export function cookiePairs(headers: HeaderLines): string[] {
	return headerValues(headers, 'cookie')
		.flatMap(value => value.split(';'))
		.map(pair => pair.trim())
		.filter(pair => pair !== '');
}

/** The name of a `name=value` pair. */
export function cookieName(pair: string): string {
	return pair.split('=', 1)[0] ?? '';
}

/**
 * Whether the double itself set the cookie before the follow-up came, so that a cookie jar may hold
 * it and decides about it anew for each request.
 *
 * @param cookie a name, or `name=value`
 */
export function wasSetByDouble(cookie: string, hop: FollowedHop, around: Surroundings): boolean {
	const setBy = journalIndex(around).firstSetting(cookie);
	return setBy !== undefined && setBy < hop.followUp.number;
}

/** Why nothing can be said of cookies in a journal with a limit. */
export const cookiesUnknown =
	'the journal has dropped exchanges, in which the double itself may have set the cookies';
