import type {HeaderLines} from '../http/header-lines.ts';
import type {
	AfterAnswer,
	Afterwards,
	ConnectionFacts,
	Door,
	Exchange,
	Http2Facts,
	InterimResponse,
	MalformedMessage,
	Miss,
	RecordedRequest,
	RecordedResponse,
	SentFault,
	SentLocation,
	TlsFacts,
} from './exchange.ts';
import type {SharedParts} from './shared-parts.ts';

/*
 * The records of an exchange. They are plain objects to everybody; classes make them because an object
 * of a class has room for what is set later on. What is added to an object literal stands outside of
 * it, which costs 40 bytes more for each record.
 */

type Mutable<T> = {-readonly [Key in keyof T]: T[Key]};

/** What is known of a request when its head has arrived. */
export type RequestHead = Omit<
	RecordedRequest,
	'body' | 'trailers' | 'beganAt' | 'endedAt' | 'malformed'
>;

/** What is known of a response when it is decided, before its first byte goes out. */
export type Answer = Omit<RecordedResponse, 'sentAt' | 'complete'>;

export class ExchangeRecord implements Mutable<Exchange> {
	declare number: number;
	declare request: RequestRecord;
	declare response?: ResponseRecord;
	declare interim?: readonly InterimResponse[];
	declare miss?: Miss;
	declare connection: ConnectionFacts;
	declare sealed: boolean;

	constructor(number: number, request: RequestRecord, connection: ConnectionFacts) {
		Object.setPrototypeOf(this, Object.prototype);
		this.number = number;
		this.request = request;
		this.connection = connection;
		this.sealed = false;
	}
}

export class RequestRecord implements Mutable<RecordedRequest> {
	declare method: string;
	declare target: string;
	declare url: string;
	declare origin: string;
	declare headers: HeaderLines;
	declare trailers: HeaderLines;
	declare httpVersion: string;
	declare http2?: Http2Facts;
	declare framing: RecordedRequest['framing'];
	declare body: RecordedRequest['body'];
	declare afterAnswer?: AfterAnswer;
	declare hopToken?: string;
	declare malformed?: MalformedMessage;
	declare beganAt: number;
	declare endedAt?: number;

	constructor(
		head: RequestHead,
		body: RecordedRequest['body'],
		beganAt: number,
		shared: SharedParts,
	) {
		Object.setPrototypeOf(this, Object.prototype);
		this.method = head.method;
		this.target = shared.text(head.target);
		this.url = shared.text(head.url);
		this.origin = shared.text(head.origin);
		this.headers = shared.lines(head.headers);
		this.trailers = noLines;
		this.httpVersion = shared.text(head.httpVersion);
		this.framing = head.framing;
		this.body = body;
		this.beganAt = beganAt;
		if (head.http2 !== undefined) this.http2 = head.http2;
		if (head.hopToken !== undefined) this.hopToken = head.hopToken;
	}
}

export class ResponseRecord implements Mutable<RecordedResponse> {
	declare status: number;
	declare reason: string;
	declare headers: HeaderLines;
	declare bodySize?: number;
	declare location?: SentLocation;
	declare route?: number;
	declare afterwards?: Afterwards;
	declare sentAt: number;
	declare complete: boolean;
	declare fault?: SentFault;

	constructor(answer: Answer, sentAt: number, shared: SharedParts) {
		Object.setPrototypeOf(this, Object.prototype);
		this.status = answer.status;
		this.reason = answer.reason;
		this.headers = shared.lines(answer.headers);
		this.sentAt = sentAt;
		this.complete = false;
		if (answer.bodySize !== undefined) this.bodySize = answer.bodySize;
		if (answer.route !== undefined) this.route = answer.route;
		if (answer.fault !== undefined) this.fault = answer.fault;
	}
}

/** Most responses are no redirects, and need no room for a Location. */
class RedirectRecord extends ResponseRecord {
	constructor(answer: Answer, location: SentLocation, sentAt: number, shared: SharedParts) {
		super(answer, sentAt, shared);
		this.location = shared.location(location);
	}
}

/** The record of a response, as it is when it is decided. */
export function responseRecordOf(
	answer: Answer,
	sentAt: number,
	shared: SharedParts,
): ResponseRecord {
	const {location} = answer;
	if (location === undefined) return new ResponseRecord(answer, sentAt, shared);
	return new RedirectRecord(answer, location, sentAt, shared);
}

export class ConnectionFactsRecord implements Mutable<ConnectionFacts> {
	declare number: number;
	declare exchange: number;
	declare peer: string;
	declare door: Door;
	declare tunnel?: string;
	declare tls?: TlsFacts;

	constructor(
		number: number,
		exchange: number,
		start: Omit<ConnectionFacts, 'number' | 'exchange'>,
	) {
		Object.setPrototypeOf(this, Object.prototype);
		this.number = number;
		this.exchange = exchange;
		this.peer = start.peer;
		this.door = start.door;
		if (start.tunnel !== undefined) this.tunnel = start.tunnel;
		if (start.tls !== undefined) this.tls = start.tls;
	}
}

const noLines: HeaderLines = Object.freeze([]);
