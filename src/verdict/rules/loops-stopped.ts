import {followedCount, patience, ranInCircle, returningExchange} from '../circle.ts';
import {broken, type ChainRule, kept, notObserved} from '../rule.ts';
import {rfc9110} from '../sources.ts';
import {shownMethod, shownUrl} from '../wire-text.ts';

/** A chain that comes back to where it was must end by the client's own will. */
export const loopsStopped: ChainRule = {
	id: 'loops-stopped',
	about: 'chain',
	level: 'should',
	statement: 'A client stops following redirects that lead in a circle.',
	source: rfc9110(
		'15.4',
		'A client SHOULD detect and intervene in cyclical redirections (i.e., "infinite" redirection loops).',
	),
	appliesTo: chain => returningExchange(chain) !== undefined,
	check(chain) {
		const request = returningExchange(chain)?.request;
		if (ranInCircle(chain) && request !== undefined) {
			return broken(
				`an end after ${patience} redirects at the latest`,
				`${followedCount(chain)} redirects followed, in a circle through ${shownMethod(request.method)} ${shownUrl(request.url)}`,
				'the client has no limit, or one far above any that is usual',
			);
		}
		const last = chain.hops.at(-1);
		if (last?.state === 'declined') return kept;
		return notObserved(
			last?.state === 'waiting'
				? 'the last redirect still waits for a follow-up'
				: 'the circle was left by another response than a redirect',
		);
	},
};
