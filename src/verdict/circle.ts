import type {Exchange} from '../journal/exchange.ts';
import type {Chain, Hop} from '../journal/hop.ts';
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

/** A client that gives up in a circle does right; settle() tells that it gave up. */
export function leftCircle({number, state}: Hop, {kept}: Verdict): boolean {
	return (
		state === 'declined' && kept.some(({rule, hop}) => rule === 'loops-stopped' && hop === number)
	);
}
