import type {Citation} from '../http/citations.ts';
import type {Exchange} from '../journal/exchange.ts';
import type {Chain, FollowedHop, Hop} from '../journal/hop.ts';
import type {Scenario} from '../scenario/types.ts';
import type {Messages} from './messages.ts';

export type {FollowedHop} from '../journal/hop.ts';

/**
 * How strong a rule is, in the words of its source: `must` and `should` as in RFC 2119, `de facto`
 * for what nearly all clients do (or the Fetch Standard requires), `policy` where clients
 * legitimately differ.
 */
export type Level = 'must' | 'should' | 'de facto' | 'policy';

/** All levels, the strongest first. */
export const levels: readonly Level[] = ['must', 'should', 'de facto', 'policy'];

/** What a rule says of one hop, chain or exchange. */
export type Outcome =
	| {readonly outcome: 'kept'}
	| {
			readonly outcome: 'broken';
			readonly expected: string;
			readonly actual: string;
			readonly cause?: string;
	  }
	| {readonly outcome: 'not observed'; readonly reason: string};

/** What else a rule may look at: the whole journal of the double, and its scenario. */
export interface Surroundings {
	readonly scenario: Scenario;
	/** All exchanges in order. */
	readonly exchanges: readonly Exchange[];
	/** All hops in order. */
	readonly hops: readonly Hop[];
	/** Whether a redirect caused an exchange, also one that was dropped; not when it is a call of its own. */
	isFollowUp(exchange: Exchange): boolean;
	/**
	 * The documented URL that a client was asked to call, by the number of the first exchange that came
	 * of it; absent where nobody knows what a client was asked, which is so but for grading.
	 */
	readonly asked?: ReadonlyMap<number, string>;
	/** How many exchanges a limit has dropped from the journal: then absence can't be shown. */
	readonly dropped: number;
}

interface RuleWords {
	/** Short name, such as `method-preserved`; also the name of its file and of its page in docs/rules/. */
	readonly id: string;
	readonly level: Level;
	/** One line that says what a client does. */
	readonly statement: string;
	readonly source: Citation;
}

/**
 * A rule about the messages of a hop whose follow-up came. It sees nothing else, so that what it says
 * of one hop it says of every hop with equal messages.
 */
export interface MessageRule extends RuleWords {
	readonly about: 'hop';
	readonly sees: 'messages';
	/** Whether the rule speaks of these messages at all; when not, there is no finding. */
	readonly appliesTo: (messages: Messages) => boolean;
	readonly check: (messages: Messages) => Outcome;
}

/** A rule about a hop whose follow-up came: its messages tell whether it speaks of the hop, and all else what it says. */
export interface HopRule extends RuleWords {
	readonly about: 'hop';
	readonly sees: 'journal';
	readonly appliesTo: (messages: Messages) => boolean;
	readonly check: (hop: FollowedHop, surroundings: Surroundings) => Outcome;
}

/** A rule about what a client does at a redirect, whether it follows it or not. */
export interface RedirectRule extends RuleWords {
	readonly about: 'redirect';
	/** Whether the rule speaks of this redirect at all; when not, there is no finding. */
	readonly appliesTo: (hop: Hop) => boolean;
	readonly check: (hop: Hop, surroundings: Surroundings) => Outcome;
}

/** A rule about a chain with at least one hop. */
export interface ChainRule extends RuleWords {
	readonly about: 'chain';
	readonly appliesTo: (chain: Chain) => boolean;
	readonly check: (chain: Chain, surroundings: Surroundings) => Outcome;
}

/** A rule about one exchange, whether it is part of a hop or not, and about what the client sent after it. */
export interface ExchangeRule extends RuleWords {
	readonly about: 'exchange';
	/** Whether the rule speaks of this exchange at all; when not, there is no finding. */
	readonly appliesTo: (exchange: Exchange) => boolean;
	readonly check: (exchange: Exchange, surroundings: Surroundings) => Outcome;
}

export type Rule = MessageRule | HopRule | RedirectRule | ChainRule | ExchangeRule;

export const kept: Outcome = Object.freeze({outcome: 'kept'});

export function broken(expected: string, actual: string, cause?: string): Outcome {
	return {outcome: 'broken', expected, actual, ...(cause !== undefined && {cause})};
}

export function notObserved(reason: string): Outcome {
	return {outcome: 'not observed', reason};
}
