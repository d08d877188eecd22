import type {ServerResponse} from 'node:http';
import type {Socket} from 'node:net';
import type {CompiledResponse} from '../scenario/compiled.ts';
import {resetConnection} from './break-off.ts';
import {divert, type Write} from './divert.ts';
import {PacedBody} from './paced-body.ts';
import {Packets} from './packets.ts';
import {waitOrClose} from './until-closed.ts';

/**
 * Has the bytes of a response go out on HTTP/1 at its pace, and with its fault. Where a fault ends the
 * response early, the rest of it is swallowed, and the connection ended as after any response.
 *
 * @param socket its connection, which it owns: no other response is being sent on it
 */
export function scriptHttp1(
	response: ServerResponse,
	socket: Socket,
	{fault, pace}: CompiledResponse,
): void {
	const message = new ScriptedMessage(socket, pace, fault);
	const restore = divert(socket, (bytes, write, hasMore) => message.pass(bytes, write, hasMore));
	// A client that has left is no longer waited for: by itself, Node would first write what is pending.
	const leave = () => void socket.destroy();
	socket.once('end', leave);
	const end = () => {
		response.off('finish', end).off('close', end);
		socket.off('end', leave);
		restore();
	};
	// Before Node's own listener, which lets the next response have the connection.
	response.prependListener('finish', end).prependListener('close', end);
}

/**
 * Milliseconds from the last bytes to the reset. A client that finds both at once loses the bytes on
 * some systems, and with Node 20 takes the reset for an end in good order.
 */
const beforeReset = 20;

/** A response as a stream of bytes, of which the head is told from the body. */
class ScriptedMessage {
	readonly #socket: Socket;
	readonly #fault: CompiledResponse['fault'];
	readonly #packets: Packets;
	readonly #body: PacedBody;
	readonly #waits: boolean;
	#isHeadOut = false;
	/** Nothing more of it goes out, whatever is written. */
	#isOver = false;

	constructor(socket: Socket, pace: CompiledResponse['pace'], fault: CompiledResponse['fault']) {
		this.#socket = socket;
		this.#fault = fault;
		this.#packets = new Packets(socket, pace.packetSize);
		const limit = fault?.kind === 'truncated' ? fault.after : Number.POSITIVE_INFINITY;
		this.#body = new PacedBody(socket, pace, this.#packets, limit);
		this.#waits = pace.bodyDelay > 0;
	}

	async pass(bytes: Buffer, write: Write, hasMore: boolean): Promise<void> {
		if (this.#isOver) return;
		// An interim response that waited in Node, such as 100, is no part of this one.
		if (!this.#isHeadOut && isInterim(bytes)) return write(bytes);
		const end = this.#isHeadOut ? 0 : bytes.indexOf('\r\n\r\n') + 4;
		const bodyFollows = (hasMore || bytes.length > end) && !this.#body.isOver;
		if (end > 0) await this.#head(bytes.subarray(0, end), write, bodyFollows && !this.#waits);
		if (!this.#isOver) await this.#body.send(bytes.subarray(end), write, hasMore);
	}

	async #head(head: Buffer, write: Write, hasMore: boolean): Promise<void> {
		this.#isHeadOut = true;
		const sent = this.#instead(head);
		await this.#packets.send(sent ?? head, write, sent === undefined && hasMore);
		if (sent === undefined) return;
		this.#isOver = true;
		if (this.#fault?.kind === 'garbage') return;
		if (sent.length > 0) await waitOrClose(this.#socket, beforeReset);
		resetConnection(this.#socket);
	}

	/** What goes out in place of the whole response; undefined when the response does. */
	#instead(head: Buffer): Buffer | undefined {
		switch (this.#fault?.kind) {
			case 'reset-before-head':
				return Buffer.alloc(0);
			case 'reset-in-head':
				return head.subarray(0, head.length >> 1);
			case 'reset-after-head':
				return head;
			case 'garbage':
				return Buffer.from(this.#fault.bytes);
			default:
				return undefined;
		}
	}
}

function isInterim(bytes: Buffer): boolean {
	return /^HTTP\/1\.1 1/.test(bytes.toString('latin1', 0, 10));
}
