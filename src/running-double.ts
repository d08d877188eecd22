import type {Addresses} from './app/addresses.ts';
import type {DoubleApp} from './app/app.ts';
import type {Playback} from './app/playback.ts';
import type {AuthorityOnDemand} from './doors/authority-on-demand.ts';
import {connectTo, proxyVariables} from './doors/client-settings.ts';
import type {Listener} from './doors/listen.ts';
import type {ForwardProxy} from './doors/proxy.ts';
import type {CertificateAuthority, Double, FollowedJudgedHop, JudgedHop} from './double.ts';
import {originOf} from './http/origin.ts';
import {defaultTimeout} from './journal/changes.ts';
import type {Exchange} from './journal/exchange.ts';
import type {Chain} from './journal/hop.ts';
import type {Journal, WaitOptions} from './journal/journal.ts';
import type {Recorder} from './journal/recorder.ts';
import type {Records} from './journal/records.ts';
import {judgedHop} from './judged-hop.ts';
import type {Scenario} from './scenario/types.ts';
import {assertFollowedThrough} from './verdict/assert.ts';
import {assertNoneFollowed} from './verdict/assert-declined.ts';
import {judge} from './verdict/judge.ts';
import {formatVerdict} from './verdict/report.ts';
import type {Surroundings} from './verdict/rule.ts';
import {surroundingsOf} from './verdict/surroundings.ts';
import type {Verdict} from './verdict/verdict.ts';

/** What a running double is made of. */
export interface DoubleParts {
	readonly scenario: Scenario;
	readonly recorder: Recorder;
	readonly playback: Playback;
	readonly addresses: Addresses;
	readonly apps: ReadonlyMap<string, DoubleApp>;
	readonly listeners: readonly Listener[];
	readonly proxy: ForwardProxy;
	readonly authority: AuthorityOnDemand;
	/** The app and the address of the first origin. */
	readonly first: {readonly app: DoubleApp; readonly url: string};
}

/** A double whose listeners are open. */
export class RunningDouble implements Double {
	readonly name: string;
	readonly scenario: Scenario;
	readonly url: string;
	readonly app: DoubleApp;
	readonly origins: Double['origins'];
	readonly proxy: string;
	readonly ca: CertificateAuthority;
	readonly #parts: DoubleParts;
	#closed: Promise<void> | undefined;
	#seen: {records: Records; version: number; surroundings: Surroundings} | undefined;

	constructor(parts: DoubleParts) {
		this.#parts = parts;
		this.name = parts.scenario.name;
		this.scenario = parts.scenario;
		this.url = parts.first.url;
		this.app = parts.first.app;
		this.origins = parts.addresses.entries().map(([documented, url]) => ({documented, url}));
		this.proxy = parts.proxy.url;
		this.ca = parts.authority;
		// Tests pass these on as callbacks, such as `t.teardown(double.close)`.
		this.close = this.close.bind(this);
		this.reset = this.reset.bind(this);
	}

	urlOf(documented: string): string {
		return this.#parts.addresses.urlOf(documented);
	}

	async env(): Promise<Readonly<Record<string, string>>> {
		return proxyVariables({proxy: this.proxy, caFile: await this.ca.file()});
	}

	resolve(): Readonly<Record<string, string>> {
		return connectTo(this.#parts.addresses.entries());
	}

	appOf(documented: string): DoubleApp {
		this.urlOf(documented);
		return this.#parts.apps.get(originOf(documented) ?? '') ?? this.app;
	}

	get journal(): Journal {
		return this.#parts.recorder;
	}

	get exchanges(): readonly Exchange[] {
		return this.journal.exchanges;
	}

	async hop(options?: WaitOptions): Promise<FollowedJudgedHop> {
		return judgedHop(await this.#parts.recorder.hop(options), () => this.#surroundings());
	}

	hops(): readonly JudgedHop[] {
		return this.journal.hops().map(hop => judgedHop(hop, () => this.#surroundings()));
	}

	chain(options?: WaitOptions): Promise<Chain> {
		return this.#parts.recorder.chain(options);
	}

	chains(): readonly Chain[] {
		return this.journal.chains();
	}

	verdict(): Verdict {
		return judge(this.#surroundings());
	}

	report({colors = false}: {colors?: boolean} = {}): string {
		return formatVerdict(this.verdict(), this.#surroundings(), {colors});
	}

	assertFollowedThrough(): void {
		assertFollowedThrough(this.#surroundings());
	}

	async assertDeclined({within}: {within: number}): Promise<void> {
		const waited = await this.#parts.recorder.decline(within);
		assertNoneFollowed(this.#surroundings(), {within, waited});
	}

	async settle({quiet = 100, timeout = defaultTimeout} = {}): Promise<void> {
		await this.#parts.recorder.settle(quiet, timeout);
	}

	get phase(): string | undefined {
		return this.#parts.playback.phase;
	}

	switchTo(phase: string): void {
		this.#parts.playback.switchTo(phase);
	}

	async reset(): Promise<void> {
		this.#parts.playback.reset();
		// What was judged goes with its journal.
		this.#seen = undefined;
		await this.#parts.recorder.reset();
	}

	close(): Promise<void> {
		this.#closed ??= this.#close();
		return this.#closed;
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.close();
	}

	async #close(): Promise<void> {
		const {listeners, proxy, authority, recorder} = this.#parts;
		await Promise.all([...listeners, proxy].map(door => door.close()));
		await Promise.all([recorder.close(), authority.close()]);
	}

	/** What rules look at, made once for each state of the journal: judging many hops stays linear. */
	#surroundings(): Surroundings {
		const {scenario, recorder} = this.#parts;
		const {records} = recorder;
		const {version} = records.changes;
		if (this.#seen?.records !== records || this.#seen.version !== version) {
			const surroundings = surroundingsOf(scenario, recorder);
			this.#seen = {records, version, surroundings};
		}
		return this.#seen.surroundings;
	}
}
