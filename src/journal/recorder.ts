import type {IncomingMessage} from 'node:http';
import {headerLinesFromRaw} from '../http/header-lines.ts';
import {BodyStore} from './body-store.ts';
import {chainsOf} from './chains.ts';
import {timeoutOf} from './changes.ts';
import {
	type Carrier,
	type Connection,
	type ConnectionRecord,
	type ConnectionStart,
	Connections,
} from './connections.ts';
import type {Exchange} from './exchange.ts';
import type {Chain, FollowedHop, Hop} from './hop.ts';
import type {Journal, WaitOptions} from './journal.ts';
import {type BodyReading, readBody} from './read-body.ts';
import type {Recording, RequestHead} from './recording.ts';
import {Records, type RecordsOptions} from './records.ts';
import {SharedBodies} from './shared-bodies.ts';
import {type CheckJson, nothingRead, StoredBody} from './stored-body.ts';
import {sweepLeftovers, sweepLeftoversLater} from './temporary-folder.ts';
import {timedOut, waitForChain, waitForHop} from './waits.ts';

/** What a recorder is set up with. */
export interface RecorderOptions extends RecordsOptions {
	/** How many exchanges are kept at the most; Infinity for all. */
	readonly maxExchanges: number;
	/** How many bytes of each body are kept; all, unless told. */
	readonly maxBodySize?: number;
	/** Checks JSON against a schema, for `body.json(schema)`. */
	readonly checkJson: CheckJson;
}

/** The writing side of a journal, and the journal itself. */
export class Recorder implements Journal {
	readonly #connections: Connections;
	#options: RecorderOptions;
	/** The bodies of records that are forgotten, while exchanges that may read them go on. */
	readonly #lingering = new Map<Records, BodyStore>();
	/** Who waits for the end of an exchange; one at the most, since nothing comes behind who waits. */
	readonly #awaited = new Map<Exchange, () => void>();
	#shared: SharedBodies;
	#bodies: BodyStore;
	#records: Records;
	#dropped = 0;

	constructor(options: RecorderOptions) {
		this.#options = options;
		this.#bodies = new BodyStore({limit: options.maxBodySize});
		this.#shared = new SharedBodies(options.checkJson);
		this.#connections = new Connections(options.maxExchanges !== Number.POSITIVE_INFINITY);
		this.#records = this.#begin();
		sweepLeftoversLater();
	}

	/** More per-call fields, from now on; after a reset they are the only ones beside the known ones. */
	set callFields(callFields: readonly string[]) {
		this.#options = {...this.#options, callFields};
		this.#records.linker.addCallFields(callFields);
	}

	get records(): Records {
		return this.#records;
	}

	get exchanges(): readonly Exchange[] {
		return this.#records.exchanges;
	}

	get connections(): readonly ConnectionRecord[] {
		return this.#connections.list(this.#records.startedAt);
	}

	get startedAt(): number {
		return performance.timeOrigin + this.#records.startedAt;
	}

	get dropped(): number {
		return this.#dropped;
	}

	/** A connection has opened; see Connections.open. */
	connect(carrier: Carrier, start: ConnectionStart, number?: number): Connection {
		return this.#connections.open(carrier, start, number);
	}

	/** A connection carries more than one request at once; see Connections.carry. */
	carry(request: object, connection: Connection): void {
		this.#connections.carry(request, connection);
	}

	/** The connection of what a request names: the socket that a door has opened, or a stream on it. */
	connectionOf(carrier: object): Connection {
		return this.#connections.of(carrier);
	}

	/** A request's head has arrived on a connection. */
	begin(head: RequestHead, connection: Connection): Recording {
		const {checkJson} = this.#options;
		const body = new StoredBody(nothingRead, {request: head, checkJson});
		return this.#records.begin(head, connection.next(), body);
	}

	/** Begins to read the body of a request into its recording. */
	read(recording: Recording, message: IncomingMessage): BodyReading {
		const {request} = recording.exchange;
		const shared = this.#shared;
		return readBody(message, this.#bodies, read => {
			recording.endRequest(shared.of(read, request), headerLinesFromRaw(message.rawTrailers));
		});
	}

	/** Resolves when an exchange is over, a forgotten one too; at once when there is none. */
	async untilSealed(recording: Recording | undefined): Promise<void> {
		if (recording === undefined || recording.exchange.sealed) return;
		await new Promise<void>(resolve => this.#awaited.set(recording.exchange, resolve));
	}

	hops(): readonly Hop[] {
		return this.#records.hops.hops();
	}

	chains(): readonly Chain[] {
		return chainsOf(this.hops());
	}

	hopTo(followUp: Exchange): Hop | undefined {
		const cause = this.#records.linker.causeOf(followUp);
		return cause && this.#records.hops.hopOf(cause);
	}

	hopFrom(redirect: Exchange): Hop | undefined {
		return this.#records.hops.from(redirect);
	}

	filter(fits: (exchange: Exchange) => boolean): readonly Exchange[] {
		return this.exchanges.filter(exchange => fits(exchange));
	}

	async waitFor(fits: (exchange: Exchange) => boolean, options?: WaitOptions): Promise<Exchange> {
		const timeout = timeoutOf(options?.timeout);
		const records = this.#records;
		const look = () => records.exchanges.find(exchange => exchange.sealed && fits(exchange));
		const found = await records.changes.until(look, timeout, options?.signal);
		if (found !== undefined) return found;
		const {connections} = this;
		throw timedOut('No exchange came that fits', {records, connections}, timeout);
	}

	/** The only hop, whole; see waits.ts. */
	hop(options?: WaitOptions): Promise<FollowedHop> {
		return waitForHop(this, options);
	}

	/** The only chain, whole; see waits.ts. */
	chain(options?: WaitOptions): Promise<Chain> {
		return waitForChain(this, options);
	}

	/**
	 * Waits until a redirect is followed, `within` milliseconds at the most; then redirects without a
	 * follow-up count as declined. False when the double was closed or reset before the time was over.
	 */
	async decline(within: number): Promise<boolean> {
		const records = this.#records;
		const {changes, hops} = records;
		await changes.until(() => hops.someFollowed || undefined, timeoutOf(within));
		if (changes.closed) return false;
		records.decline();
		return true;
	}

	/**
	 * Waits until nothing has happened for `quiet` milliseconds and no exchange goes on, `timeout`
	 * milliseconds at the most; then redirects without a follow-up count as declined.
	 */
	async settle(quiet: number, timeout: number, signal?: AbortSignal): Promise<void> {
		const records = this.#records;
		const {changes, exchanges} = records;
		const end = performance.now() + timeoutOf(timeout);
		for (let left = timeout; left > 0 && !changes.closed; left = end - performance.now()) {
			const {version} = changes;
			const pause = Math.min(timeoutOf(quiet), left);
			const look = () => changes.version !== version || undefined;
			const happened = await changes.until(look, pause, signal);
			if (!happened && exchanges.every(({sealed}) => sealed)) break;
		}
		records.decline();
	}

	[Symbol.asyncIterator](): AsyncGenerator<Exchange, void, undefined> {
		return this.#records.sealed();
	}

	/** Forgets everything: waits end, and exchanges that still go on are recorded no more. */
	async reset(): Promise<void> {
		const records = this.#records;
		this.#lingering.set(records, this.#bodies);
		this.#bodies = new BodyStore({limit: this.#options.maxBodySize});
		this.#shared = new SharedBodies(this.#options.checkJson);
		this.#dropped = 0;
		this.#connections.reset();
		this.#records = this.#begin();
		records.changes.close();
		await this.#letGo(records);
	}

	/** Ends all waits and removes temporary files; the records stay readable, large bodies apart. */
	async close(): Promise<void> {
		this.#records.changes.close();
		const stores = [this.#bodies, ...this.#lingering.values()];
		await Promise.all(stores.map(bodies => bodies.close()));
		await sweepLeftovers();
	}

	#begin(): Records {
		const records: Records = new Records(this.#options, exchange => {
			this.#awaited.get(exchange)?.();
			this.#awaited.delete(exchange);
			if (records === this.#records) this.#keepLimit();
			else void this.#letGo(records);
		});
		return records;
	}

	/** Removes the files of forgotten records, when the last of their exchanges is over. */
	async #letGo(records: Records): Promise<void> {
		if (!records.exchanges.every(({sealed}) => sealed)) return;
		await this.#lingering.get(records)?.close();
		this.#lingering.delete(records);
	}

	/** Drops the oldest sealed exchanges that are too many. */
	#keepLimit(): void {
		const {exchanges} = this.#records;
		while (exchanges.length > this.#options.maxExchanges) {
			const oldest = exchanges.findIndex(exchange => exchange.sealed);
			const dropped = exchanges[oldest];
			if (dropped === undefined) return;
			this.#records.drop(dropped);
			this.#dropped++;
			this.#connections.dropped(dropped.connection.number);
			void this.#bodies.release(dropped.request.body);
		}
	}
}
