import type {ServerResponse} from 'node:http';
import type {ConnectionFacts} from './exchange.ts';
import type {Recording} from './recording.ts';

/** An exchange of a connection, with the response that belongs to it and, by that, its request. */
export interface Turn {
	readonly recording: Recording;
	readonly response: ServerResponse;
}

/** What is known of a connection when it can carry its first request. */
export type ConnectionStart = Omit<ConnectionFacts, 'number' | 'exchange'>;

/** A connection that requests come on; several at once where a client pipelines, or speaks HTTP/2. */
export class Connection {
	readonly number: number;
	readonly start: ConnectionStart;
	#exchanges = 0;
	#turns: Turn[] = [];

	constructor(number: number, start: ConnectionStart) {
		this.number = number;
		this.start = start;
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
			...this.start,
		});
	}
}

/** Numbers connections in the order in which they were opened. */
export class Connections {
	readonly #known = new WeakMap<object, Connection>();
	#count = 0;

	/**
	 * A connection has opened. A tunnel, or TLS that begins on it, opens the same one again with more
	 * facts: give the number that it has.
	 *
	 * @param carrier what its requests will name: the socket, or the session of HTTP/2
	 */
	open(carrier: object, start: ConnectionStart, number = ++this.#count): Connection {
		const connection = new Connection(number, Object.freeze(start));
		this.#known.set(carrier, connection);
		return connection;
	}

	/** The connection of a carrier, which a door has opened. */
	of(carrier: object): Connection {
		const known = this.#known.get(carrier);
		if (known === undefined) throw new Error('A request came on a connection that no door opened.');
		return known;
	}
}
