import {resolve} from 'node:path';
import {type HeaderLines, headerValue} from '../http/header-lines.ts';
import type {Call} from './types.ts';
import {requestHeaderLines} from './written-headers.ts';

/** What a call sends beside method and URL. */
export interface CallContent {
	/** The lines as the scenario has them, and the Content-Type that the kind of body brings along. */
	readonly headers: HeaderLines;
	/** Absent when the call has no body. */
	readonly body?: CallBody;
	/** Set when the client is to get the body as a stream, of a length that it does not know. */
	readonly stream?: true;
	/** The trailer fields behind the stream; absent for none. */
	readonly trailers?: HeaderLines;
}

/** A body as text, as bytes that are no text, as bytes so many times over, or as the absolute path of a file. */
export type CallBody =
	| {readonly kind: 'text'; readonly text: string}
	| {readonly kind: 'bytes'; readonly bytes: Uint8Array}
	| {readonly kind: 'repeated'; readonly bytes: Uint8Array; readonly times: number}
	| {readonly kind: 'file'; readonly path: string};

/**
 * The headers and the body of a call.
 *
 * @param folder the scenario's folder, in which a `file` is found
 */
export function callContent(call: Call, folder = '.'): CallContent {
	const headers = requestHeaderLines(call.headers);
	const {body, type} = bodyOf(call, folder);
	const typed = type === undefined || headerValue(headers, 'Content-Type') !== undefined;
	return {
		headers: typed ? headers : [['Content-Type', type], ...headers],
		...(body !== undefined && {body}),
		...(call.stream === true && {stream: true}),
		...(call.trailers && {trailers: requestHeaderLines(call.trailers)}),
	};
}

function bodyOf(
	{json, text, base64, file, repeat}: Call,
	folder: string,
): {body?: CallBody; type?: string} {
	if (json !== undefined)
		return {body: {kind: 'text', text: JSON.stringify(json)}, type: 'application/json'};
	if (text !== undefined)
		return {body: several(Buffer.from(text), repeat), type: 'text/plain; charset=utf-8'};
	if (base64 !== undefined) return {body: several(Buffer.from(base64, 'base64'), repeat)};
	if (file !== undefined) return {body: {kind: 'file', path: resolve(folder, file)}};
	return {};
}

function several(bytes: Buffer, times = 1): CallBody {
	return times === 1 ? textOrBytes(bytes) : {kind: 'repeated', bytes, times};
}

function textOrBytes(bytes: Buffer): CallBody {
	const text = bytes.toString('utf8');
	// A shell's words hold no NUL.
	const isText = Buffer.from(text, 'utf8').equals(bytes) && !text.includes('\0');
	return isText ? {kind: 'text', text} : {kind: 'bytes', bytes};
}
