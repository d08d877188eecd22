import {Addresses} from './app/addresses.ts';
import type {DoubleApp} from './app/app.ts';
import type {Apps} from './app/apps.ts';
import {Production, type Stage} from './app/production.ts';
import type {AuthorityOnDemand} from './doors/authority-on-demand.ts';
import {connectTo, proxyVariables} from './doors/client-settings.ts';
import type {Doors} from './doors/doors.ts';
import type {
	CertificateAuthority,
	Double,
	DoubleListener,
	FollowedJudgedHop,
	JudgedHop,
	SettleOptions,
	SwapOptions,
} from './double.ts';
import {originOf} from './http/origin.ts';
import {defaultTimeout} from './journal/changes.ts';
import type {Exchange} from './journal/exchange.ts';
import type {Chain, Hop} from './journal/hop.ts';
import type {Journal, WaitOptions} from './journal/journal.ts';
import type {Recorder} from './journal/recorder.ts';
import {judgedHop} from './judged-hop.ts';
import {assertKnownNames} from './scenario/known-names.ts';
import type {Scenario} from './scenario/types.ts';
import {readSource, type ScenarioSource} from './scenario-source.ts';
import {portsOf} from './start-options.ts';
import {assertFollowedThrough} from './verdict/assert.ts';
import {assertNoneFollowed} from './verdict/assert-declined.ts';
import type {ReportOptions} from './verdict/finding-text.ts';
import {judge} from './verdict/judge.ts';
import {LatestSurroundings} from './verdict/latest-surroundings.ts';
import {formatVerdict} from './verdict/report.ts';
import type {Surroundings} from './verdict/rule.ts';
import {cleanPages} from './verdict/rule-page.ts';
import type {Verdict} from './verdict/verdict.ts';

/** What a running double is made of. */
export interface DoubleParts {
	readonly recorder: Recorder;
	readonly stage: Stage;
	readonly apps: Apps;
	readonly doors: Doors;
	readonly authority: AuthorityOnDemand;
}

/** A double whose listeners are open. */
export class RunningDouble implements Double {
	readonly proxy: string;
	readonly ca: CertificateAuthority;
	readonly #parts: DoubleParts;
	#closed: Promise<void> | undefined;
	/** Settles when the swaps that were asked for are done. */
	#swapping: Promise<unknown> = Promise.resolve();
	readonly #listeners = new Set<DoubleListener>();
	readonly #latest = new LatestSurroundings();

	constructor(parts: DoubleParts) {
		this.#parts = parts;
		this.proxy = parts.doors.proxy.url;
		this.ca = parts.authority;
		// Tests pass these on as callbacks, such as `t.teardown(double.close)`.
		this.close = this.close.bind(this);
		this.#tellPhasesOf(this.#production);
		this.reset = this.reset.bind(this);
	}

	get #production(): Production {
		return this.#parts.stage.production;
	}

	get name(): string {
		return this.scenario.name;
	}

	get scenario(): Scenario {
		return this.#production.compiled.scenario;
	}

	get url(): string {
		return this.urlOf(this.#firstOrigin);
	}

	get origins(): Double['origins'] {
		const entries = this.#production.addresses.entries();
		return entries.map(([documented, url]) => ({documented, url}));
	}

	get formerOrigins(): Double['origins'] {
		return this.#parts.doors.formerAddresses;
	}

	get #firstOrigin(): string {
		const [first] = this.#production.compiled.origins;
		if (first === undefined) throw new Error('A scenario has at least one route.');
		return first;
	}

	urlOf(documented: string): string {
		return this.#production.addresses.urlOf(documented);
	}

	async env(): Promise<Readonly<Record<string, string>>> {
		return proxyVariables({proxy: this.proxy, caFile: await this.ca.file()});
	}

	resolve(): Readonly<Record<string, string>> {
		return connectTo(this.#production.addresses.entries());
	}

	get app(): DoubleApp {
		return this.#parts.apps.of(this.#firstOrigin);
	}

	appOf(documented: string): DoubleApp {
		this.urlOf(documented);
		return this.#parts.apps.of(originOf(documented) ?? this.#firstOrigin);
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
		return this.journal.hops().map(hop => this.judged(hop));
	}

	judged(hop: Hop): JudgedHop {
		return judgedHop(hop, () => this.#surroundings());
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

	report({colors = false, pages}: ReportOptions = {}): string {
		const look = {colors, ...(pages !== undefined && {pages: cleanPages(pages)})};
		return formatVerdict(this.verdict(), this.#surroundings(), look);
	}

	assertFollowedThrough(): void {
		assertFollowedThrough(this.#surroundings());
	}

	async assertDeclined({within}: {within: number}): Promise<void> {
		const waited = await this.#parts.recorder.decline(within);
		assertNoneFollowed(this.#surroundings(), {within, waited});
	}

	async settle({quiet = 100, timeout = defaultTimeout, signal}: SettleOptions = {}): Promise<void> {
		await this.#parts.recorder.settle(quiet, timeout, signal);
	}

	get phase(): string | undefined {
		return this.#production.playback.phase;
	}

	switchTo(phase: string): void {
		this.#production.playback.switchTo(phase);
	}

	swap(
		source: ScenarioSource | readonly ScenarioSource[],
		options: SwapOptions = {},
	): Promise<void> {
		const swapped = this.#swapping.then(() => this.#swap(source, options));
		this.#swapping = swapped.catch(() => {});
		return swapped;
	}

	async #swap(
		source: ScenarioSource | readonly ScenarioSource[],
		options: SwapOptions,
	): Promise<void> {
		const {doors, recorder, stage} = this.#parts;
		doors.assertOpen();
		assertKnownNames('swap', options, ['ports']);
		const compiled = await readSource(source, {anew: true});
		const addresses = new Addresses();
		await doors.admit(compiled.origins, portsOf(options, compiled), addresses);
		const {phase: before} = this;
		// From here on nothing is awaited until all is in its place.
		stage.production = new Production(compiled, addresses, before);
		this.#tellPhasesOf(stage.production);
		recorder.callFields = compiled.scenario.callHeaders;
		doors.leave();
		for (const listener of [...this.#listeners]) listener.scenario?.(compiled.scenario);
		if (this.phase !== undefined && this.phase !== before) this.#tellPhase(this.phase);
	}

	follow(listener: DoubleListener): () => void {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	/** An exchange may still go on with a production that was replaced: its phases are told to nobody. */
	#tellPhasesOf(production: Production): void {
		production.playback.onPhase = phase => {
			if (production === this.#production) this.#tellPhase(phase);
		};
	}

	#tellPhase(phase: string): void {
		for (const listener of [...this.#listeners]) listener.phase?.(phase);
	}

	async reset(): Promise<void> {
		this.#latest.forget();
		const emptied = this.#parts.recorder.reset();
		// Who is told of the phase sees the new journal.
		this.#production.playback.reset();
		await emptied;
	}

	close(): Promise<void> {
		this.#closed ??= this.#close();
		return this.#closed;
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.close();
	}

	async #close(): Promise<void> {
		const {doors, authority, recorder} = this.#parts;
		await doors.close();
		await Promise.all([recorder.close(), authority.close()]);
	}

	#surroundings(): Surroundings {
		return this.#latest.of(this.scenario, this.#parts.recorder);
	}
}
