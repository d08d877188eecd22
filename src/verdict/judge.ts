import {chainsOf, mayGoOn} from '../journal/chains.ts';
import type {Exchange} from '../journal/exchange.ts';
import {type Chain, type Hop, isFollowed} from '../journal/hop.ts';
import {Docket} from './docket.ts';
import {findingOf} from './finding-of.ts';
import {Precedents, precedentOf} from './precedents.ts';
import type {ExchangeRule, Surroundings} from './rule.ts';
import {rules} from './rules/index.ts';
import {type Finding, type Verdict, verdictOf} from './verdict.ts';

const chainRules = rules.filter(rule => rule.about === 'chain');
const exchangeRules = rules.filter(rule => rule.about === 'exchange');

/**
 * Judges everything that the journal holds: every redirect by the rules about redirects, every followed
 * hop by the rules about messages and hops, every chain by the rules about chains, every exchange by the
 * rules about exchanges. The cost grows with the number of exchanges, not faster.
 */
export function judge(surroundings: Surroundings): Verdict {
	const {scenario, hops, dropped} = surroundings;
	const docket = new Docket(hops.length);
	const precedents = new Precedents();
	const counts = {followed: 0, declined: 0, waiting: 0};
	let someLong = false;
	// From the last to the first, as rules look for later requests: these were looked at just before.
	for (let row = hops.length - 1; row >= 0; row--) {
		const hop = hops[row];
		if (hop === undefined) continue;
		counts[hop.state]++;
		someLong ||= mayBeLong(hop);
		docket.enter(row, hop, isFollowed(hop) ? precedents.of(hop) : undefined, surroundings);
	}
	const others = [...(someLong ? judgeChains(surroundings) : []), ...judgeExchanges(surroundings)];
	return verdictOf({scenario: scenario.name, hops: Object.freeze(counts), dropped}, outcome => [
		...docket.findings(outcome),
		...others.filter(finding => finding.outcome === outcome),
	]);
}

/**
 * Judges one hop by the rules about messages, hops and redirects, in their order; without a follow-up, by
 * those about redirects alone. Of a sealed hop four can still change: `original-address-kept-in-use`, as
 * later calls come, `no-request-inside-body`, `content-length-matches` and `body-preserved`, as more bytes
 * come on the connection.
 */
export function judgeHop(hop: Hop, surroundings: Surroundings): readonly Finding[] {
	const docket = new Docket(1);
	docket.enter(0, hop, isFollowed(hop) ? precedentOf(hop) : undefined, surroundings);
	return Object.freeze(docket.findings());
}

/** Judges one chain by the rules about chains, in their order. */
export function judgeChain(chain: Chain, surroundings: Surroundings): readonly Finding[] {
	const last = chain.hops.at(-1);
	if (last === undefined) return Object.freeze([]);
	const exchanges = Object.freeze(chain.exchanges.map(({number}) => number));
	const findings = chainRules
		.filter(rule => rule.appliesTo(chain))
		.map(rule => findingOf(rule, rule.check(chain, surroundings), last.number, exchanges));
	return Object.freeze(findings);
}

/** Judges one exchange by the rules about exchanges, in their order. */
export function judgeExchange(exchange: Exchange, surroundings: Surroundings): readonly Finding[] {
	const findings: Finding[] = [];
	addFindings(findings, exchange, surroundings);
	return Object.freeze(findings);
}

/** What the rules about exchanges say, in the order of exchanges, and of each in the order of rules. */
function judgeExchanges(surroundings: Surroundings): Finding[] {
	const findings: Finding[] = [];
	for (const exchange of surroundings.exchanges) addFindings(findings, exchange, surroundings);
	return findings;
}

function addFindings(findings: Finding[], exchange: Exchange, surroundings: Surroundings): void {
	for (const rule of exchangeRules)
		if (rule.appliesTo(exchange)) findings.push(holdAgainst(rule, exchange, surroundings));
}

function holdAgainst(rule: ExchangeRule, exchange: Exchange, surroundings: Surroundings): Finding {
	const outcome = rule.check(exchange, surroundings);
	return findingOf(rule, outcome, undefined, Object.freeze([exchange.number]));
}

function judgeChains(surroundings: Surroundings): Finding[] {
	const chains = chainsOf(surroundings.hops, mayBeLong);
	return chains.flatMap(chain => judgeChain(chain, surroundings));
}

/** One hop from one address to another is no circle, and within any limit: rules about chains say nothing of it. */
function mayBeLong(first: Hop): boolean {
	return mayGoOn(first) || first.followUp?.request.url === first.redirect.request.url;
}
