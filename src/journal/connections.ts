import type {Socket} from 'node:net';
import type {ConnectionFacts} from './exchange.ts';
import type {Recording} from './recording.ts';

/** A connection that requests come on. */
export class Connection {
	readonly number: number;
	readonly peer: string;
	/** The exchange that came last on it. */
	current: Recording | undefined;
	#exchanges = 0;

	constructor(number: number, peer: string) {
		this.number = number;
		this.peer = peer;
	}

	/** The facts of the next exchange on this connection. */
	next(): ConnectionFacts {
		return Object.freeze({
			number: this.number,
			exchange: ++this.#exchanges,
			peer: this.peer,
		});
	}
}

/** Numbers connections in the order in which they were opened. */
export class Connections {
	readonly #known = new WeakMap<Socket, Connection>();
	#count = 0;

	/** The connection of a socket; new at its first sight. */
	of(socket: Socket): Connection {
		const known = this.#known.get(socket);
		if (known !== undefined) return known;
		const connection = new Connection(
			++this.#count,
			`${socket.remoteAddress}:${socket.remotePort}`,
		);
		this.#known.set(socket, connection);
		return connection;
	}
}
