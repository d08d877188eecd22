import {subscribe} from 'node:diagnostics_channel';
import {Socket} from 'node:net';

/** Bytes that went over a connection, as one piece. */
export interface Piece {
	/** The client's address, such as `127.0.0.1:50312`. */
	readonly peer: string;
	/** The port that it came to. */
	readonly port: number;
	readonly from: 'client' | 'double';
	readonly bytes: Buffer;
}

/**
 * Keeps what goes over the connections that servers of this process accept, below everything that
 * reads or writes HTTP: what is shown is what was on the wire, whatever the double made of it.
 */
export class WireTap {
	#pieces: Piece[] = [];

	constructor() {
		subscribe('net.server.socket', message => {
			if (hasSocket(message)) this.#listenTo(message.socket);
		});
	}

	/** All pieces since this was last asked, in the order in which they came. */
	take(): Piece[] {
		const pieces = this.#pieces;
		this.#pieces = [];
		return pieces;
	}

	#listenTo(socket: Socket): void {
		const {remoteAddress, remotePort, localPort = 0} = socket;
		const keep = (from: Piece['from'], bytes: Buffer) =>
			this.#pieces.push({peer: `${remoteAddress}:${remotePort}`, port: localPort, from, bytes});
		const {push, _write, _writev} = socket;
		socket.push = (chunk: Buffer | null) => {
			if (chunk !== null) keep('client', Buffer.from(chunk));
			return push.call(socket, chunk);
		};
		socket._write = (chunk, encoding, callback) => {
			keep('double', asBytes(chunk, encoding));
			_write.call(socket, chunk, encoding, callback);
		};
		socket._writev = (chunks, callback) => {
			for (const {chunk, encoding} of chunks) keep('double', asBytes(chunk, encoding));
			_writev?.call(socket, chunks, callback);
		};
		// Node's parser would read past the stream, but for a socket on which someone listens for data.
		const listen = (event: string | symbol, listener: unknown) => {
			if (event === 'data' && listener !== ignore)
				process.nextTick(() => socket.on('data', ignore));
		};
		socket.on('newListener', listen);
	}
}

function ignore(): void {}

function hasSocket(message: unknown): message is {socket: Socket} {
	return typeof message === 'object' && message !== null && 'socket' in message
		? message.socket instanceof Socket
		: false;
}

function asBytes(chunk: Buffer | string, encoding: BufferEncoding): Buffer {
	return typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk);
}
