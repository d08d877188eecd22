import {followedCount, ranInCircle} from '../circle.ts';
import {broken, type ChainRule, kept, notObserved} from '../rule.ts';
import {fetchRedirect} from '../sources.ts';

const limit = 20;

/** Limits differ between clients from 5 to 50; the Fetch Standard has 20. A client that runs in a circle past its bound is left to loops-stopped. */
export const hopLimit: ChainRule = {
	id: 'hop-limit',
	about: 'chain',
	level: 'policy',
	statement: 'A client follows at most 20 redirects for one request.',
	source: fetchRedirect(7, "If request's redirect count is 20, then return a network error."),
	appliesTo: chain => chain.hops.length > limit && !ranInCircle(chain),
	check(chain) {
		const followed = followedCount(chain);
		if (followed > limit) {
			return broken(
				`at most ${limit} redirects followed`,
				`${followed} redirects followed`,
				'the client has another limit, or none',
			);
		}
		const declined = chain.hops.at(-1)?.state === 'declined';
		return declined ? kept : notObserved(`redirect ${limit + 1} still waits for a follow-up`);
	},
};
