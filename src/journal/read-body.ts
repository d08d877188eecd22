import type {IncomingMessage} from 'node:http';
import type {BodyStore, StoredContent} from './body-store.ts';
import type {BodyWriter} from './body-writer.ts';
import {giveBack} from './give-back.ts';
import {http2StreamOf} from './http2-stream.ts';

/** A body as it came in: its content, and whether the message reached its end. */
export interface ReadBody extends StoredContent {
	readonly complete: boolean;
}

/** A request's body while it comes in. */
export interface BodyReading {
	/** How many bytes have come so far. */
	readonly size: number;
	/** Whether the body has come to its end, or was cut off. Its content may be stored a little later. */
	readonly ended: boolean;
	/** Whether it was cut off before its end. */
	readonly cut: boolean;
	/** Whether it waits for the client: not paused, and not busy with storing what came. */
	readonly idle: boolean;
	/**
	 * Resolves when so many bytes have come, or no more will; Infinity waits for the end. When the
	 * body has ended, it is stored before this resolves.
	 */
	until(size: number): Promise<void>;
	/** Stops to read from the connection; what the platform has read already is kept back. */
	pause(): void;
	/** Goes on reading. */
	resume(): void;
	/** The connection is over, which the platform does not tell a request that was answered before its end. */
	abandon(): void;
	/** Resolves when the body has ended or was cut off, and is stored and recorded. */
	readonly done: Promise<void>;
}

/**
 * Takes a request's body into the store, with no more of it in memory than the store's limit.
 *
 * @param keep is given the body when it has ended or was cut off; what came until then is kept
 */
export function readBody(
	request: IncomingMessage,
	store: BodyStore,
	keep: (body: ReadBody) => void,
): BodyReading {
	// The parser of HTTP/1 gives each piece memory of its own; on HTTP/2, several share what was read at once.
	const spent = http2StreamOf(request) === undefined ? giveBack : undefined;
	return new Reading(request, store.writer(spent), keep);
}

class Reading implements BodyReading {
	readonly done: Promise<void>;
	readonly #request: IncomingMessage;
	readonly #writer: BodyWriter;
	readonly #keep: (body: ReadBody) => void;
	readonly #waiting: {readonly size: number; readonly wake: () => void}[] = [];
	/** What waits for the disk; absent as long as nothing had to. */
	#pending: Promise<void> | undefined;
	#size = 0;
	#isEnded = false;
	#isWhole = false;
	#isPaused = false;
	#writes = 0;
	#resolve: (recorded: void | Promise<void>) => void = () => {};

	constructor(request: IncomingMessage, writer: BodyWriter, keep: (body: ReadBody) => void) {
		this.#request = request;
		this.#writer = writer;
		this.#keep = keep;
		this.done = new Promise(resolve => {
			this.#resolve = resolve;
		});
		// Who waits for it gets the error; where nobody does, it must not end the process.
		this.done.catch(() => undefined);
		request.on('data', this.#take);
		request.on('end', this.#finish);
		// A client that leaves raises an error here, which says no more than `complete` does.
		request.on('error', this.#finish);
		request.on('close', this.#finish);
	}

	get size(): number {
		return this.#size;
	}

	get ended(): boolean {
		return this.#isEnded;
	}

	get cut(): boolean {
		return this.#isEnded && !this.#isWhole;
	}

	get idle(): boolean {
		return !this.#isPaused && this.#writes === 0;
	}

	until(size: number): Promise<void> {
		if (this.#isEnded || size === Number.POSITIVE_INFINITY) return this.done;
		if (this.#size >= size) return Promise.resolve();
		return new Promise<void>(wake => this.#waiting.push({size, wake})).then(() =>
			this.#isEnded ? this.done : undefined,
		);
	}

	pause(): void {
		this.#isPaused = true;
		this.#request.pause();
	}

	resume(): void {
		this.#isPaused = false;
		if (this.#writes === 0) this.#request.resume();
	}

	abandon(): void {
		this.#finish();
	}

	readonly #take = (piece: Buffer): void => {
		this.#size += piece.length;
		if (this.#writes === 0 && this.#writer.fits(piece)) this.#writer.add(piece);
		else this.#write(piece);
		this.#wake();
	};

	/** Reading pauses while a piece is written, so that memory holds one piece and no queue. */
	#write(piece: Buffer): void {
		this.#request.pause();
		this.#writes++;
		this.#pending = this.#writeAfter(this.#pending, piece);
	}

	async #writeAfter(pending: Promise<void> | undefined, piece: Buffer): Promise<void> {
		await pending;
		await this.#writer.write(piece);
		this.#writes--;
		if (this.idle) this.#request.resume();
	}

	#wake(): void {
		for (let index = this.#waiting.length - 1; index >= 0; index--) {
			const waiter = this.#waiting[index];
			if (waiter === undefined || (waiter.size > this.#size && !this.#isEnded)) continue;
			this.#waiting.splice(index, 1);
			waiter.wake();
		}
	}

	readonly #finish = (): void => {
		if (this.#isEnded) return;
		if (!this.#request.readableEnded) this.#takeRest();
		this.#isWhole = this.#isComplete();
		this.#isEnded = true;
		this.#wake();
		this.#settle();
	};

	/** What came while reading paused is still there when the client has left. */
	#takeRest(): void {
		this.#request.off('data', this.#take);
		for (let piece = this.#request.read(); piece !== null; piece = this.#request.read())
			this.#take(piece);
	}

	/** Stores and records what came: at once when it is in memory, as most bodies are. */
	#settle(): void {
		try {
			const stored = this.#pending?.then(() => this.#writer.end()) ?? this.#writer.end();
			if (stored instanceof Promise) this.#resolve(stored.then(each => this.#record(each)));
			else this.#resolve(this.#record(stored));
		} catch (error) {
			this.#resolve(Promise.reject(error));
		}
	}

	#record({content, sha256}: StoredContent): void {
		this.#keep({content, sha256, complete: this.#isWhole});
	}

	/**
	 * On HTTP/2, a stream that was reset ends like one whose message is whole, and is always 'complete'.
	 * So does one that goes down with its connection in good order, but then it is destroyed before its end.
	 */
	#isComplete(): boolean {
		const {complete, aborted, headers} = this.#request;
		const stream = http2StreamOf(this.#request);
		if (stream === undefined) return complete;
		const {rstCode, readableEnded, destroyed} = stream;
		const {'content-length': length} = headers;
		const isAsAnnounced = length === undefined ? !destroyed : Number(length) === this.#size;
		return !aborted && rstCode === 0 && readableEnded && isAsAnnounced;
	}
}
