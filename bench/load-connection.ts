import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {bodyOf, bodySize, createdBody, firstPath, secondPath} from './task.ts';

/** What connections share. */
export interface Course {
	readonly port: number;
	/** The number of the next pair's body; undefined when no more pairs are to begin. */
	next(): number | undefined;
	/** A pair was answered as it should be. */
	done(): void;
}

/** One keep-alive connection that sends a request, follows its redirect, and begins anew. */
export class PairConnection {
	readonly #course: Course;
	readonly #authority: string;
	readonly #heads = new Map<string, string>();
	#body = '';
	#came = '';
	#isSecond = false;

	constructor(course: Course) {
		this.#course = course;
		this.#authority = `127.0.0.1:${course.port}`;
	}

	/** Resolves when no more pairs are to begin; rejects at the first answer that is wrong. */
	async run(): Promise<void> {
		const socket = connect({port: this.#course.port, host: '127.0.0.1', noDelay: true});
		await once(socket, 'connect');
		try {
			await new Promise<void>((resolve, reject) => {
				socket.setEncoding('latin1').on('data', (text: string) => {
					try {
						if (!this.#take(socket, text)) resolve();
					} catch (error) {
						reject(error);
					}
				});
				socket.once('error', reject);
				socket.once('close', () => reject(new Error('The server closed the connection.')));
				if (!this.#begin(socket)) resolve();
			});
		} finally {
			socket.destroy();
		}
	}

	#begin(socket: Socket): boolean {
		const number = this.#course.next();
		if (number === undefined) return false;
		this.#body = bodyOf(number);
		this.#isSecond = false;
		this.#send(socket, firstPath);
		return true;
	}

	#send(socket: Socket, path: string): void {
		const head = this.#heads.get(path) ?? this.#headFor(path);
		this.#heads.set(path, head);
		socket.write(head + this.#body, 'latin1');
	}

	#headFor(path: string): string {
		const lines = [
			`POST ${path} HTTP/1.1`,
			`Host: ${this.#authority}`,
			'User-Agent: bench/1',
			'Accept: */*',
			'Content-Type: application/json',
			`Content-Length: ${bodySize}`,
		];
		return `${lines.join('\r\n')}\r\n\r\n`;
	}

	/** Takes in what came; false when this was the last pair. */
	#take(socket: Socket, text: string): boolean {
		this.#came = this.#came === '' ? text : this.#came + text;
		const answer = parse(this.#came);
		if (answer === undefined) return true;
		this.#came = '';
		if (this.#isSecond) {
			wantCreated(answer);
			this.#course.done();
			return this.#begin(socket);
		}
		this.#isSecond = true;
		this.#send(socket, pathFrom(answer, this.#authority));
		return true;
	}
}

interface Answer {
	readonly status: string;
	readonly head: string;
	readonly body: string;
}

/** A whole answer; undefined while some of it is missing. */
function parse(came: string): Answer | undefined {
	const end = came.indexOf('\r\n\r\n');
	if (end < 0) return undefined;
	const head = came.slice(0, end + 2);
	const rest = came.slice(end + 4);
	const status = came.slice(9, 12);
	const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(head)?.[1];
	if (length !== undefined) {
		if (rest.length > Number(length)) throw new Error(`More came than an answer: ${came}`);
		return rest.length === Number(length) ? {status, head, body: rest} : undefined;
	}
	if (!/\r\ntransfer-encoding: *chunked\r\n/i.test(head))
		throw new Error(`An answer without length: ${came}`);
	return rest.endsWith('0\r\n\r\n') ? {status, head, body: unchunked(rest)} : undefined;
}

function unchunked(text: string): string {
	let body = '';
	for (let at = 0; ; ) {
		const end = text.indexOf('\r\n', at);
		const size = Number.parseInt(text.slice(at, end), 16);
		if (!(size > 0)) return body;
		body += text.slice(end + 2, end + 2 + size);
		at = end + 4 + size;
	}
}

function pathFrom({status, head}: Answer, authority: string): string {
	const location = /\r\nlocation: *([^\r]*)\r\n/i.exec(head)?.[1];
	if (status !== '307' || location === undefined) throw new Error(`Not redirected: ${head}`);
	const path = location.startsWith('/') ? location : pathAt(location, authority);
	if (path !== secondPath) throw new Error(`Redirected to elsewhere: ${location}`);
	return path;
}

function pathAt(location: string, authority: string): string | undefined {
	const {host, pathname} = new URL(location);
	return host === authority ? pathname : undefined;
}

function wantCreated({status, head, body}: Answer): void {
	if (status !== '201') throw new Error(`Not created: ${head}`);
	if (body === createdBody) return;
	const {id}: {id?: unknown} = JSON.parse(body);
	if (id !== 123) throw new Error(`Created something else: ${body}`);
}
