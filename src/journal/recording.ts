import type {HeaderLines} from '../http/header-lines.ts';
import type {
	AfterAnswer,
	ConnectionFacts,
	Exchange,
	MalformedMessage,
	Miss,
	RecordedRequest,
	RecordedResponse,
	SentFault,
} from './exchange.ts';

type Mutable<T> = {-readonly [Key in keyof T]: T[Key]};

/** What is known of a request when its head has arrived. */
export type RequestHead = Omit<
	RecordedRequest,
	'body' | 'trailers' | 'beganAt' | 'endedAt' | 'malformed'
>;

/** What is known of a response when it is decided, before its first byte goes out. */
export type Answer = Omit<RecordedResponse, 'sentAt' | 'complete'>;

/** An exchange while it goes on. */
export interface Recording {
	/** The exchange as it is so far. The object stays the same; sealing freezes it. */
	readonly exchange: Exchange;
	/** The request's body has ended, or was cut off. */
	endRequest(body: RecordedRequest['body'], trailers: HeaderLines): void;
	/** The bytes stopped being HTTP in the middle of the request. */
	malformed(message: MalformedMessage): void;
	/** What the client has done with the rest of its body since it was answered; call it when more begins to come. */
	afterAnswer(facts: Omit<AfterAnswer, 'goesOnAt'>): void;
	/** The client has reset the stream of HTTP/2, with this error code. */
	reset(code: number): void;
	/** Whether a route of the scenario takes the request. Ask for the link after this is known. */
	matched(route: number | undefined): void;
	/** No route took the request, for these reasons. */
	missed(miss: Miss): void;
	/** A response before the final one, such as 100; call it before its first byte goes out. */
	interim(status: number, headers: HeaderLines): void;
	/** The scenario breaks the response on purpose; call it before the response is decided. */
	breaks(fault: SentFault): void;
	/** The response is decided; call it before its first byte goes out. */
	answer(answer: Answer): void;
	/** What went out in the end, where it differs from what was decided. */
	amend(answer: Partial<Omit<RecordedResponse, 'sentAt'>>): void;
	/** Both messages have ended, or the connection has. Later calls change nothing. */
	seal(complete: boolean): void;
}

/** A record that can still be written to. */
export class OpenExchange {
	readonly request: Mutable<RecordedRequest>;
	readonly exchange: Mutable<Exchange>;
	response: Mutable<RecordedResponse> | undefined;

	constructor(number: number, connection: ConnectionFacts, request: RecordedRequest) {
		this.request = {...request};
		this.exchange = {number, request: this.request, connection, sealed: false};
	}

	respond(response: RecordedResponse): void {
		this.response = {...response};
		this.exchange.response = this.response;
	}

	/** Makes the record final. */
	seal(): void {
		this.exchange.sealed = true;
		Object.freeze(this.exchange);
		Object.freeze(this.request);
		freezeLines(this.request.headers);
		freezeLines(this.request.trailers);
		for (const {headers} of this.exchange.interim ?? []) freezeLines(headers);
		if (this.response) freezeLines(Object.freeze(this.response).headers);
	}
}

function freezeLines(lines: HeaderLines): void {
	for (const line of Object.freeze(lines)) Object.freeze(line);
}
