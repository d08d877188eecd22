import {Readable} from 'node:stream';
import type {AskedCall} from '../../../src/index.ts';

/** A body as a caller has it: text where it is text, and bytes where it is none; null for no body. */
export function textOrBytes({
	body,
}: Pick<AskedCall, 'body'>): string | Uint8Array<ArrayBuffer> | null {
	if (body === undefined) return null;
	const text = Buffer.from(body).toString('utf8');
	return Buffer.from(text, 'utf8').equals(body) ? text : body;
}

/** The same, or a stream of Node where the call asks for one. */
export function textOrStream(call: AskedCall): ReturnType<typeof textOrBytes> | Readable {
	return call.stream && call.body ? Readable.from([Buffer.from(call.body)]) : textOrBytes(call);
}
