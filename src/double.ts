import type {DoubleApp} from './app/app.ts';
import type {Exchange} from './journal/exchange.ts';
import type {Chain, FollowedHop, Hop} from './journal/hop.ts';
import type {Journal, WaitOptions} from './journal/journal.ts';
import type {Scenario} from './scenario/types.ts';
import type {ScenarioSource} from './scenario-source.ts';
import type {StartOptions} from './start-options.ts';
import type {Compared, Preserved} from './verdict/assert-preserved.ts';
import type {ReportOptions} from './verdict/finding-text.ts';
import type {Finding, Verdict} from './verdict/verdict.ts';

/** A hop that can be held against the rules. */
export interface JudgedHop extends Hop {
	/** What the rules about hops say of it; while no follow-up came, those about redirects alone. */
	findings(): readonly Finding[];
	/**
	 * Wants the method, the body and the headers of the redirected request in the follow-up; with
	 * `what`, only the parts that it names, or those values that it gives.
	 *
	 * @returns what was compared, by part; where a request was answered before its body had ended, only
	 *   what came of it can be
	 * @throws AssertionError with `actual`, `expected` and a text that explains
	 */
	assertPreserved(what?: Preserved): Compared;
	/** The hop as text for people: what was sent, told, and sent then, and what the rules say. */
	toString(): string;
}

/** A judged hop whose follow-up came. */
export type FollowedJudgedHop = JudgedHop & FollowedHop;

/** The certificate authority of a double, which is made in memory when it is first needed. */
export interface CertificateAuthority {
	/** The certificate that a client is to trust, in PEM. */
	pem(): Promise<string>;
	/**
	 * The absolute path of a file with that certificate, for clients that want one; removed when the
	 * double is closed.
	 *
	 * @throws FollowthroughError DOUBLE_CLOSED
	 */
	file(): Promise<string>;
}

/** How it is waited until nothing more comes. */
export interface SettleOptions extends WaitOptions {
	/** Milliseconds in which nothing has happened; 100 unless told. */
	readonly quiet?: number;
}

/** How another scenario is brought on. `ports` names origins of the new scenario that have no listener yet. */
export type SwapOptions = Pick<StartOptions, 'ports'>;

/** What is told of the course of a double. What these functions throw comes back to who has made the change. */
export interface DoubleListener {
	/** Another phase has begun: by `switchTo`, with an answer of the scenario, by a swap or by a reset. */
	phase?(phase: string): void;
	/** Another scenario is played, with the phase that is told next, if that is another one. */
	scenario?(scenario: Scenario): void;
}

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
	 * Addresses that origins had in scenarios which were played before a swap, the oldest first: recorded
	 * Host fields and Locations name them. Empty where all origins stayed.
	 */
	readonly formerOrigins: Double['origins'];
	/**
	 * The local form of a documented URL, such as `https://api.example.test/uploads/123`.
	 *
	 * @throws FollowthroughError ORIGIN_UNKNOWN when the scenario has no such origin
	 */
	urlOf(documented: string): string;

	/**
	 * The forward proxy, such as `http://127.0.0.1:41300`: a client that uses it sends the documented
	 * URLs as they are, and gets each Location as documented. A request for an origin that the scenario
	 * does not name is refused with 502 and recorded; nothing is ever forwarded.
	 */
	readonly proxy: string;
	/** The CA of the double's certificates, for https at its listeners and through the proxy. */
	readonly ca: CertificateAuthority;
	/**
	 * The environment for a process whose client is to go through the proxy and to trust the CA:
	 * HTTP_PROXY, HTTPS_PROXY, SSL_CERT_FILE, CURL_CA_BUNDLE, REQUESTS_CA_BUNDLE, NODE_EXTRA_CA_CERTS,
	 * NODE_USE_ENV_PROXY and others. Node reads some of them when it starts: they are for child processes.
	 *
	 * @throws FollowthroughError DOUBLE_CLOSED
	 */
	env(): Promise<Readonly<Record<string, string>>>;
	/**
	 * By documented origin, where its listener is in the form of curl's option --connect-to, such as
	 * `api.example.test:443:127.0.0.1:41234`. A client that is led so gets each Location as documented.
	 */
	resolve(): Readonly<Record<string, string>>;

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
	/** A hop of the journal, such as one of a chain, with the questions. */
	judged(hop: Hop): JudgedHop;
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
	/**
	 * The verdict as text for people.
	 *
	 * @throws FollowthroughError OPTION_INVALID for `pages` that are no text and not `false`
	 */
	report(options?: ReportOptions): string;
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
	settle(options?: SettleOptions): Promise<void>;

	/** The phase that the double is in; undefined when the scenario has none. */
	readonly phase: string | undefined;
	/** @throws FollowthroughError PHASE_UNKNOWN, with the phases that there are */
	switchTo(phase: string): void;
	/**
	 * Has another scenario played from now on. The journal stays, with hops and links, and so do the
	 * addresses of origins that both name, the proxy, and what was added to apps. Exchanges under way end
	 * with the scenario that they began with; listeners of origins that are named no more close when none
	 * goes on there. The phase stays where the new scenario has it, sequences begin anew, and what is judged
	 * is judged by the new scenario. Files are read again; of a module, what it imports itself is not.
	 * Swaps are made one after another.
	 *
	 * @param source one scenario, or several
	 * @throws as `startDouble`, and FollowthroughError DOUBLE_CLOSED; the scenario before is then played on
	 */
	swap(source: ScenarioSource | readonly ScenarioSource[], options?: SwapOptions): Promise<void>;
	/**
	 * Has changes of phase and scenario told, as soon as they are made.
	 *
	 * @returns a function that ends it
	 */
	follow(listener: DoubleListener): () => void;
	/** Back to the beginning: journal, sequences and phase. The addresses stay. */
	reset(): Promise<void>;
	/**
	 * Stops listening, ends all connections and removes temporary files. Records stay readable,
	 * large bodies apart. Calling it again does nothing more.
	 */
	close(): Promise<void>;
}
