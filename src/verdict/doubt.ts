import type {Exchange} from '../journal/exchange.ts';
import {
	type Chain,
	type Evidence,
	type FollowedHop,
	isFollowed,
	type Link,
} from '../journal/hop.ts';
import type {Outcome, Surroundings} from './rule.ts';

/** What tells whether a request may be a call of its own. */
type Knowledge = Pick<Surroundings, 'asked'>;

/** A breach on a link that might be another's says so. */
export function withDoubt(
	{link, followUp}: FollowedHop,
	outcome: Outcome,
	{asked}: Knowledge,
): Outcome {
	if (outcome.outcome !== 'broken') return outcome;
	const mayBeCall = asked === undefined || asked.has(followUp.number);
	const doubt = doubtOf(link, mayBeCall);
	if (doubt === undefined) return outcome;
	return {...outcome, cause: outcome.cause ? `${outcome.cause}; or: ${doubt}` : doubt};
}

/** The same for a breach in a chain, at the exchange that shows it. */
export function withDoubtOf(
	{hops}: Chain,
	exchange: Exchange,
	outcome: Outcome,
	knowledge: Knowledge,
): Outcome {
	const hop = hops.filter(isFollowed).find(({followUp}) => followUp === exchange);
	return hop === undefined ? outcome : withDoubt(hop, outcome, knowledge);
}

/** Ties that hardly anybody else's request would have. */
const strong: readonly Evidence[] = ['token', 'call-header', 'method', 'body', 'connection'];

/** @param mayBeCall whether nobody knows that the client was asked for no such request */
function doubtOf({certain, rivals, evidence}: Link, mayBeCall: boolean): string | undefined {
	// There was no other call that it could belong to.
	if (certain || evidence.includes('call')) return undefined;
	if (rivals > 0) {
		const others = rivals === 1 ? 'another redirect' : `${rivals} other redirects`;
		return `${others} fitted this request as well, so it may belong to another call`;
	}
	if (!mayBeCall || evidence.some(each => strong.includes(each))) return undefined;
	return 'the request is no follow-up but a call of its own, since only its address and headers tie it to the redirect; tagged links would tell';
}
