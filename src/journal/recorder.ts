import type {IncomingMessage} from 'node:http';
import type {Socket} from 'node:net';
import {headerLinesFromRaw, headerValue} from '../http/header-lines.ts';
import {maskedUrl} from '../http/secrets.ts';
import {BodyStore} from './body-store.ts';
import {chainsOf} from './chains.ts';
import {timeoutOf} from './changes.ts';
import {type Connection, Connections} from './connections.ts';
import type {Exchange} from './exchange.ts';
import type {Chain, FollowedHop, Hop} from './hop.ts';
import {hopOf} from './hop-list.ts';
import type {Journal, WaitOptions} from './journal.ts';
import {type ReadBody, readBody} from './read-body.ts';
import type {Recording, RequestHead} from './recording.ts';
import {Records} from './records.ts';
import {type CheckJson, nothingRead, StoredBody} from './stored-body.ts';
import {sweepLeftovers} from './temporary-folder.ts';
import {timedOut, waitForChain, waitForHop} from './waits.ts';

/** What a recorder is set up with. */
export interface RecorderOptions {
	/** Names of per-call header fields beside the known ones. */
	readonly callFields: readonly string[];
	/** How many exchanges are kept at the most; Infinity for all. */
	readonly maxExchanges: number;
	/** Checks JSON against a schema, for `body.json(schema)`. */
	readonly checkJson: CheckJson;
}

/** The writing side of a journal, and the journal itself. */
export class Recorder implements Journal {
	readonly #connections = new Connections();
	readonly #options: RecorderOptions;
	readonly #swept = sweepLeftovers();
	#bodies = new BodyStore();
	#records: Records;
	#dropped = 0;

	constructor(options: RecorderOptions) {
		this.#options = options;
		this.#records = this.#begin();
	}

	get records(): Records {
		return this.#records;
	}

	get exchanges(): readonly Exchange[] {
		return this.#records.exchanges;
	}

	get dropped(): number {
		return this.#dropped;
	}

	/** The connection of a socket; numbered when it is first asked for. */
	connectionOf(socket: Socket): Connection {
		return this.#connections.of(socket);
	}

	/** A request's head has arrived on a connection. */
	begin(head: RequestHead, connection: Connection): Recording {
		return this.#records.begin(head, connection.next(), this.#body(nothingRead, head));
	}

	/** Reads the body of a request into its recording; resolves when it has ended or was cut off. */
	async read(recording: Recording, message: IncomingMessage): Promise<void> {
		const {request} = recording.exchange;
		const body = this.#body(await readBody(message, this.#bodies), request);
		recording.endRequest(body, headerLinesFromRaw(message.rawTrailers));
	}

	hops(): readonly Hop[] {
		return this.#records.hops.hops();
	}

	chains(): readonly Chain[] {
		return chainsOf(this.hops());
	}

	hopTo(followUp: Exchange): Hop | undefined {
		const cause = this.#records.linker.causeOf(followUp);
		return cause && hopOf(cause);
	}

	filter(fits: (exchange: Exchange) => boolean): readonly Exchange[] {
		return this.exchanges.filter(exchange => fits(exchange));
	}

	async waitFor(fits: (exchange: Exchange) => boolean, options?: WaitOptions): Promise<Exchange> {
		const timeout = timeoutOf(options?.timeout);
		const records = this.#records;
		const look = () => records.exchanges.find(exchange => exchange.sealed && fits(exchange));
		const found = await records.changes.until(look, timeout);
		if (found === undefined) throw timedOut('No exchange came that fits', records, timeout);
		return found;
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
	 * follow-up count as declined.
	 */
	async decline(within: number): Promise<void> {
		const {changes, hops} = this.#records;
		await changes.until(() => hops.someFollowed || undefined, timeoutOf(within));
		hops.decline();
		changes.notify();
	}

	/**
	 * Waits until nothing has happened for `quiet` milliseconds and no exchange goes on, `timeout`
	 * milliseconds at the most; then redirects without a follow-up count as declined.
	 */
	async settle(quiet: number, timeout: number): Promise<void> {
		const {changes, exchanges, hops} = this.#records;
		const end = performance.now() + timeoutOf(timeout);
		for (let left = timeout; left > 0 && !changes.closed; left = end - performance.now()) {
			const {version} = changes;
			const pause = Math.min(timeoutOf(quiet), left);
			const happened = await changes.until(() => changes.version !== version || undefined, pause);
			if (!happened && exchanges.every(({sealed}) => sealed)) break;
		}
		hops.decline();
		changes.notify();
	}

	[Symbol.asyncIterator](): AsyncGenerator<Exchange, void, undefined> {
		return this.#records.sealed();
	}

	/** Forgets everything: waits end, and exchanges that still go on are recorded no more. */
	async reset(): Promise<void> {
		const bodies = this.#bodies;
		this.#bodies = new BodyStore();
		this.#dropped = 0;
		const {changes} = this.#records;
		this.#records = this.#begin();
		changes.close();
		await bodies.close();
	}

	/** Ends all waits and removes temporary files; the records stay readable, large bodies apart. */
	async close(): Promise<void> {
		this.#records.changes.close();
		await this.#bodies.close();
		await this.#swept;
	}

	#begin(): Records {
		return new Records(this.#options.callFields, () => this.#keepLimit());
	}

	#body(read: ReadBody, {method, url, headers}: RequestHead): StoredBody {
		return new StoredBody(read, {
			owner: `${method} ${maskedUrl(url)}`,
			contentType: headerValue(headers, 'Content-Type'),
			checkJson: this.#options.checkJson,
		});
	}

	/** Drops the oldest sealed exchanges that are too many. */
	#keepLimit(): void {
		const {exchanges, hops} = this.#records;
		while (exchanges.length > this.#options.maxExchanges) {
			const oldest = exchanges.findIndex(exchange => exchange.sealed);
			const [dropped] = exchanges.splice(oldest, 1);
			if (dropped === undefined) return;
			this.#dropped++;
			hops.drop(dropped);
			void this.#bodies.release(dropped.request.body.sha256);
		}
	}
}
