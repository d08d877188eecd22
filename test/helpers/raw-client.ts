import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import type {HeaderLine, HeaderLines} from '../../src/http/header-lines.ts';

/** A response as its bytes say it; nothing of it is decoded but the transfer coding. */
export interface RawResponse {
	/** Such as `HTTP/1.1 307 Temporary Redirect`. */
	readonly statusLine: string;
	readonly status: number;
	/** The field lines in order and case, their bytes as Latin-1. */
	readonly headers: HeaderLines;
	readonly body: Buffer;
}

/** A client that sends what it is told, byte for byte, and reads what comes back. */
export class RawClient {
	readonly socket: Socket;
	#received = Buffer.alloc(0);
	#closed = false;

	constructor(socket: Socket) {
		this.socket = socket;
		socket.on('data', (piece: Buffer) => {
			this.#received = Buffer.concat([this.#received, piece]);
		});
		socket.once('close', () => {
			this.#closed = true;
		});
		// A connection that breaks tells so by closing.
		socket.on('error', () => {});
	}

	/** Sends bytes; text goes out as Latin-1, one byte for each character. */
	send(bytes: string | Uint8Array): void {
		this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
	}

	/** The next response; `bodiless` for one to HEAD. Rejects when the connection closes before its end. */
	async response({bodiless = false} = {}): Promise<RawResponse> {
		for (;;) {
			const read = readResponse(this.#received, bodiless);
			if (read !== undefined) {
				this.#received = this.#received.subarray(read.size);
				return read.response;
			}
			if (this.#closed) throw new Error(`The connection closed after ${this.#received}`);
			await changed(this.socket);
		}
	}

	/** Everything that came and was not taken as a response, once the connection has closed. */
	async rest(): Promise<Buffer> {
		while (!this.#closed) await changed(this.socket);
		return this.#received;
	}

	/** Ends the connection at once. */
	leave(): void {
		this.socket.destroy();
	}

	[Symbol.dispose](): void {
		this.leave();
	}
}

/**
 * Connects to where a URL points, such as a double's `url`. With `allowHalfOpen`, its side stays open
 * when the server has ended its own.
 */
export async function connectTo(url: string, {allowHalfOpen = false} = {}): Promise<RawClient> {
	const {hostname, port} = new URL(url);
	const socket = connect({port: Number(port), host: hostname, allowHalfOpen});
	await once(socket, 'connect');
	return new RawClient(socket);
}

/** Sends one request on a connection of its own and returns the response. */
export async function ask(
	url: string,
	head: readonly string[],
	body: string | Uint8Array = '',
): Promise<RawResponse> {
	using client = await connectTo(url);
	client.send(headOf(head));
	client.send(body);
	return await client.response({bodiless: head[0]?.startsWith('HEAD ') === true});
}

/** The bytes of a message's head: each line ended, and an empty line after them. */
export function headOf(lines: readonly string[]): string {
	return [...lines, '', ''].join('\r\n');
}

/** A body in one chunk for each piece, with trailer lines behind it. */
export function chunked(pieces: readonly string[], trailers: readonly string[] = []): string {
	const chunks = pieces.map(piece => `${piece.length.toString(16)}\r\n${piece}\r\n`);
	return [...chunks, '0\r\n', ...trailers.map(line => `${line}\r\n`), '\r\n'].join('');
}

function changed(socket: Socket): Promise<void> {
	return new Promise(resolve => {
		const done = () => {
			socket.off('data', done).off('close', done);
			resolve();
		};
		socket.on('data', done).on('close', done);
	});
}

function readResponse(
	bytes: Buffer,
	bodiless: boolean,
): {response: RawResponse; size: number} | undefined {
	const end = bytes.indexOf('\r\n\r\n');
	if (end < 0) return undefined;
	const [statusLine = '', ...fields] = bytes.subarray(0, end).toString('latin1').split('\r\n');
	const headers = fields.map((line): HeaderLine => {
		const colon = line.indexOf(':');
		return [line.slice(0, colon), line.slice(colon + 1).trim()];
	});
	const status = Number(statusLine.split(' ')[1]);
	const empty = bodiless || status === 204 || status === 304;
	const read = empty
		? {body: Buffer.alloc(0), size: 0}
		: readBody(bytes.subarray(end + 4), fieldOf(headers));
	if (read === undefined) return undefined;
	return {response: {statusLine, status, headers, body: read.body}, size: end + 4 + read.size};
}

function fieldOf(headers: HeaderLines): (name: string) => string | undefined {
	return name => headers.find(([field]) => field.toLowerCase() === name)?.[1];
}

function readBody(
	bytes: Buffer,
	field: (name: string) => string | undefined,
): {body: Buffer; size: number} | undefined {
	if (field('transfer-encoding') === 'chunked') return readChunks(bytes);
	const size = Number(field('content-length') ?? 0);
	return bytes.length < size ? undefined : {body: bytes.subarray(0, size), size};
}

function readChunks(bytes: Buffer): {body: Buffer; size: number} | undefined {
	const pieces: Buffer[] = [];
	for (let at = 0; ; ) {
		const line = bytes.indexOf('\r\n', at);
		if (line < 0) return undefined;
		const size = Number.parseInt(bytes.subarray(at, line).toString('latin1'), 16);
		const start = line + 2;
		if (bytes.length < start + size + 2) return undefined;
		if (size === 0) return {body: Buffer.concat(pieces), size: start + 2};
		pieces.push(bytes.subarray(start, start + size));
		at = start + size + 2;
	}
}
