import type {Exchange} from './exchange.ts';
import type {Chain, Hop} from './hop.ts';

/** All chains with at least one hop, in the order of their first hops. */
export function chainsOf(hops: readonly Hop[]): Chain[] {
	const next = new Map(hops.map(hop => [hop.redirect.number, hop]));
	const followUps = new Set(hops.map(({followUp}) => followUp?.number));
	return hops
		.filter(({redirect}) => !followUps.has(redirect.number))
		.map(first => chainFrom(first, next));
}

function chainFrom(first: Hop, next: ReadonlyMap<number, Hop>): Chain {
	const hops: Hop[] = [];
	const exchanges: Exchange[] = [first.redirect];
	for (let hop: Hop | undefined = first; hop !== undefined; ) {
		hops.push(hop);
		const {followUp}: Hop = hop;
		if (followUp === undefined) break;
		exchanges.push(followUp);
		hop = next.get(followUp.number);
	}
	return Object.freeze({hops: Object.freeze(hops), exchanges: Object.freeze(exchanges)});
}
