import type {RecordedRequest} from '../journal/exchange.ts';
import {journalIndex} from './journal-index.ts';
import type {FollowedHop, Surroundings} from './rule.ts';

/**
 * Whether an earlier request of the chain went to the origin of the follow-up with what the follow-up
 * has: then it came home there, and where it leaked was an earlier hop.
 */
export function cameHome(
	hop: FollowedHop,
	surroundings: Surroundings,
	hasIt: (request: RecordedRequest) => boolean,
): boolean {
	const index = journalIndex(surroundings);
	const {origin} = hop.followUp.request;
	let earlier = index.hopTo(hop.redirect)?.redirect;
	while (earlier !== undefined) {
		if (earlier.request.origin === origin && hasIt(earlier.request)) return true;
		earlier = index.hopTo(earlier)?.redirect;
	}
	return false;
}
