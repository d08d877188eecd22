import test from 'ava';
import {chainsOf} from '../../src/journal/chains.ts';
import type {Exchange} from '../../src/journal/exchange.ts';
import type {FollowedHop, Hop} from '../../src/journal/hop.ts';
import type {Scenario} from '../../src/scenario/types.ts';
import {messagesOf} from '../../src/verdict/messages.ts';
import type {
	ChainRule,
	ExchangeRule,
	HopRule,
	MessageRule,
	Outcome,
	RedirectRule,
	Surroundings,
} from '../../src/verdict/rule.ts';
import {around} from './build-hop.ts';

/** `kept`, `not asked` when the rule does not speak of it, a whole breach, or the reason for silence. */
export type Expected =
	| 'kept'
	| 'not asked'
	| {readonly expected: string; readonly actual: string; readonly cause?: string}
	| {readonly reason: string};

/** What a hop stands among, beside its own exchanges. */
export interface Among {
	readonly scenario?: Partial<Scenario>;
	readonly others?: readonly Exchange[];
	readonly asked?: Asked;
	readonly dropped?: number;
}

/** Where grading began a call: numbers of exchanges with the URLs. */
type Asked = Readonly<Record<number, string>>;

/** One test for each row: a sentence without its subject, a hop, and what the rule says of it. */
export function hopRuleTests(
	rule: MessageRule | HopRule,
	rows: readonly (readonly [title: string, hop: FollowedHop, expected: Expected, among?: Among])[],
): void {
	for (const [title, hop, expected, {scenario, others, dropped} = {}] of rows) {
		test(`${rule.id}: ${title}`, t => {
			const messages = messagesOf(hop);
			const ask = () =>
				rule.sees === 'messages'
					? rule.check(messages)
					: rule.check(hop, around([hop], scenario, others, dropped));
			t.deepEqual(rule.appliesTo(messages) ? short(ask()) : 'not asked', expected);
		});
	}
}

/** The same for a rule about redirects, followed or not. */
export function redirectRuleTests(
	rule: RedirectRule,
	rows: readonly (readonly [title: string, hop: Hop, expected: Expected, among?: Among])[],
): void {
	for (const [title, hop, expected, {scenario, others, asked, dropped} = {}] of rows) {
		test(`${rule.id}: ${title}`, t => {
			const surroundings = {...around([hop], scenario, others, dropped), ...inGrading(asked)};
			t.deepEqual(
				rule.appliesTo(hop) ? short(rule.check(hop, surroundings)) : 'not asked',
				expected,
			);
		});
	}
}

/** The same for a rule about chains; the hops make one chain. */
export function chainRuleTests(
	rule: ChainRule,
	rows: readonly (readonly [
		title: string,
		hops: readonly Hop[],
		expected: Expected,
		among?: Among,
	])[],
): void {
	for (const [title, hops, expected, {scenario, others, dropped} = {}] of rows) {
		test(`${rule.id}: ${title}`, t => {
			const [chain] = chainsOf(hops);
			if (chain === undefined) return t.fail('The hops make no chain.');
			return t.deepEqual(
				rule.appliesTo(chain)
					? short(rule.check(chain, around(hops, scenario, others, dropped)))
					: 'not asked',
				expected,
			);
		});
	}
}

/** What else is known of an exchange and of those that came after it. */
export interface AmongExchanges {
	/** The hops among them. */
	readonly hops?: readonly Hop[];
	readonly asked?: Asked;
	readonly scenario?: Partial<Scenario>;
	readonly dropped?: number;
}

/** The same for a rule about exchanges: the first one is judged. */
export function exchangeRuleTests(
	rule: ExchangeRule,
	rows: readonly (readonly [
		title: string,
		exchanges: readonly [Exchange, ...Exchange[]],
		expected: Expected,
		among?: AmongExchanges,
	])[],
): void {
	for (const [title, exchanges, expected, {hops = [], asked, scenario, dropped} = {}] of rows) {
		test(`${rule.id}: ${title}`, t => {
			const [exchange] = exchanges;
			const surroundings = {
				...around(hops, scenario, exchanges, dropped),
				...inGrading(asked),
			};
			t.deepEqual(
				rule.appliesTo(exchange) ? short(rule.check(exchange, surroundings)) : 'not asked',
				expected,
			);
		});
	}
}

function inGrading(asked: Asked | undefined): Pick<Surroundings, 'asked'> {
	if (asked === undefined) return {};
	return {asked: new Map(Object.entries(asked).map(([number, url]) => [Number(number), url]))};
}

function short(outcome: Outcome): Expected {
	if (outcome.outcome === 'kept') return 'kept';
	const {outcome: _, ...rest} = outcome;
	return rest;
}
