import {CallsInTurn} from './calls-in-turn.ts';
import {Changes} from './changes.ts';
import type {ConnectionFacts, Exchange, RecordedRequest} from './exchange.ts';
import {HopList} from './hop-list.ts';
import {ExchangeRecord, type RequestHead, RequestRecord} from './kept-records.ts';
import {Linker} from './linker.ts';
import {makeRoom} from './make-room.ts';
import type {Recording} from './recording.ts';
import {RecordingInProgress} from './recording-in-progress.ts';
import type {Candidate} from './redirect.ts';
import {SharedParts} from './shared-parts.ts';

makeRoom();

/** How records are linked. */
export interface RecordsOptions {
	/** Names of per-call header fields beside the known ones. */
	readonly callFields: readonly string[];
	/**
	 * Whether one client makes one call after another, and `settle` is asked after each, so that whatever
	 * comes before that belongs to the one call; anybody may call at any time, unless told.
	 */
	readonly oneCallAtATime?: boolean;
}

/** The records of one double from its start, or its last reset. */
export class Records {
	readonly exchanges: Exchange[] = [];
	readonly hops: HopList;
	readonly changes = new Changes();
	readonly linker: Linker;
	readonly #calls: CallsInTurn | undefined;
	readonly shared = new SharedParts();
	/** When they began, by the clock of the process. */
	readonly startedAt = performance.now();
	readonly #onSeal: (exchange: Exchange) => void;
	readonly #queues = new Set<Exchange[]>();
	/** Requests of which it is not known yet whether they follow a redirect: how many could have caused each. */
	readonly #unplaced = new Map<Exchange, number>();
	#count = 0;

	/** @param onSeal is told of each exchange when it is final */
	constructor(
		{callFields, oneCallAtATime = false}: RecordsOptions,
		onSeal: (exchange: Exchange) => void,
	) {
		this.#calls = oneCallAtATime ? new CallsInTurn() : undefined;
		this.linker = new Linker(callFields, this.#calls);
		this.hops = new HopList((redirect, followUp, tie) =>
			this.linker.linkOf(redirect, followUp, tie),
		);
		this.#onSeal = onSeal;
	}

	/** Milliseconds since the start. */
	now(): number {
		// Whole ones need no number object of their own in each record.
		return Math.round(performance.now() - this.startedAt);
	}

	/** Begins an exchange: a request's head has arrived. `body` stands for what is yet to come. */
	begin(head: RequestHead, connection: ConnectionFacts, body: RecordedRequest['body']): Recording {
		const request = new RequestRecord(head, body, this.now(), this.shared);
		const exchange = new ExchangeRecord(++this.#count, request, connection);
		this.exchanges.push(exchange);
		if (head.method !== '') this.#unplaced.set(exchange, this.hops.count);
		this.changes.notify();
		return new RecordingInProgress(this, exchange);
	}

	/**
	 * Marks redirects as declined, but for those that a request which is still coming in may follow.
	 * Where calls are made one after another, this one is over.
	 */
	decline(): void {
		this.#calls?.end(this.#count);
		this.hops.decline(Math.max(0, ...this.#unplaced.values()));
		this.changes.notify();
	}

	/** Drops an exchange with all that is known of it. */
	drop(exchange: Exchange): void {
		this.exchanges.splice(this.exchanges.indexOf(exchange), 1);
		this.linker.forget(exchange, this.hops.drop(exchange));
	}

	/** @internal A request has come in: looks for the redirect that caused it. */
	place(candidate: Candidate): void {
		this.#unplaced.delete(candidate.exchange);
		this.linker.place(candidate);
		this.changes.notify();
	}

	/** Each exchange when it is sealed, those that are sealed already first; ends with the changes. */
	async *sealed(): AsyncGenerator<Exchange, void, undefined> {
		const queue = this.exchanges.filter(exchange => exchange.sealed);
		this.#queues.add(queue);
		try {
			for (;;) {
				const exchange = await this.changes.until(() => queue.shift());
				if (exchange === undefined) return;
				yield exchange;
			}
		} finally {
			this.#queues.delete(queue);
		}
	}

	/** @internal An exchange has become final. */
	seal(exchange: Exchange): void {
		for (const queue of this.#queues) queue.push(exchange);
		this.#onSeal(exchange);
		this.changes.notify();
	}
}
