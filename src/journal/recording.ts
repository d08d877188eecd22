import type {HeaderLines} from '../http/header-lines.ts';
import type {
	AfterAnswer,
	Afterwards,
	Exchange,
	MalformedMessage,
	Miss,
	RecordedRequest,
	RecordedResponse,
	SentFault,
} from './exchange.ts';
import type {Answer, RequestHead} from './kept-records.ts';

export type {Answer, RequestHead};

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
	/**
	 * Whether a route of the scenario takes the request, and what becomes of the connection then. Ask for
	 * the link after this is known.
	 */
	matched(route: number | undefined, afterwards?: Afterwards): void;
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
