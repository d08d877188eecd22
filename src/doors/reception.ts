import type {Socket} from 'node:net';
import type {DoubleApp} from '../app/app.ts';
import type {Connection, ConnectionStart} from '../journal/connections.ts';
import type {Recorder} from '../journal/recorder.ts';
import type {Leaf} from './authority.ts';
import {isHttp2, isTls, withFirstBytes} from './first-bytes.ts';
import {Http1} from './http1.ts';
import type {Http2} from './http2.ts';
import {defaultLimits, type Limits} from './limits.ts';
import {answerMalformed, recordFault, tooSlow, unfinished} from './malformed.ts';
import type {Secured} from './tls.ts';

/**
 * Takes connections for one origin and speaks with each what its client speaks: HTTP/1, HTTP/2 with
 * prior knowledge (RFC 9113, 3.3), or TLS with either inside it. All of it goes to the origin's app.
 */
export class Reception {
	readonly #answer: ReturnType<DoubleApp['callback']>;
	/** The documented origin that its connections are for. */
	readonly origin: string;
	readonly #recorder: Recorder;
	/** Of TLS, what is beneath it, too. */
	readonly #sockets = new Map<Socket, Connection>();
	readonly #http1: Http1;
	readonly #limits: Limits;
	#http2: Promise<Http2> | undefined;
	#closed = false;

	/** @param origin the documented origin, such as `https://api.example.test` */
	constructor(app: DoubleApp, origin: string, recorder: Recorder, limits = defaultLimits) {
		this.#answer = app.callback();
		this.origin = origin;
		this.#recorder = recorder;
		this.#limits = limits;
		this.#http1 = new Http1(this.#answer, origin, recorder, undefined, limits);
	}

	/**
	 * Takes a connection on which nothing is secured.
	 *
	 * @param number the one that it has, when it was opened before
	 */
	plain(socket: Socket, start: ConnectionStart, number?: number): void {
		const connection = this.#recorder.connect(socket, start, number);
		if (this.#keep(socket, connection)) this.#listen(socket, connection);
	}

	/** Takes a connection of which its first byte tells whether TLS begins on it; only then, `leaf` is asked for. */
	either(socket: Socket, start: ConnectionStart, leaf: () => Promise<Leaf>): void {
		const connection = this.#recorder.connect(socket, start);
		if (this.#keep(socket, connection)) this.#listen(socket, connection, leaf);
	}

	/**
	 * Takes a connection on which TLS begins. What comes inside it is HTTP/2 where ALPN agrees on it,
	 * and HTTP/1 otherwise. A handshake that fails is recorded as a malformed message.
	 *
	 * @param number the one that it has, when it was opened before
	 */
	secure(socket: Socket, start: ConnectionStart, leaf: Leaf, number?: number): void {
		const connection = this.#recorder.connect(socket, start, number);
		if (this.#keep(socket, connection))
			void this.#shakeHands(socket, connection, Promise.resolve(leaf));
	}

	/** Takes no more connections, and ends each once no exchange goes on on it. */
	async leave(): Promise<void> {
		this.#closed = true;
		await Promise.all(
			[...this.#sockets].map(async ([socket, connection]) => {
				await connection.untilIdle();
				socket.destroy();
			}),
		);
		this.#http1.close();
	}

	/** Ends all connections, and takes no more. */
	async close(): Promise<void> {
		this.#closed = true;
		this.#http1.close();
		const sockets = [...this.#sockets.keys()];
		const closing = sockets.map(
			socket => new Promise<void>(resolve => socket.once('close', () => resolve())),
		);
		for (const socket of sockets) socket.destroy();
		await Promise.all(closing);
	}

	/** False for a connection that has ended, or comes too late. */
	#keep(socket: Socket, connection: Connection): boolean {
		if (this.#closed || socket.destroyed) {
			socket.destroy();
			return false;
		}
		this.#sockets.set(socket, connection);
		socket.once('close', () => this.#sockets.delete(socket));
		// A connection that breaks tells so by closing; without a listener it would end the process.
		socket.on('error', () => {});
		return true;
	}

	#listen(socket: Socket, connection: Connection, leaf?: () => Promise<Leaf>): void {
		const beginsTls = (bytes: Buffer) => leaf !== undefined && isTls(bytes);
		withFirstBytes(
			socket,
			bytes => beginsTls(bytes) || isHttp2(bytes) !== undefined,
			bytes => {
				if (leaf && beginsTls(bytes)) void this.#shakeHands(socket, connection, leaf());
				else if (isHttp2(bytes)) void this.#speakHttp2(socket, connection, bytes);
				else this.#speakHttp1(socket, connection);
			},
			bytes => this.#leave(socket, bytes),
			{
				milliseconds: this.#limits.headTimeout,
				late: bytes => answerMalformed(tooSlow(bytes), socket, this.origin, this.#recorder),
			},
		);
	}

	#speakHttp1(socket: Socket, connection: Connection): void {
		connection.speaks('http/1.1');
		this.#http1.accept(socket, connection);
	}

	async #speakHttp2(socket: Socket, connection: Connection, first: Buffer): Promise<void> {
		connection.speaks('h2');
		this.#http2 ??= import('./http2.ts').then(
			({Http2}) => new Http2(this.#answer, this.origin, this.#recorder),
		);
		const http2 = await this.#http2;
		if (!socket.destroyed) http2.accept(socket, connection, first);
	}

	async #shakeHands(socket: Socket, connection: Connection, coming: Promise<Leaf>): Promise<void> {
		const ready = await Promise.all([import('./tls.ts'), coming]).catch((error: unknown) =>
			this.#giveUp(socket, connection, error),
		);
		if (ready === undefined || socket.destroyed) return;
		const [{secured}, leaf] = ready;
		secured(socket, {
			connection,
			leaf,
			origin: this.origin,
			recorder: this.#recorder,
			limits: this.#limits,
			accept: inside => this.#welcome(inside, socket, connection),
			isEnding: () => this.#closed,
		});
	}

	/** TLS can't begin: that is no fault of the client, but it would wait for ever. */
	#giveUp(socket: Socket, connection: Connection, error: unknown): undefined {
		if (!this.#closed) {
			const words = error instanceof Error ? error.message : String(error);
			recordFault(socket, connection, this.origin, this.#recorder, {
				code: 'ERR_TLS_CERT_UNAVAILABLE',
				message: `the double has no certificate for ${this.origin}: ${words}`,
				bytes: new Uint8Array(socket.read() ?? []),
			});
		}
		socket.destroy();
	}

	/** The handshake is done: the same connection, with more known of it. */
	#welcome({socket, facts}: Secured, beneath: Socket, {number, start}: Connection): void {
		const connection = this.#recorder.connect(socket, {...start, tls: facts}, number);
		if (!this.#keep(socket, connection)) return;
		this.#sockets.set(beneath, connection);
		// Before its first byte, nothing is late.
		withFirstBytes(
			socket,
			() => true,
			bytes =>
				facts.alpn === 'h2'
					? void this.#speakHttp2(socket, connection, bytes)
					: this.#speakHttp1(socket, connection),
			() => socket.end(),
		);
	}

	/** The client sends no more: it has left, or broken off in what could have become HTTP/2. */
	#leave(socket: Socket, bytes: Buffer): void {
		if (bytes.length === 0) socket.end();
		else answerMalformed(unfinished(bytes), socket, this.origin, this.#recorder);
	}
}
