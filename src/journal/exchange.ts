import type {HeaderLines} from '../http/header-lines.ts';
import type {ResolvedLocation} from '../http/location.ts';
import type {RecordedBody} from './recorded-body.ts';

/**
 * One request and the response that the double gave it. It is begun when the request's head
 * arrives and sealed when both messages have ended; a sealed exchange never changes.
 */
export interface Exchange {
	/** 1 for the first exchange of a double, then 2, 3 … in the order in which request heads arrived. */
	readonly number: number;
	/** What the client sent. */
	readonly request: RecordedRequest;
	/** What the double answered; absent while there is no answer, or when the client left before one. */
	readonly response?: RecordedResponse;
	/** What was sent before the response, such as 100 Continue or 103, in order; absent for nothing. */
	readonly interim?: readonly InterimResponse[];
	/** Why no route of the scenario answered; absent when one did, or something else. */
	readonly miss?: Miss;
	/** The connection it came on. */
	readonly connection: ConnectionFacts;
	/** Whether the record is complete and final. */
	readonly sealed: boolean;
}

/** What a client sent. */
export interface RecordedRequest {
	/** The method token as sent, such as `POST`; empty when the bytes were no HTTP. */
	readonly method: string;
	/** The request-target as sent, byte for byte, such as `/api/v1/users?x=1`; empty when the bytes were no HTTP. */
	readonly target: string;
	/**
	 * The absolute URL asked for in its documented form, such as
	 * `https://api.example.test/api/v1/users`: `origin` and the target, without the hop token. A target
	 * that names another origin stays as it is, and so does that of a refused CONNECT (`host:port`).
	 * Empty when the bytes were no HTTP.
	 */
	readonly url: string;
	/**
	 * The documented origin of the listener that it came to, such as `https://api.example.test`; through
	 * the proxy, the one that it asked for. Of requests that the proxy refused: the origin that the
	 * target or the tunnel names, known or not; the `http` one that Host names, when the target names
	 * none; that of a CONNECT by its authority, `http` for port 80 and else `https`. Empty when there is
	 * none to be told. Of bytes that were no HTTP: that of the tunnel, or the proxy's own URL.
	 */
	readonly origin: string;
	/** Header lines in order and case, as sent. */
	readonly headers: HeaderLines;
	/** Trailer lines in order and case, as sent; empty when there were none. */
	readonly trailers: HeaderLines;
	/** `1.1`, `1.0` or `2.0`; empty when the bytes were no HTTP. */
	readonly httpVersion: string;
	/** What HTTP/2 adds; absent for HTTP/1. */
	readonly http2?: Http2Facts;
	/**
	 * How the body was framed (RFC 9112, 6.3): `none` when the head announced no body, `frames` for
	 * HTTP/2 with no Content-Length (RFC 9113, 8.1).
	 */
	readonly framing: 'content-length' | 'chunked' | 'frames' | 'none';
	/** The body as it came, without its transfer coding; size 0 when there was none. */
	readonly body: RecordedBody;
	/** What the client did with the rest of its body; absent unless it was answered before the body's end. */
	readonly afterAnswer?: AfterAnswer;
	/** The token of the hop that the target carried, where links are tagged. */
	readonly hopToken?: string;
	/** Set when the bytes were no HTTP, or stopped being HTTP in the middle of the message. */
	readonly malformed?: MalformedMessage;
	/** Milliseconds from the journal's start until the head was here. */
	readonly beganAt: number;
	/** Milliseconds from the journal's start until the body had ended or was cut off; absent until then. */
	readonly endedAt?: number;
}

/** What a client did that was answered before the body of its request had ended. */
export interface AfterAnswer {
	/** Bytes of the body that had come when the response was handed to the connection. */
	readonly before: number;
	/** Bytes of the body that came after that. */
	readonly after: number;
	/** Milliseconds from the journal's start until the first of those came; absent while there are none. */
	readonly goesOnAt?: number;
	/**
	 * How the request ended: `finished`, its body came to its end; `stopped`, the client closed the
	 * connection, or gave up the stream, in good order (what was in flight then may be missing);
	 * `reset`, it broke the connection off; `silent`, for two seconds it neither sent more nor left, and
	 * the double ended the connection, or the stream; `hung`, it waited for the double to read what the
	 * scenario left unread; `cut`, the double ended it first, as the scenario has it. Absent while it
	 * goes on.
	 */
	readonly ending?: 'finished' | 'stopped' | 'reset' | 'silent' | 'hung' | 'cut';
}

/** What HTTP/2 adds to a request (RFC 9113). */
export interface Http2Facts {
	/** The number of the stream. */
	readonly stream: number;
	/** `:method`, `:scheme`, `:authority`, `:path` in the order in which they came. */
	readonly pseudoHeaders: HeaderLines;
	/** The error code of the client's RST_STREAM, such as 8 for CANCEL; absent when it sent none. */
	readonly reset?: number;
}

/** A response before the final one (RFC 9110, 15.2). */
export interface InterimResponse {
	/** Such as 100 or 103. */
	readonly status: number;
	/** Header lines in order and case. */
	readonly headers: HeaderLines;
	/** Milliseconds from the journal's start until it was handed to the connection. */
	readonly sentAt: number;
}

/** How the scenario has a response broken off on purpose, or replaced. */
export type SentFault =
	| 'reset-before-head'
	| 'reset-in-head'
	| 'reset-after-head'
	| 'truncated'
	| 'garbage';

/** What the scenario has the double do with a connection once it has answered, but for keeping it. */
export type Afterwards = 'close' | 'reset' | 'stop-reading';

/** What the double answered. */
export interface RecordedResponse {
	/** The status code, such as `307`. */
	readonly status: number;
	/** The reason phrase as sent, such as `Temporary Redirect`. */
	readonly reason: string;
	/** Header lines in order and case, as the double set them; Node adds Date and Connection. */
	readonly headers: HeaderLines;
	/** Size of the content in bytes, 0 for none; absent when it was streamed with no length announced. */
	readonly bodySize?: number;
	/** The Location, when the response has a field of that name. */
	readonly location?: SentLocation;
	/**
	 * The route that answered, counted from 0, of the scenario that was played when the exchange began;
	 * absent when none matched.
	 */
	readonly route?: number;
	/** What the scenario had become of the connection; absent where it was kept, or closed by a field alone. */
	readonly afterwards?: Afterwards;
	/** Milliseconds from the journal's start until the head was handed to the connection. */
	readonly sentAt: number;
	/** Whether it went out to its end; false when the client left in the middle. */
	readonly complete: boolean;
	/**
	 * Set when the scenario broke it on purpose. With `reset-before-head` and `garbage` nothing of
	 * the head went out; of `reset-in-head` a part: then it is no hop.
	 */
	readonly fault?: SentFault;
}

/** Why no route answered a request. All of it may be printed: secrets are masked, bytes escaped. */
export interface Miss {
	/** The route that came nearest, such as `POST https://api.example.test/users`. */
	readonly nearest?: string;
	/** Why it did not match, a line a reason. */
	readonly reasons: readonly string[];
	/** What probably went wrong, when the request follows a redirect; a line for each broken rule. */
	readonly likely: readonly string[];
}

/** A Location in both its forms. */
export interface SentLocation {
	/** As the scenario has it, placeholders filled in; the first one when there were several. */
	readonly documented: string;
	/** As it went out, a scenario's origin replaced by its listener's address and tagged where asked. */
	readonly sent: string;
	/** The token that was put in its query, where links are tagged. */
	readonly token?: string;
	/** Where the documented form leads; absent when it leads nowhere (missing, several, unparsable, not http). */
	readonly resolved?: ResolvedLocation;
}

/** Bytes that could not be read as HTTP. */
export interface MalformedMessage {
	/** The parser's code, such as `HPE_INVALID_METHOD`. */
	readonly code: string;
	/** What was wrong, in the parser's words. */
	readonly message: string;
	/** The bytes in which the fault was found, as they came. */
	readonly bytes: Uint8Array;
}

/** Facts of the connection that a request came on. */
export interface ConnectionFacts {
	/** 1 for the first connection of a double, then 2, 3 … in the order in which they were opened. */
	readonly number: number;
	/** 1 for the first exchange on this connection, then 2, 3 … */
	readonly exchange: number;
	/** The client's address, such as `127.0.0.1:50312`. */
	readonly peer: string;
	/** The way in: the listener of an origin, or the forward proxy. */
	readonly door: Door;
	/** The authority that a CONNECT to the proxy named, such as `api.example.test:443`; absent for no tunnel. */
	readonly tunnel?: string;
	/** Absent for a plain connection. */
	readonly tls?: TlsFacts;
}

/** A way in to a double. */
export type Door = 'listener' | 'proxy';

/** How a connection is secured. */
export interface TlsFacts {
	/** Such as `TLSv1.3`. */
	readonly protocol: string;
	/** The cipher suite's standard name, such as `TLS_AES_256_GCM_SHA384`. */
	readonly cipher: string;
	/** What ALPN settled on, `h2` or `http/1.1`; absent when the client offered nothing. */
	readonly alpn?: string;
	/** The host name that the client asked for (SNI); absent when it named none. */
	readonly serverName?: string;
}
