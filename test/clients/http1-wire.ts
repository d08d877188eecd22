import type {HeaderLine, HeaderLines} from '../../src/http/header-lines.ts';
import {createGate} from '../helpers/gate.ts';
import {chunked, headOf, RawClient} from '../helpers/raw-client.ts';
import type {Answer, Body, Message} from './fetch-standard.ts';
import type {Dial} from './transports.ts';

/** What HTTP/1.1 leaves to a client. */
export interface WireHabits {
	/** Whether connections are used again; else each request asks to close its own. */
	readonly keepsAlive: boolean;
	/** The letter case of field names. */
	readonly writesNames: 'as given' | 'lower case' | 'upper case';
	/** In how many pieces a body goes out, and the milliseconds between them. */
	readonly pieces: number;
	readonly pause: number;
	/**
	 * When the answer comes before the body has ended: goes on with the body before all else, or while
	 * it does what the answer wants (RFC 9110, 7.5), or gives the connection up.
	 */
	readonly onEarlyAnswer: 'finish first' | 'finish' | 'give up';
	/** How many milliseconds it waits for 100 before it sends the body (RFC 9110, 10.1.1). */
	readonly continueWait: number;
	/** Sends an idempotent request again when a connection that it used before is dead (RFC 9112, 9.3.1). */
	readonly retries: boolean;
}

/** A request that went out. */
export interface Sent {
	/** Method and URL. */
	readonly line: string;
	/** Whether a response came. */
	answered: boolean;
}

interface Connection {
	readonly raw: RawClient;
	readonly form: 'origin' | 'absolute';
}

/** Sends requests over HTTP/1.1, on connections that it keeps by origin. */
export class Http1Wire {
	/** In the order in which they went out. */
	readonly sent: Sent[] = [];
	readonly #dial: Dial;
	readonly #habits: WireHabits;
	readonly #idle = new Map<string, Connection[]>();
	readonly #all = new Set<RawClient>();
	readonly #uploads = new Set<Promise<void>>();

	constructor(dial: Dial, habits: WireHabits) {
		this.#dial = dial;
		this.#habits = habits;
	}

	/** Sends one request, and reads its response to its end. */
	async ask(message: Message): Promise<Answer> {
		const idle = this.#takeIdle(message.url.origin);
		if (idle === undefined) return this.#send(await this.#open(message.url), message);
		const before = idle.raw.socket.bytesRead;
		try {
			return await this.#send(idle, message);
		} catch (error) {
			const isDead = idle.raw.socket.bytesRead === before;
			const mayRepeat = idempotent.has(message.method) && message.body?.isStream !== true;
			if (!isDead || !mayRepeat || !this.#habits.retries) throw error;
		}
		return this.#send(await this.#open(message.url), message);
	}

	/** Waits for bodies that still go out, and leaves. */
	async close(): Promise<void> {
		await Promise.all(this.#uploads);
		for (const raw of this.#all) raw.leave();
	}

	#takeIdle(origin: string): Connection | undefined {
		for (const idle of this.#idle.get(origin)?.splice(0) ?? [])
			if (isOpen(idle)) return idle;
			else idle.raw.leave();
		return undefined;
	}

	async #open(url: URL): Promise<Connection> {
		const {socket, form} = await this.#dial(url.href);
		const raw = new RawClient(socket);
		this.#all.add(raw);
		return {raw, form};
	}

	async #send(connection: Connection, message: Message): Promise<Answer> {
		const {raw} = connection;
		const sent: Sent = {
			line: `${message.method} ${message.url.origin}${message.target}`,
			answered: false,
		};
		this.sent.push(sent);
		raw.send(headOf(this.#linesOf(message, connection)));
		const go = createGate();
		const reading = readAnswer(raw, message.method, go.open).finally(() => {
			sent.answered = true;
			go.open();
		});
		const uploading = this.#upload(message, raw, go.passed, sent);
		try {
			const answer = await reading;
			if (this.#habits.onEarlyAnswer === 'finish first') await uploading;
			this.#release(connection, message.url.origin, uploading, answer);
			return answer;
		} catch (error) {
			sent.answered = false;
			raw.leave();
			throw error;
		}
	}

	#linesOf({method, url, target, headers, body}: Message, {form}: Connection): string[] {
		const place = form === 'origin' ? target : url.origin + target;
		const lines: HeaderLine[] = [
			['Host', url.host],
			...headers.filter(([name]) => sends(name, body)),
			...framingOf(method, body),
			...(this.#habits.keepsAlive ? [] : [['Connection', 'close'] as const]),
		];
		return [
			`${method} ${place} HTTP/1.1`,
			...lines.map(([name, value]) => `${this.#written(name)}: ${value}`),
		];
	}

	#written(name: string): string {
		if (this.#habits.writesNames === 'as given') return name;
		return this.#habits.writesNames === 'lower case' ? name.toLowerCase() : name.toUpperCase();
	}

	/** Sends the body in pieces; whether it went out whole. */
	async #upload(
		{headers, body}: Message,
		raw: RawClient,
		go: Promise<void>,
		sent: Sent,
	): Promise<boolean> {
		if (body === undefined) return true;
		const {pieces, pause, onEarlyAnswer, continueWait} = this.#habits;
		if (headers.some(([name]) => name.toLowerCase() === 'expect' && sends(name, body)))
			await Promise.race([go, later(continueWait)]);
		const bytes = bytesOf(body, pieces);
		const size = Math.ceil(bytes.length / pieces);
		for (let at = 0; at < bytes.length; at += size) {
			if (sent.answered && onEarlyAnswer === 'give up') return false;
			if (!raw.socket.writable) return false;
			raw.send(bytes.subarray(at, at + size));
			if (at + size < bytes.length) await later(pause);
		}
		return true;
	}

	/** Keeps a connection for the next request, once the body of this one is out; or ends it. */
	#release(
		connection: Connection,
		origin: string,
		uploading: Promise<boolean>,
		{headers}: Answer,
	): void {
		const closes = headers.some(
			([name, value]) => name.toLowerCase() === 'connection' && /close/i.test(value),
		);
		const released = uploading.then(whole => {
			this.#uploads.delete(released);
			if (!whole || closes || !this.#habits.keepsAlive) connection.raw.socket.end();
			else this.#idle.set(origin, [...(this.#idle.get(origin) ?? []), connection]);
		});
		this.#uploads.add(released);
	}
}

/** RFC 9110, 9.2.2 and 9.2.1. */
const idempotent = new Set([...['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'QUERY', 'PROPFIND']]);

/** The final response; tells when 100 has come. */
async function readAnswer(raw: RawClient, method: string, onContinue: () => void): Promise<Answer> {
	for (;;) {
		const {status, headers} = await raw.response({bodiless: method === 'HEAD'});
		if (status === 100) onContinue();
		if (status >= 200) return {status, headers};
	}
}

/** There is no expectation without content (RFC 9110, 10.1.1). */
export function sends(name: string, body: Body | undefined): boolean {
	return name.toLowerCase() !== 'expect' || (body !== undefined && body.bytes.length > 0);
}

/** HTTP-network-or-cache fetch: POST and PUT with no body say so. */
function framingOf(method: string, body: Body | undefined): HeaderLines {
	if (body === undefined)
		return method === 'POST' || method === 'PUT' ? [['Content-Length', '0']] : [];
	return body.framing === 'length'
		? [['Content-Length', String(body.bytes.length)]]
		: [['Transfer-Encoding', 'chunked']];
}

function bytesOf({bytes, framing, trailers}: Body, pieces: number): Buffer {
	if (framing === 'length') return bytes;
	const text = bytes.toString('latin1');
	const size = Math.ceil(text.length / pieces);
	const parts = Array.from({length: pieces}, (_, i) => text.slice(i * size, (i + 1) * size));
	const lines = trailers.map(([name, value]) => `${name}: ${value}`);
	return Buffer.from(chunked(parts.filter(Boolean), lines), 'latin1');
}

function isOpen({raw: {socket}}: Connection): boolean {
	return socket.writable && !socket.readableEnded && !socket.destroyed;
}

function later(milliseconds: number): Promise<void> {
	return new Promise(resolve => setTimeout(resolve, milliseconds));
}
