import type {Exchange} from '../journal/exchange.ts';
import type {Chain} from '../journal/hop.ts';
import type {Verdict} from './verdict.ts';

/** The largest limit that a common client has by default is curl's: 50 redirects. */
export const patience = 50;

/** The first request of a chain that repeats the method and URL of an earlier one: there it runs in a circle. */
export function returningExchange({exchanges}: Chain): Exchange | undefined {
	const seen = new Set<string>();
	return exchanges.find(({request}) => {
		const key = `${request.method} ${request.url}`;
		if (seen.has(key)) return true;
		seen.add(key);
		return false;
	});
}

/** How many redirects of a chain were followed. */
export function followedCount({hops}: Chain): number {
	return hops.filter(({state}) => state === 'followed').length;
}

/** Whether a client ran in a circle for longer than any common client does. */
export function ranInCircle(chain: Chain): boolean {
	return followedCount(chain) > patience && returningExchange(chain) !== undefined;
}

/**
 * The numbers of the hops at which a client left a circle. One that gives up there does right, and
 * declines nothing; settle() tells that it gave up.
 */
export function circlesLeft({kept}: Verdict): ReadonlySet<number> {
	const ends = kept.filter(({rule}) => rule === 'loops-stopped');
	return new Set(ends.flatMap(({hop}) => hop ?? []));
}
