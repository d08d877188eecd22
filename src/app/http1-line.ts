import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Socket} from 'node:net';
import type {CompiledResponse} from '../scenario/compiled.ts';
import {resetConnection} from './break-off.ts';
import type {Line} from './line.ts';

/** A connection of HTTP/1 on which a request was answered before its end, or is the last one. */
export class Http1Line implements Line {
	readonly canLinger = true;
	readonly #socket: Socket;
	readonly #response: ServerResponse;
	readonly #callbacks: (() => void)[] = [];
	#left: 'stopped' | 'reset' | undefined;

	constructor({socket}: IncomingMessage, response: ServerResponse) {
		this.#socket = socket;
		this.#response = response;
		socket.on('end', this.#onEnd).on('error', this.#onError).on('close', this.#onClose);
	}

	get left(): Line['left'] {
		return this.#left ?? 'cut';
	}

	get isClosing(): boolean {
		return this.#socket.writableEnded;
	}

	get isKept(): boolean {
		return this.#response.shouldKeepAlive && !this.isClosing;
	}

	prepare(afterwards: CompiledResponse['afterwards']): void {
		// The platform would close the connection with its last response, and what the client still sends
		// would have it answered with a reset, which destroys the response (RFC 9112, 9.6).
		this.#socket.destroySoon = () => {
			if (afterwards === 'keep-alive' || afterwards === 'close') this.#socket.end();
		};
		this.#announce(afterwards === 'close');
	}

	#announce(closes: boolean): void {
		const {headersSent, shouldKeepAlive} = this.#response;
		if (headersSent || this.#response.hasHeader('Connection')) return;
		if (closes) this.#response.setHeader('Connection', 'close');
		// Where 100 was expected and did not go out, the platform would close the connection.
		else if (shouldKeepAlive) this.#response.setHeader('Connection', 'keep-alive');
	}

	close(): void {
		this.#socket.end();
	}

	reset(): void {
		// The platform resets a connection by way of it.
		Reflect.deleteProperty(this.#socket, 'destroySoon');
		resetConnection(this.#socket);
	}

	stopReading(): void {
		this.#socket.pause();
	}

	end(): void {
		this.#socket.destroy();
	}

	onClosed(callback: () => void): void {
		if (this.#socket.closed) callback();
		else this.#callbacks.push(callback);
	}

	release(): void {
		this.#socket.off('end', this.#onEnd).off('error', this.#onError).off('close', this.#onClose);
		Reflect.deleteProperty(this.#socket, 'destroySoon');
	}

	readonly #onEnd = (): void => {
		this.#left ??= 'stopped';
	};

	readonly #onError = (): void => {
		this.#left ??= 'reset';
	};

	readonly #onClose = (): void => {
		for (const callback of this.#callbacks) callback();
	};
}
