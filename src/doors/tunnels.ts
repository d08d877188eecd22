import type {IncomingMessage, RequestListener} from 'node:http';
import {Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import type {DoubleApp} from '../app/app.ts';
import type {Apps} from '../app/apps.ts';
import type {Stage} from '../app/production.ts';
import {originsOfAuthority} from '../app/refusal.ts';
import type {Recorder} from '../journal/recorder.ts';
import type {Authority, Leaf} from './authority.ts';
import {isTls, withFirstBytes} from './first-bytes.ts';
import {answerConnect} from './http1.ts';
import {Reception} from './reception.ts';

/** What tunnels lead to. */
export interface TunnelParts {
	readonly apps: Apps;
	readonly stage: Stage;
	/** The app for requests that no other takes. */
	readonly refusing: DoubleApp;
	readonly recorder: Recorder;
	readonly authority: () => Promise<Authority>;
	/** What keeps a CONNECT to an origin of the scenario from being taken; the refusing app tells it. */
	readonly faults: WeakMap<IncomingMessage, unknown>;
}

/** A tunnel that a client asked for, to an authority with at least one origin of the scenario. */
interface Tunnel {
	readonly authority: string;
	/** The http origin behind it, when the scenario has it. */
	readonly http?: string | undefined;
	/** The https origin behind it, when the scenario has it. */
	readonly secure?: {readonly origin: string; readonly leaf: Leaf};
}

/**
 * The tunnels of the proxy (RFC 9110, 9.3.6). They end in this process: what comes through one is
 * taken in as at a listener of its origin. Only a CONNECT that is refused is an exchange.
 */
export class Tunnels {
	readonly #parts: TunnelParts;
	readonly #refuse: RequestListener;
	readonly #receptions = new Map<string, Reception>();
	/** Those of origins that are not played any more, while something goes on in a tunnel to one. */
	readonly #leaving = new Set<Reception>();

	constructor(parts: TunnelParts) {
		this.#parts = parts;
		this.#refuse = parts.refusing.callback();
	}

	/** Ends all tunnels. */
	async close(): Promise<void> {
		const receptions = [...this.#receptions.values(), ...this.#leaving];
		await Promise.all(receptions.map(reception => reception.close()));
	}

	/** Ends the tunnels to origins that the scenario does not name any more, each once nothing goes on in it. */
	leave(): void {
		for (const [key, reception] of this.#receptions) {
			if (this.#isPlayed(reception.origin)) continue;
			this.#receptions.delete(key);
			this.#leaving.add(reception);
			void reception.leave().then(() => this.#leaving.delete(reception));
		}
	}

	#isPlayed(origin: string): boolean {
		return this.#parts.stage.production.names(origin);
	}

	/**
	 * Answers a CONNECT.
	 *
	 * @param head the bytes that came behind it, the tunnel's first
	 */
	async open(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
		if (!(socket instanceof Socket)) return void socket.destroy();
		// Node has taken its own listeners off the socket; without one, a reset would end the process.
		socket.on('error', () => socket.destroy());
		// Before anything is waited for: with bytes to be read, the end of the connection stays unread too.
		if (head.length > 0) socket.unshift(head);
		const {recorder} = this.#parts;
		const connection = recorder.connectionOf(socket);
		// Requests before it on the connection are answered first.
		await recorder.untilSealed(connection.open.at(-1)?.recording);
		const tunnel = await this.#tunnelTo(request);
		if (tunnel === undefined) {
			connection.speaks('http/1.1');
			return answerConnect(request, socket, this.#refuse, recorder);
		}
		// A tunnel through which nothing comes is known by this alone.
		const {number, start} = connection;
		recorder.connect(socket, {...start, tunnel: tunnel.authority}, number);
		socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		if (socket.readableEnded) return void socket.end();
		withFirstBytes(
			socket,
			() => true,
			bytes => this.#receive(socket, tunnel, isTls(bytes)),
			() => socket.end(),
		);
	}

	async #tunnelTo(request: IncomingMessage): Promise<Tunnel | undefined> {
		const authority = request.url ?? '';
		const {faults} = this.#parts;
		const origins = originsOfAuthority(authority);
		if (origins === undefined) return undefined;
		const http = this.#isPlayed(origins.http) ? origins.http : undefined;
		if (!this.#isPlayed(origins.https)) return http === undefined ? undefined : {authority, http};
		try {
			const secure = {origin: origins.https, leaf: await this.#leaf(origins.https)};
			return {authority, http, secure};
		} catch (error) {
			faults.set(request, error);
			return undefined;
		}
	}

	async #leaf(origin: string): Promise<Leaf> {
		const authority = await this.#parts.authority();
		return authority.leafFor(new URL(origin).hostname);
	}

	#receive(socket: Socket, {http, secure}: Tunnel, beginsTls: boolean): void {
		// Another scenario may have taken the stage since it was opened.
		if (![http, secure?.origin].some(origin => this.#isPlayed(origin ?? '')))
			return void socket.destroy();
		const {number, start} = this.#parts.recorder.connectionOf(socket);
		if (secure && beginsTls)
			this.#reception(secure.origin, 'app').secure(socket, start, secure.leaf, number);
		// TLS to an http origin is recorded as a listener does it, as bytes that are no HTTP.
		else if (http !== undefined) this.#reception(http, 'app').plain(socket, start, number);
		else if (secure) this.#reception(secure.origin, 'refusing').plain(socket, start, number);
	}

	#reception(origin: string, taker: 'app' | 'refusing'): Reception {
		const key = `${taker} ${origin}`;
		const known = this.#receptions.get(key);
		if (known) return known;
		const {apps, refusing, recorder} = this.#parts;
		const made = new Reception(taker === 'app' ? apps.of(origin) : refusing, origin, recorder);
		this.#receptions.set(key, made);
		return made;
	}
}
