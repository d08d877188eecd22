import {STATUS_CODES} from 'node:http';
import type {ServerHttp2Stream} from 'node:http2';
import type {Socket} from 'node:net';
import type {HeaderLines} from '../http/header-lines.ts';
import {connectionFields} from './connection-fields.ts';

/** A response before the final one (RFC 9110, 15.2). */
export interface Interim {
	readonly status: number;
	readonly headers: HeaderLines;
}

/** Writes an interim response to an HTTP/1 connection, byte for byte as its lines say. */
export function writeInterim(socket: Socket, {status, headers}: Interim): void {
	const lines = [
		`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
		...headers.map(([name, value]) => `${name}: ${value}`),
	];
	socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

/** Sends an interim response on HTTP/2, without the fields that have no place there (RFC 9113, 8.2.2). */
export function sendInterim(stream: ServerHttp2Stream, {status, headers}: Interim): void {
	const fields: Record<string, string | string[]> = {};
	for (const [name, value] of headers) {
		const field = name.toLowerCase();
		if (connectionFields.has(field)) continue;
		const before = fields[field];
		fields[field] = before === undefined ? value : [before, value].flat();
	}
	stream.additionalHeaders({':status': status, ...fields});
}
