import type {ServerResponse} from 'node:http';
import type {HeaderLines} from '../http/header-lines.ts';

declare module 'node:http' {
	// Every OutgoingMessage has it since Node 15.4; the types know it of ClientRequest only.
	interface OutgoingMessage {
		getRawHeaderNames(): string[];
	}
}

/** The header lines that were set on a response, in the order and case in which they were set. */
export function headerLinesOf(response: ServerResponse): HeaderLines {
	return response
		.getRawHeaderNames()
		.flatMap(name =>
			[response.getHeader(name) ?? ''].flat().map(value => [name, String(value)] as const),
		);
}
