import type {HeaderLines} from '../http/header-lines.ts';

/** A documented call, as a client is asked to make it. */
export interface AskedCall {
	/** Such as `POST`. */
	readonly method: string;
	/** The local URL, such as `http://127.0.0.1:41234/api/v1/users`. */
	readonly url: string;
	/** The URL as documented, such as `https://api.example.test/api/v1/users`. */
	readonly documented: string;
	/** The header fields to set, in order; the client adds its own. */
	readonly headers: HeaderLines;
	/** The body; absent for none. */
	readonly body?: Uint8Array<ArrayBuffer>;
	/** Set when the client is to get the body as a stream: of a length that it does not know, and to be read once. */
	readonly stream?: true;
	/** The trailer fields to send behind the stream, where the client can; absent for none. */
	readonly trailers?: HeaderLines;
	/** The name of the scenario. */
	readonly scenario: string;
	/** Aborted when the time for the call is over. */
	readonly signal: AbortSignal;
}

/** A call before a client is asked to make it. */
export type DocumentedCall = Omit<AskedCall, 'signal'>;

/**
 * Makes a call with the client that is graded, with redirects followed as that client does, and
 * resolves when the client has given its caller an answer: with the status of the final response,
 * which may be a Fetch `Response`. A rejection is the client's own error, which is a legal end of a
 * redirect; throw a FollowthroughError CLIENT_CRASHED when the client ended in another way than its
 * makers meant it to.
 */
export type ClientAdapter = (call: AskedCall) => Promise<ClientAnswer | undefined>;

/** What a client gives its caller. */
export interface ClientAnswer {
	/** The status of the final response. */
	readonly status?: number;
}
