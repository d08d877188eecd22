import type {Exchange} from '../journal/exchange.ts';
import {
	type Chain,
	type Evidence,
	type FollowedHop,
	isFollowed,
	type Link,
} from '../journal/hop.ts';
import type {Outcome} from './rule.ts';

/** A breach on a link that might be another's says so. */
export function withDoubt({link}: FollowedHop, outcome: Outcome): Outcome {
	if (outcome.outcome !== 'broken') return outcome;
	const doubt = doubtOf(link);
	if (doubt === undefined) return outcome;
	return {...outcome, cause: outcome.cause ? `${outcome.cause}; or: ${doubt}` : doubt};
}

/** The same for a breach in a chain, at the exchange that shows it. */
export function withDoubtOf({hops}: Chain, exchange: Exchange, outcome: Outcome): Outcome {
	const hop = hops.filter(isFollowed).find(({followUp}) => followUp === exchange);
	return hop === undefined ? outcome : withDoubt(hop, outcome);
}

/** Ties that hardly anybody else's request would have. */
const strong: readonly Evidence[] = ['token', 'call-header', 'method', 'body', 'connection'];

function doubtOf({certain, rivals, evidence}: Link): string | undefined {
	// There was no other call that it could belong to.
	if (certain || evidence.includes('call')) return undefined;
	if (rivals > 0) {
		const others = rivals === 1 ? 'another redirect' : `${rivals} other redirects`;
		return `${others} fitted this request as well, so it may belong to another call`;
	}
	if (evidence.some(each => strong.includes(each))) return undefined;
	return 'the request is no follow-up but a call of its own, since only its address and headers tie it to the redirect; tagged links would tell';
}
