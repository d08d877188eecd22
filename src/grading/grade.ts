import type {Level} from '../verdict/rule.ts';
import type {Finding, Verdict} from '../verdict/verdict.ts';
import type {Harm} from './harm.ts';

/** What became of one call, as the client told it; secrets are masked in an error, and signs of control escaped. */
export type CallResult =
	| {readonly ended: 'answered'; readonly status?: number}
	| {readonly ended: 'failed'; readonly error: string}
	| {readonly ended: 'crashed'; readonly error: string}
	/** The adapter resolved with what is no answer of a client. */
	| {readonly ended: 'misreported'; readonly error: string}
	/** It was not asked to: its request can't arrive here. That counts for nothing. */
	| {readonly ended: 'not asked'; readonly why: string}
	/** It gave no answer in the time that it had. */
	| {readonly ended: 'hung'; readonly milliseconds: number};

/** A call of a scenario, and what became of it. */
export interface GradedCall {
	/** Such as `POST https://api.example.test/api/v1/users`. */
	readonly request: string;
	readonly result: CallResult;
}

/** What a scenario, or a rule, came to: as in a test suite, but a client may decline to follow. */
export type GradeOutcome = 'kept' | 'broken' | 'declined' | 'not observed';

/**
 * How a scenario went: `judged`, or why its outcome says little of the rules: the set-up failed (the
 * double did not start, or the documented request never came), the client hung, or it crashed.
 */
export type RunState = 'judged' | 'set-up failed' | 'hung' | 'crashed';

/** One scenario, played with the client. */
export interface ScenarioGrade {
	readonly scenario: string;
	readonly title: string;
	/** Where the behaviour is documented; absent when the scenario does not say. */
	readonly source?: string;
	readonly state: RunState;
	/** Why it was not judged; absent when it was. */
	readonly why?: string;
	/**
	 * `broken` when a rule that counts was, also when the client hung; `declined` when no follow-up
	 * to a redirect reached the double, and nothing was broken: the client did not follow, which is legal, or
	 * found nobody where it went; `kept`; `not observed` when no rule could say anything.
	 */
	readonly outcome: GradeOutcome;
	readonly calls: readonly GradedCall[];
	/** All findings; those about a remembered address as well, which only grading can be sure of. */
	readonly verdict: Verdict;
}

/** One rule over all scenarios. */
export interface RuleGrade {
	readonly rule: string;
	readonly level: Level;
	readonly statement: string;
	/** `broken` when it was anywhere; `declined` when the client followed none of the redirects that it is about. */
	readonly outcome: GradeOutcome;
	/** The names of the scenarios by what the rule said there; each once, at its worst. */
	readonly kept: readonly string[];
	readonly broken: readonly string[];
	readonly notObserved: readonly string[];
	/** Scenarios that are there to provoke it, in which the client declined. */
	readonly declined: readonly string[];
}

/** Something to mend, the same breach in however many scenarios. */
export interface Mend {
	/** The rule; absent for a client that hung or crashed. */
	readonly rule?: string;
	readonly harm: Harm;
	/** What to mend, in a line. */
	readonly what: string;
	/** The scenarios in which it came. */
	readonly scenarios: readonly string[];
	/** The scenario that `example` is of, or of a client that hung or crashed, `what`. */
	readonly exampleIn: string;
	/** The finding of it with the fewest exchanges around it; absent for a client that hung or crashed. */
	readonly example?: Finding;
}

/**
 * The rules of one level by what they came to. The score of a level is `kept` out of `seen`: a rule that
 * was broken in one scenario is broken, however often it was kept, and of a rule that was not seen
 * nothing is said.
 */
export interface LevelScore {
	readonly level: Level;
	readonly kept: number;
	readonly broken: number;
	readonly declined: number;
	readonly notObserved: number;
	/** `kept` and `broken` together. */
	readonly seen: number;
}

/** How a client did. */
export interface Grade {
	/** The client's name. */
	readonly client: string;
	/** The scenarios in the order in which they were asked for. */
	readonly scenarios: readonly ScenarioGrade[];
	/** All rules in their order. */
	readonly rules: readonly RuleGrade[];
	/** What the rules came to by level, the strongest first. Policies stand last, and count in no assertion. */
	readonly score: readonly LevelScore[];
	/** What to mend, the worst first. */
	readonly mend: readonly Mend[];
	/**
	 * Whether every scenario was judged, no rule was broken, policies apart, and something was seen: a rule
	 * kept, and a redirect followed where there were any. To decline is legal, but shows nothing.
	 */
	readonly passed: boolean;
	/** Why it did not pass, in a line; absent when it did. */
	readonly why?: string;
}
