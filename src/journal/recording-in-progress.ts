import type {HeaderLines} from '../http/header-lines.ts';
import {isRedirectStatus} from '../http/redirect-status.ts';
import type {Changes} from './changes.ts';
import type {
	AfterAnswer,
	Afterwards,
	Exchange,
	MalformedMessage,
	Miss,
	RecordedRequest,
	SentFault,
} from './exchange.ts';
import type {HopList} from './hop-list.ts';
import {
	type Answer,
	type ExchangeRecord,
	type ResponseRecord,
	responseRecordOf,
} from './kept-records.ts';
import type {Linker} from './linker.ts';
import type {Recording} from './recording.ts';
import type {Candidate, Redirect} from './redirect.ts';
import {areEqualLines, type SharedParts} from './shared-parts.ts';

/** What an exchange needs of the records that it belongs to. */
interface Keeper {
	readonly changes: Changes;
	readonly hops: HopList;
	readonly linker: Linker;
	readonly shared: SharedParts;
	now(): number;
	place(candidate: Candidate): void;
	seal(exchange: Exchange): void;
}

/** Writes what becomes of an exchange into its record, and has it linked when enough of it is known. */
export class RecordingInProgress implements Recording {
	readonly #records: Keeper;
	readonly exchange: ExchangeRecord;
	readonly #redirectsBefore: number;
	#route: number | undefined;
	#afterwards: Afterwards | undefined;
	#isStray = false;
	#fault: SentFault | undefined;
	/** What the request was weighed as; absent until its link was looked for. */
	#candidate: Candidate | undefined;
	/** Whether its body was still coming in then. */
	#isProvisional = false;
	/** What it was answered with, when that was a redirect. */
	#redirected: Redirect | undefined;

	constructor(records: Keeper, exchange: ExchangeRecord) {
		this.#records = records;
		this.exchange = exchange;
		this.#redirectsBefore = records.hops.count;
	}

	endRequest(body: RecordedRequest['body'], trailers: HeaderLines): void {
		const {request, sealed} = this.exchange;
		if (sealed) return;
		request.body = body;
		request.trailers = this.#records.shared.lines(trailers);
		request.endedAt = this.#records.now();
		this.#revise();
		this.#records.changes.notify();
	}

	malformed(message: MalformedMessage): void {
		if (!this.exchange.sealed) this.exchange.request.malformed = message;
	}

	afterAnswer(facts: Omit<AfterAnswer, 'goesOnAt'>): void {
		const {request, sealed} = this.exchange;
		if (sealed) return;
		const {goesOnAt = this.#records.now()} = request.afterAnswer ?? {};
		request.afterAnswer = Object.freeze({...facts, ...(facts.after > 0 && {goesOnAt})});
	}

	reset(code: number): void {
		const {request, sealed} = this.exchange;
		const {http2, afterAnswer} = request;
		const endedHere = endings.has(afterAnswer?.ending);
		if (sealed || http2 === undefined || endedHere) return;
		request.http2 = Object.freeze({...http2, reset: code});
	}

	matched(route: number | undefined, afterwards?: Afterwards): void {
		this.#route = route;
		this.#afterwards = afterwards;
		this.#isStray = route === undefined;
		this.#link();
	}

	missed(miss: Miss): void {
		if (this.exchange.sealed) return;
		this.exchange.miss = Object.freeze(miss);
		Object.freeze(miss.reasons);
		Object.freeze(miss.likely);
	}

	interim(status: number, headers: HeaderLines): void {
		if (this.exchange.sealed) return;
		const {shared} = this.#records;
		const sentAt = this.#records.now();
		const response = Object.freeze({status, headers: shared.lines(headers), sentAt});
		this.exchange.interim = Object.freeze([...(this.exchange.interim ?? []), response]);
		this.#records.changes.notify();
	}

	breaks(fault: SentFault): void {
		this.#fault = fault;
	}

	answer(answer: Answer): void {
		if (this.exchange.sealed || this.exchange.response) return;
		this.#link();
		const response = responseRecordOf(answer, this.#records.now(), this.#records.shared);
		if (this.#route !== undefined) response.route = this.#route;
		if (this.#afterwards !== undefined) response.afterwards = this.#afterwards;
		if (this.#fault !== undefined) response.fault = this.#fault;
		this.exchange.response = response;
		this.#redirect(response);
		this.#records.changes.notify();
	}

	amend(answer: Parameters<Recording['amend']>[0]): void {
		const {response, sealed} = this.exchange;
		if (sealed || response === undefined) return;
		const {headers = response.headers, ...others} = answer;
		Object.assign(response, others);
		if (!areEqualLines(response.headers, headers))
			response.headers = this.#records.shared.lines(headers);
	}

	seal(complete: boolean): void {
		if (this.exchange.sealed) return;
		this.#link();
		this.#revise();
		const {exchange} = this;
		const isWhole = complete && this.#fault === undefined;
		if (exchange.response && isWhole) exchange.response.complete = true;
		exchange.sealed = true;
		Object.freeze(exchange);
		Object.freeze(exchange.request);
		if (exchange.response) Object.freeze(exchange.response);
		this.#records.seal(exchange);
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
	#redirect({status, location}: ResponseRecord): void {
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
