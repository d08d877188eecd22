import {isRedirectStatus} from '../http/redirect-status.ts';
import type {Exchange} from './exchange.ts';
import type {Chain, Hop} from './hop.ts';

/**
 * All chains with at least one hop, in the order of their first hops.
 *
 * @param isWanted whether a chain is wanted, by its first hop; all are unless told
 */
export function chainsOf(
	hops: readonly Hop[],
	isWanted: (first: Hop) => boolean = () => true,
): Chain[] {
	const later = laterHops(hops);
	return hops
		.filter(hop => !later.has(hop.redirect.number) && isWanted(hop))
		.map(first => chainFrom(first, later));
}

/** Whether the follow-up of a hop was redirected in its turn, so that its chain may go on. */
export function mayGoOn({followUp}: Hop): boolean {
	return followUp?.response !== undefined && isRedirectStatus(followUp.response.status);
}

/** The hops that go on with the chain of another, by the numbers of their redirects. */
function laterHops(hops: readonly Hop[]): ReadonlyMap<number, Hop> {
	const redirected = new Set(hops.filter(mayGoOn).map(({followUp}) => followUp?.number));
	const later = hops.filter(({redirect}) => redirected.has(redirect.number));
	return new Map(later.map(hop => [hop.redirect.number, hop]));
}

function chainFrom(first: Hop, later: ReadonlyMap<number, Hop>): Chain {
	const hops: Hop[] = [];
	const exchanges: Exchange[] = [first.redirect];
	for (let hop: Hop | undefined = first; hop !== undefined; ) {
		hops.push(hop);
		const {followUp}: Hop = hop;
		if (followUp === undefined) break;
		exchanges.push(followUp);
		hop = later.get(followUp.number);
	}
	return Object.freeze({hops: Object.freeze(hops), exchanges: Object.freeze(exchanges)});
}
