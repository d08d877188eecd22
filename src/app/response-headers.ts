import type {ServerResponse} from 'node:http';
import type {Http2ServerResponse} from 'node:http2';
import type {HeaderLines} from '../http/header-lines.ts';

declare module 'node:http' {
	// Every OutgoingMessage has it since Node 15.4; the types know it of ClientRequest only.
	interface OutgoingMessage {
		getRawHeaderNames(): string[];
	}
}

/** A response of either protocol, as Node hands it over. */
export type AnyResponse = ServerResponse | Http2ServerResponse;

/**
 * The header lines that were set on a response, in the order and case in which they were set; in
 * lower case for HTTP/2, as they go out (RFC 9113, 8.2.1).
 */
export function headerLinesOf(response: AnyResponse): HeaderLines {
	return namesOf(response).flatMap(name =>
		[response.getHeader(name) ?? ''].flat().map(value => [name, String(value)] as const),
	);
}

function namesOf(response: AnyResponse): string[] {
	return 'getRawHeaderNames' in response ? response.getRawHeaderNames() : response.getHeaderNames();
}

/** The reason phrase of a response; empty for HTTP/2, which has none (RFC 9113, 8.3.2). */
export function reasonOf(response: AnyResponse): string {
	return 'stream' in response ? '' : response.statusMessage;
}
