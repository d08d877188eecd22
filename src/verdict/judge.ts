import {chainsOf} from '../journal/chains.ts';
import {type Chain, type Evidence, type Hop, isFollowed, type Link} from '../journal/hop.ts';
import type {
	ChainRule,
	FollowedHop,
	HopRule,
	Outcome,
	RedirectRule,
	Rule,
	Surroundings,
} from './rule.ts';
import {rules} from './rules/index.ts';
import type {Finding, Verdict} from './verdict.ts';

const hopRules = rules.filter((rule): rule is HopRule | RedirectRule => rule.about !== 'chain');
const chainRules = rules.filter((rule): rule is ChainRule => rule.about === 'chain');

/**
 * Judges everything that the journal holds: every redirect by the rules about redirects, every
 * followed hop by the rules about hops, every chain by the rules about chains. The verdict is frozen
 * plain data. The cost grows with the number of hops, not faster.
 */
export function judge(surroundings: Surroundings): Verdict {
	const {scenario, hops} = surroundings;
	const findings = [
		...hops.flatMap(hop => judgeHop(hop, surroundings)),
		...chainsOf(hops).flatMap(chain => judgeChain(chain, surroundings)),
	];
	return Object.freeze({
		scenario: scenario.name,
		hops: Object.freeze({
			followed: countOf(hops, 'followed'),
			declined: countOf(hops, 'declined'),
			waiting: countOf(hops, 'waiting'),
		}),
		dropped: surroundings.dropped,
		broken: withOutcome(findings, 'broken'),
		kept: withOutcome(findings, 'kept'),
		notObserved: withOutcome(findings, 'not observed'),
	});
}

/**
 * Judges one hop by the rules about hops and redirects, in their order; without a follow-up, by those
 * about redirects alone. Of a sealed hop two can still change: `original-address-kept-in-use`, as later
 * calls come, and `no-request-inside-body`, as more bytes come on the connection.
 */
export function judgeHop(hop: Hop, surroundings: Surroundings): readonly Finding[] {
	const {redirect, followUp} = hop;
	const exchanges = followUp ? [redirect.number, followUp.number] : [redirect.number];
	const findings = hopRules.flatMap(rule => {
		const outcome = outcomeOf(rule, hop, surroundings);
		return outcome === undefined ? [] : [finding(rule, outcome, hop.number, exchanges)];
	});
	return Object.freeze(findings);
}

/** What a rule says of a hop; undefined when it does not speak of it. */
function outcomeOf(
	rule: HopRule | RedirectRule,
	hop: Hop,
	surroundings: Surroundings,
): Outcome | undefined {
	if (rule.about === 'redirect')
		return rule.appliesTo(hop) ? rule.check(hop, surroundings) : undefined;
	if (!isFollowed(hop) || !rule.appliesTo(hop)) return undefined;
	return withDoubt(hop, rule.check(hop, surroundings));
}

/** Judges one chain by the rules about chains, in their order. */
export function judgeChain(chain: Chain, surroundings: Surroundings): readonly Finding[] {
	const last = chain.hops.at(-1);
	if (last === undefined) return Object.freeze([]);
	const exchanges = chain.exchanges.map(({number}) => number);
	const findings = chainRules
		.filter(rule => rule.appliesTo(chain))
		.map(rule => finding(rule, rule.check(chain, surroundings), last.number, exchanges));
	return Object.freeze(findings);
}

/** A breach on a link that might be another's says so. */
function withDoubt({link}: FollowedHop, outcome: Outcome): Outcome {
	const doubt = doubtOf(link);
	if (outcome.outcome !== 'broken' || doubt === undefined) return outcome;
	return {...outcome, cause: outcome.cause ? `${outcome.cause}; or: ${doubt}` : doubt};
}

/** Ties that hardly anybody else's request would have. */
const strong: readonly Evidence[] = ['token', 'call-header', 'method', 'body', 'connection'];

function doubtOf({certain, rivals, evidence}: Link): string | undefined {
	if (certain) return undefined;
	if (rivals > 0) {
		const others = rivals === 1 ? 'another redirect' : `${rivals} other redirects`;
		return `${others} fitted this request as well, so it may belong to another call`;
	}
	if (evidence.some(each => strong.includes(each))) return undefined;
	return 'the request is no follow-up but a call of its own, since only its address and headers tie it to the redirect; tagged links would tell';
}

function finding(
	{id, level, statement, source}: Rule,
	outcome: Outcome,
	hop: number,
	exchanges: readonly number[],
): Finding {
	return Object.freeze({
		rule: id,
		level,
		statement,
		source: Object.freeze({...source}),
		hop,
		exchanges: Object.freeze([...exchanges]),
		...outcome,
	});
}

function withOutcome(findings: readonly Finding[], wanted: Finding['outcome']): readonly Finding[] {
	return Object.freeze(findings.filter(({outcome}) => outcome === wanted));
}

function countOf(hops: readonly Hop[], wanted: Hop['state']): number {
	return hops.filter(({state}) => state === wanted).length;
}
