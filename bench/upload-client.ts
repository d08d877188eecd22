/** A client that uploads and follows a redirect as curl does, in a process of its own. */

import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {firstPath, secondPath} from './task.ts';

/** What it is asked to send. */
export interface Upload {
	readonly port: number;
	/** In bytes. */
	readonly size: number;
	/** Whether it waits for 100 Continue before it sends a body. */
	readonly expects: boolean;
}

/** What came of it. */
export interface Uploaded {
	readonly seconds: number;
	/** Bytes of the body that were sent to the first address. */
	readonly sentFirst: number;
	readonly fault?: string;
}

const pieceSize = 1024 * 1024;
/** One is stamped and sent while the others may still be on their way. */
const pieces = Array.from({length: 4}, () => randomBytes(pieceSize));
for (const piece of pieces) pieces[0]?.copy(piece);

process.once('disconnect', () => process.exit());
process.on('message', async (upload: Upload) => {
	const began = performance.now();
	try {
		const sentFirst = await redirected(upload);
		const seconds = (performance.now() - began) / 1000;
		process.send?.({seconds, sentFirst} satisfies Uploaded);
	} catch (error) {
		process.send?.({seconds: 0, sentFirst: 0, fault: String(error)} satisfies Uploaded);
	}
});

/** Uploads to the first address and then to where it is led; resolves with the bytes of the first body. */
async function redirected(upload: Upload): Promise<number> {
	await using first = await Exchange.open(upload.port);
	const sent = await first.put(firstPath, upload);
	wanted(await first.answer(), '307');
	// What was not sent whole leaves a connection on which nothing else can be sent (RFC 9112, 9.3).
	if (sent === upload.size) {
		await first.put(secondPath, upload);
		wanted(await first.answer(), '201');
		return sent;
	}
	first.leave();
	await using second = await Exchange.open(upload.port);
	await second.put(secondPath, upload);
	wanted(await second.answer(), '201');
	return sent;
}

function wanted(head: string, status: string): void {
	const isThere = status !== '307' || head.toLowerCase().includes(`location: ${secondPath}`);
	if (!head.startsWith(`HTTP/1.1 ${status}`) || !isThere)
		throw new Error(`${status} was wanted; came: ${head}`);
}

class Exchange implements AsyncDisposable {
	readonly #socket: Socket;
	#came = '';
	#error: Error | undefined;
	#wake: () => void = () => {};

	static async open(port: number): Promise<Exchange> {
		const socket = connect({port, host: '127.0.0.1', noDelay: true});
		await once(socket, 'connect');
		return new Exchange(socket);
	}

	constructor(socket: Socket) {
		this.#socket = socket;
		socket.setEncoding('latin1').on('data', text => {
			this.#came += text;
			this.#wake();
		});
		socket.on('drain', () => this.#wake());
		socket.on('error', error => {
			this.#error = error;
			this.#wake();
		});
		socket.on('close', () => {
			this.#error ??= new Error('The server closed the connection.');
			this.#wake();
		});
	}

	/** Sends a request until its end, or until it is answered; resolves with the bytes of its body. */
	async put(path: string, {port, size, expects}: Upload): Promise<number> {
		const lines = [
			`PUT ${path} HTTP/1.1`,
			`Host: 127.0.0.1:${port}`,
			'User-Agent: bench/1',
			'Accept: */*',
			`Content-Length: ${size}`,
			...(expects ? ['Expect: 100-continue'] : []),
		];
		this.#socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
		if (expects) {
			await this.#until(() => this.#isHead());
			if (!this.#came.startsWith('HTTP/1.1 100')) return 0;
			this.#came = this.#came.slice(this.#came.indexOf('\r\n\r\n') + 4);
		}
		let sent = 0;
		for (let count = 0; sent < size && !this.#isHead(); count++) {
			const piece = stamped(count, Math.min(pieceSize, size - sent));
			sent += piece.length;
			if (!this.#socket.write(piece))
				await this.#until(() => !this.#socket.writableNeedDrain || this.#isHead());
		}
		return sent;
	}

	/** The head of the answer, which must have no body. */
	async answer(): Promise<string> {
		await this.#until(() => this.#isHead());
		const end = this.#came.indexOf('\r\n\r\n') + 4;
		const head = this.#came.slice(0, end);
		this.#came = this.#came.slice(end);
		return head;
	}

	leave(): void {
		this.#socket.destroy();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#socket.destroy();
	}

	#isHead(): boolean {
		return this.#came.includes('\r\n\r\n');
	}

	async #until(holds: () => boolean): Promise<void> {
		while (!holds()) {
			if (this.#error) throw this.#error;
			await new Promise<void>(resolve => {
				this.#wake = resolve;
			});
		}
	}
}

/** A piece that is like no other of the same body. */
function stamped(count: number, size: number): Buffer {
	const piece = pieces[count % pieces.length] ?? Buffer.alloc(pieceSize);
	piece.writeDoubleLE(count);
	return piece.subarray(0, size);
}
