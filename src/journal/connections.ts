import type {ServerResponse} from 'node:http';
import type {Http2ServerResponse} from 'node:http2';
import type {ConnectionFacts} from './exchange.ts';
import {ConnectionFactsRecord} from './kept-records.ts';
import type {Recording} from './recording.ts';

/** An exchange of a connection, with the response that belongs to it and, by that, its request. */
export interface Turn {
	readonly recording: Recording;
	readonly response: ServerResponse | Http2ServerResponse;
}

/** What is known of a connection when it can carry its first request. */
export type ConnectionStart = Omit<ConnectionFacts, 'number' | 'exchange'>;

/** A connection from its beginning to its end, whether or not a request came on it. */
export interface ConnectionRecord extends Omit<ConnectionFacts, 'exchange'> {
	/** What is spoken on it; absent while nothing came that tells, and where TLS did not come about. */
	readonly protocol?: 'http/1.1' | 'h2';
	/** How many exchanges it has carried. */
	readonly exchanges: number;
	/** Milliseconds from the journal's start; less than 0 for one that was open before a reset. */
	readonly openedAt: number;
	/** Milliseconds from the journal's start; absent while it is open. */
	readonly closedAt?: number;
	/** The client's GOAWAY (RFC 9113, 6.8), the last one of several; absent when it sent none. */
	readonly goaway?: Goaway;
}

/** What a GOAWAY says. */
export interface Goaway {
	/** The error code, 0 for a client that leaves in good order. */
	readonly code: number;
	/** The highest number of a stream that the client has taken from the server: 0, as it pushes none. */
	readonly lastStream: number;
}

/** What becomes of a connection; one and the same for all that is opened under its number. */
interface Life {
	start: ConnectionStart;
	protocol: ConnectionRecord['protocol'];
	exchanges: number;
	/** How many of its exchanges the journal keeps. */
	kept: number;
	/** By the clock of the process, as `closedAt`. */
	readonly openedAt: number;
	closedAt: number | undefined;
	goaway: Goaway | undefined;
}

/** A connection that requests come on; several at once where a client pipelines, or speaks HTTP/2. */
export class Connection {
	readonly number: number;
	readonly start: ConnectionStart;
	readonly #life: Life;
	readonly #turns = new Set<Turn>();
	/** Who waits until no exchange goes on. */
	#waiting: (() => void)[] | undefined;

	constructor(number: number, life: Life) {
		this.number = number;
		this.start = life.start;
		this.#life = life;
	}

	/** The exchanges that are not sealed yet, in the order in which they began. */
	get open(): readonly Turn[] {
		return [...this.#turns];
	}

	/** Whether it has come to its end. */
	get isClosed(): boolean {
		return this.#life.closedAt !== undefined;
	}

	/** An exchange has begun on it. */
	began(turn: Turn): void {
		this.#turns.add(turn);
	}

	/** An exchange on it is over, and sealed. */
	ended(turn: Turn): void {
		this.#turns.delete(turn);
		if (this.#turns.size > 0 || this.#waiting === undefined) return;
		for (const tell of this.#waiting) tell();
		this.#waiting = undefined;
	}

	/** Resolves when no exchange on it goes on. */
	async untilIdle(): Promise<void> {
		if (this.#turns.size === 0) return;
		const waiting = this.#waiting ?? [];
		this.#waiting = waiting;
		await new Promise<void>(resolve => void waiting.push(resolve));
	}

	/** The facts of the next exchange on this connection. */
	next(): ConnectionFacts {
		this.#life.kept++;
		const facts = new ConnectionFactsRecord(this.number, ++this.#life.exchanges, this.start);
		return Object.freeze(facts);
	}

	/** Its first bytes, or ALPN, have told what is spoken on it. */
	speaks(protocol: 'http/1.1' | 'h2'): void {
		this.#life.protocol = protocol;
	}

	/** The client has sent GOAWAY. */
	goneAway(code: number, lastStream: number): void {
		this.#life.goaway = Object.freeze({code, lastStream});
	}
}

/** What a connection is known by from its beginning to its end: its socket, or what is inside of TLS. */
export interface Carrier {
	once(event: 'close', listener: () => void): unknown;
}

/** Numbers connections in the order in which they were opened, and keeps what became of them. */
export class Connections {
	readonly #known = new WeakMap<object, Connection>();
	readonly #lives = new Map<number, Life>();
	readonly #isBounded: boolean;
	#count = 0;

	/** @param isBounded whether those that have closed go when the journal keeps no exchange of theirs */
	constructor(isBounded: boolean) {
		this.#isBounded = isBounded;
	}

	/**
	 * A connection has opened. A tunnel, or TLS that begins on it, opens the same one again with more
	 * facts: give the number that it has.
	 *
	 * @param carrier what its requests name; the connection ends when this closes
	 */
	open(carrier: Carrier, start: ConnectionStart, number = ++this.#count): Connection {
		const life = this.#lives.get(number) ?? this.#begin(number, start);
		life.start = Object.freeze(start);
		carrier.once('close', () => {
			life.closedAt ??= performance.now();
			this.#tidy(number);
		});
		const connection = new Connection(number, life);
		this.#known.set(carrier, connection);
		return connection;
	}

	/** A request on a connection of many names something of its own, such as its stream of HTTP/2. */
	carry(request: object, connection: Connection): void {
		this.#known.set(request, connection);
	}

	/** The connection that a door has opened, or that carries something. */
	of(carrier: object): Connection {
		const known = this.#known.get(carrier);
		if (known === undefined) throw new Error('A request came on a connection that no door opened.');
		return known;
	}

	/** All in the order in which they were opened, as they are now. `startedAt` is the journal's start. */
	list(startedAt: number): readonly ConnectionRecord[] {
		return [...this.#lives].map(([number, life]) => recordOf(number, life, startedAt));
	}

	/** The journal has dropped an exchange of a connection. */
	dropped(number: number): void {
		const life = this.#lives.get(number);
		if (life) life.kept--;
		this.#tidy(number);
	}

	/** The journal has been reset: those that have closed go, and the others begin to count anew. */
	reset(): void {
		for (const [number, life] of this.#lives) {
			life.kept = 0;
			if (life.closedAt !== undefined) this.#lives.delete(number);
		}
	}

	#begin(number: number, start: ConnectionStart): Life {
		const life = {
			start,
			protocol: undefined,
			exchanges: 0,
			kept: 0,
			openedAt: performance.now(),
			closedAt: undefined,
			goaway: undefined,
		};
		this.#lives.set(number, life);
		return life;
	}

	#tidy(number: number): void {
		const life = this.#lives.get(number);
		const isOver = life?.closedAt !== undefined && life.kept <= 0;
		if (this.#isBounded && isOver) this.#lives.delete(number);
	}
}

function recordOf(number: number, life: Life, startedAt: number): ConnectionRecord {
	const {start, protocol, exchanges, openedAt, closedAt, goaway} = life;
	return Object.freeze({
		number,
		...start,
		...(protocol !== undefined && {protocol}),
		exchanges,
		openedAt: Math.round(openedAt - startedAt),
		...(closedAt !== undefined && {closedAt: Math.round(closedAt - startedAt)}),
		...(goaway && {goaway}),
	});
}
