import type {HeaderLines} from '../http/header-lines.ts';
import {isRedirectStatus} from '../http/redirect-status.ts';
import {Changes} from './changes.ts';
import type {
	AfterAnswer,
	ConnectionFacts,
	Exchange,
	MalformedMessage,
	Miss,
	RecordedRequest,
	SentFault,
} from './exchange.ts';
import {HopList} from './hop-list.ts';
import {Linker} from './linker.ts';
import {type Answer, OpenExchange, type Recording, type RequestHead} from './recording.ts';
import type {Candidate, Redirect} from './redirect.ts';

/** The records of one double from its start, or its last reset. */
export class Records {
	readonly exchanges: Exchange[] = [];
	readonly hops: HopList;
	readonly changes = new Changes();
	readonly linker: Linker;
	/** When they began, by the clock of the process. */
	readonly startedAt = performance.now();
	readonly #onSeal: (exchange: Exchange) => void;
	readonly #queues = new Set<Exchange[]>();
	/** Requests of which it is not known yet whether they follow a redirect: how many could have caused each. */
	readonly #unplaced = new Map<Exchange, number>();
	#count = 0;

	/**
	 * @param callFields per-call fields beside the known ones
	 * @param onSeal is told of each exchange when it is final
	 */
	constructor(callFields: readonly string[], onSeal: (exchange: Exchange) => void) {
		this.linker = new Linker(callFields);
		this.hops = new HopList((redirect, claim) => this.linker.linkOf(redirect, claim));
		this.#onSeal = onSeal;
	}

	/** Milliseconds since the start. */
	now(): number {
		return performance.now() - this.startedAt;
	}

	/** Begins an exchange: a request's head has arrived. `body` stands for what is yet to come. */
	begin(head: RequestHead, connection: ConnectionFacts, body: RecordedRequest['body']): Recording {
		const request = {...head, body, trailers: [], beganAt: this.now()};
		const open = new OpenExchange(++this.#count, connection, request);
		this.exchanges.push(open.exchange);
		if (head.method !== '') this.#unplaced.set(open.exchange, this.hops.count);
		this.changes.notify();
		return new RecordingInProgress(this, open);
	}

	/** Marks redirects as declined, but for those that a request which is still coming in may follow. */
	decline(): void {
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

class RecordingInProgress implements Recording {
	readonly #records: Records;
	readonly #open: OpenExchange;
	readonly #redirectsBefore: number;
	#route: number | undefined;
	#isStray = false;
	#fault: SentFault | undefined;
	/** What the request was weighed as; absent until its link was looked for. */
	#candidate: Candidate | undefined;
	/** Whether its body was still coming in then. */
	#isProvisional = false;
	/** What it was answered with, when that was a redirect. */
	#redirected: Redirect | undefined;

	constructor(records: Records, open: OpenExchange) {
		this.#records = records;
		this.#open = open;
		this.#redirectsBefore = records.hops.count;
	}

	get exchange(): Exchange {
		return this.#open.exchange;
	}

	endRequest(body: RecordedRequest['body'], trailers: HeaderLines): void {
		if (this.exchange.sealed) return;
		this.#open.request.body = body;
		this.#open.request.trailers = trailers;
		this.#open.request.endedAt = this.#records.now();
		this.#revise();
		this.#records.changes.notify();
	}

	malformed(message: MalformedMessage): void {
		if (!this.exchange.sealed) this.#open.request.malformed = message;
	}

	afterAnswer(facts: Omit<AfterAnswer, 'goesOnAt'>): void {
		if (this.exchange.sealed) return;
		const {request} = this.#open;
		const {goesOnAt = this.#records.now()} = request.afterAnswer ?? {};
		request.afterAnswer = Object.freeze({...facts, ...(facts.after > 0 && {goesOnAt})});
	}

	reset(code: number): void {
		const {http2, afterAnswer} = this.#open.request;
		const endedHere = endings.has(afterAnswer?.ending);
		if (this.exchange.sealed || http2 === undefined || endedHere) return;
		this.#open.request.http2 = Object.freeze({...http2, reset: code});
	}

	matched(route: number | undefined): void {
		this.#route = route;
		this.#isStray = route === undefined;
		this.#link();
	}

	missed(miss: Miss): void {
		if (this.exchange.sealed) return;
		this.#open.exchange.miss = Object.freeze(miss);
		Object.freeze(miss.reasons);
		Object.freeze(miss.likely);
	}

	interim(status: number, headers: HeaderLines): void {
		if (this.exchange.sealed) return;
		const response = Object.freeze({status, headers, sentAt: this.#records.now()});
		this.#open.exchange.interim = Object.freeze([...(this.exchange.interim ?? []), response]);
		this.#records.changes.notify();
	}

	breaks(fault: SentFault): void {
		this.#fault = fault;
	}

	answer(answer: Answer): void {
		if (this.exchange.sealed || this.exchange.response) return;
		this.#link();
		this.#open.respond({
			...answer,
			...(this.#route !== undefined && {route: this.#route}),
			...(this.#fault !== undefined && {fault: this.#fault}),
			sentAt: this.#records.now(),
			complete: false,
		});
		this.#redirect(answer);
		this.#records.changes.notify();
	}

	amend(answer: Parameters<Recording['amend']>[0]): void {
		if (!this.exchange.sealed && this.#open.response) Object.assign(this.#open.response, answer);
	}

	seal(complete: boolean): void {
		if (this.exchange.sealed) return;
		this.#link();
		this.#revise();
		const isWhole = complete && this.#fault === undefined;
		if (this.#open.response && isWhole) this.#open.response.complete = true;
		this.#open.seal();
		this.#records.seal(this.exchange);
	}

	/** Looks for the redirect that caused this request; bytes that were no HTTP follow nothing. */
	#link(): void {
		const {request} = this.exchange;
		if (this.#candidate !== undefined || request.method === '') return;
		const {exchange} = this;
		const traits = this.#records.linker.traits(exchange);
		const redirectsBefore = this.#redirectsBefore;
		this.#candidate = {exchange, traits, redirectsBefore, matched: !this.#isStray};
		this.#isProvisional = request.endedAt === undefined;
		this.#records.place(this.#candidate);
	}

	/** Its body has ended: a link that was looked for before that is looked for again. */
	#revise(): void {
		if (this.#candidate === undefined || !this.#isProvisional) return;
		this.#isProvisional = false;
		this.#records.linker.revise(this.#candidate, this.#redirected);
	}

	/** From now on, a follow-up may come. */
	#redirect({status, location}: Answer): void {
		const request = this.#candidate;
		if (!isRedirectStatus(status) || !location?.resolved || request === undefined) return;
		// A client that saw no whole head was not redirected.
		if (this.#fault !== undefined && headless.has(this.#fault)) return;
		const {hops, linker} = this.#records;
		const {token, resolved} = location;
		this.#redirected = linker.wait(hops.nextNumber(), request, {status, resolved, token});
		hops.add(this.#redirected);
	}
}

const headless = new Set<SentFault>(['reset-before-head', 'reset-in-head', 'garbage']);

/** How a request ends whose connection or stream the double has ended. */
const endings = new Set<AfterAnswer['ending']>(['silent', 'hung', 'cut']);
