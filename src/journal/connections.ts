import type {ServerResponse} from 'node:http';
import type {Socket} from 'node:net';
import type {ConnectionFacts} from './exchange.ts';
import type {Recording} from './recording.ts';

/** An exchange of a connection, with the response that belongs to it and, by that, its request. */
export interface Turn {
	readonly recording: Recording;
	readonly response: ServerResponse;
}

/** A connection that requests come on; several at once where a client pipelines. */
export class Connection {
	readonly number: number;
	readonly peer: string;
	#exchanges = 0;
	#turns: Turn[] = [];

	constructor(number: number, peer: string) {
		this.number = number;
		this.peer = peer;
	}

	/** The exchanges that are not sealed yet, in the order in which they began. */
	get open(): readonly Turn[] {
		return this.#turns.filter(({recording}) => !recording.exchange.sealed);
	}

	/** An exchange has begun on it. */
	began(turn: Turn): void {
		// Responses go out in the order of their requests: what is over stands in front.
		while (this.#turns[0]?.recording.exchange.sealed) this.#turns.shift();
		this.#turns.push(turn);
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
