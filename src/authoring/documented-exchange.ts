import type {HeaderLines} from '../http/header-lines.ts';

/** A request and its response, as a documentation or a recording has them. */
export interface DocumentedExchange {
	readonly request: DocumentedRequest;
	readonly response: DocumentedResponse;
}

export interface DocumentedRequest {
	readonly method: string;
	/** Absolute, with http or https. */
	readonly url: string;
	readonly headers: HeaderLines;
	/** Absent for none. */
	readonly body?: DocumentedBody;
}

export interface DocumentedResponse {
	readonly status: number;
	/** The reason phrase; absent where none was told. */
	readonly reason?: string;
	readonly headers: HeaderLines;
	/** Absent for none. */
	readonly body?: DocumentedBody;
}

/** A body as text, or in base64 where it is none. */
export type DocumentedBody = {readonly text: string} | {readonly base64: string};
