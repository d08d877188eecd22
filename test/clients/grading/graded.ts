import type {GradeOutcome, Level, RunState} from '../../../src/index.ts';

/** What grading a client came to, as far as it is written down. */
export interface GradedClient {
	readonly id: string;
	readonly rules: readonly GradedRule[];
	/** How many scenarios came to what. */
	readonly outcomes: Readonly<Record<GradeOutcome, number>>;
	/** Scenarios whose outcome says little. */
	readonly unjudged: readonly Unjudged[];
	/** The bytes of each scenario that was asked for by name. */
	readonly transcripts: readonly string[];
}

/** What a client made of a rule. */
export interface GradedRule {
	readonly rule: string;
	readonly level: Level;
	readonly outcome: GradeOutcome;
	/** Names of the scenarios in which it was broken. */
	readonly scenarios: readonly string[];
	/** How it was broken, in one of them; absent when it was not. */
	readonly breach?: Breach;
}

/** How a client broke a rule. */
export interface Breach {
	readonly scenario: string;
	readonly expected: string;
	readonly actual: string;
	readonly cause?: string;
	/** The bytes on the wire; absent when it was not seen again. */
	readonly transcript?: string;
}

export interface Unjudged {
	readonly scenario: string;
	readonly state: RunState;
	readonly why: string;
}

export function isGradedClient(message: unknown): message is GradedClient {
	return typeof message === 'object' && message !== null && 'rules' in message;
}
