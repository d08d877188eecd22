import type {DoubleApp} from './app/app.ts';
import type {Exchange} from './journal/exchange.ts';
import type {Chain, FollowedHop, Hop} from './journal/hop.ts';
import type {Journal, WaitOptions} from './journal/journal.ts';
import type {Scenario} from './scenario/types.ts';
import type {Preserved} from './verdict/assert-preserved.ts';
import type {Finding, Verdict} from './verdict/verdict.ts';

/** A hop that can be held against the rules. */
export interface JudgedHop extends Hop {
	/** What the rules about hops say of it; empty while no follow-up came. */
	findings(): readonly Finding[];
	/**
	 * Wants the method, the body and the headers of the redirected request in the follow-up; with
	 * `what`, only the parts that it names, or those values that it gives.
	 *
	 * @throws AssertionError with `actual`, `expected` and a text that explains
	 */
	assertPreserved(what?: Preserved): void;
	/** The hop as text for people: what was sent, told, and sent then, and what the rules say. */
	toString(): string;
}

/** A judged hop whose follow-up came. */
export type FollowedJudgedHop = JudgedHop & FollowedHop;

/** One running test double: a scenario being replayed, its listeners and its journal. */
export interface Double extends AsyncDisposable {
	/** The scenario's name; those of several joined with `+`. */
	readonly name: string;
	/** The scenario with its defaults filled in. */
	readonly scenario: Scenario;
	/** The local address of the first origin, such as `http://127.0.0.1:41234`, with no trailing slash. */
	readonly url: string;
	/** Documented origin and local address of each listener, in the scenario's order. */
	readonly origins: readonly {readonly documented: string; readonly url: string}[];
	/**
	 * The local form of a documented URL, such as `https://api.example.test/uploads/123`.
	 *
	 * @throws FollowthroughError ORIGIN_UNKNOWN when the scenario has no such origin
	 */
	urlOf(documented: string): string;

	/** The Koa app of the first origin; what is added with `use` runs after recording and before replay. */
	readonly app: DoubleApp;
	/**
	 * The Koa app of the origin of a documented URL.
	 *
	 * @throws FollowthroughError ORIGIN_UNKNOWN when the scenario has no such origin
	 */
	appOf(documented: string): DoubleApp;

	/** The ordered record of all exchanges. */
	readonly journal: Journal;
	/** All exchanges in order; the same as `journal.exchanges`. */
	readonly exchanges: readonly Exchange[];
	/**
	 * The only hop, once its follow-up has come and is sealed.
	 *
	 * @throws FollowthroughError WAIT_TIMED_OUT with what did arrive, or HOP_AMBIGUOUS when there
	 *   are several
	 */
	hop(options?: WaitOptions): Promise<FollowedJudgedHop>;
	/** All hops so far, in the order in which the redirects were answered. */
	hops(): readonly JudgedHop[];
	/**
	 * The only chain, once it has come to a response that is no redirect, and is sealed.
	 *
	 * @throws FollowthroughError WAIT_TIMED_OUT with what did arrive, or HOP_AMBIGUOUS when there
	 *   are several
	 */
	chain(options?: WaitOptions): Promise<Chain>;
	/** All chains so far, in the order of their original requests. */
	chains(): readonly Chain[];

	/** What the rules say of everything so far, as plain data. */
	verdict(): Verdict;
	/** The verdict as text for people. */
	report(options?: {readonly colors?: boolean}): string;
	/**
	 * Wants at least one redirect, every redirect followed, and no rule broken, policy rules that
	 * the scenario does not enforce apart.
	 *
	 * @throws AssertionError with `actual`, `expected` and a text that explains
	 */
	assertFollowedThrough(): void;
	/**
	 * Wants that no redirect is followed: waits `within` milliseconds, and fails at once when a
	 * follow-up comes. Redirects that were not followed count as declined from then on.
	 *
	 * @throws AssertionError when one was followed, when none was answered, or when the journal has
	 *   dropped exchanges, so that absence can't be shown
	 */
	assertDeclined(options: {readonly within: number}): Promise<void>;

	/**
	 * Waits until nothing has happened for `quiet` milliseconds (100 unless told) and no exchange goes
	 * on, `timeout` milliseconds (5000 unless told) at the most. Redirects that were not followed by
	 * then count as declined: rules about the end of a chain can be judged.
	 */
	settle(options?: {readonly quiet?: number; readonly timeout?: number}): Promise<void>;

	/** The phase that the double is in; undefined when the scenario has none. */
	readonly phase: string | undefined;
	/** @throws FollowthroughError PHASE_UNKNOWN, with the phases that there are */
	switchTo(phase: string): void;
	/** Back to the beginning: journal, sequences and phase. The addresses stay. */
	reset(): Promise<void>;
	/**
	 * Stops listening, ends all connections and removes temporary files. Records stay readable,
	 * large bodies apart. Calling it again does nothing more.
	 */
	close(): Promise<void>;
}
