import {
	type HeaderLine,
	type HeaderLines,
	headerLinesFromRaw,
	headerValue,
	headerValues,
} from '../http/header-lines.ts';
import {Memo} from '../http/memo.ts';
import type {RecordedRequest} from '../journal/exchange.ts';

/** The header lines of a request, and what they say that every request is asked. */
export interface RequestFields {
	/** In order and case; one and the same frozen list for equal lines. */
	readonly lines: HeaderLines;
	/** How they frame a body of HTTP/1 (RFC 9112, 6.3). */
	readonly framing: Exclude<RecordedRequest['framing'], 'frames'>;
	/** Whether they announce a body that is not empty. */
	readonly announcesBody: boolean;
	/** Whether they say that the client waits for 100 Continue. */
	readonly expectsContinue: boolean;
	/** The first Host; undefined for none. */
	readonly host: string | undefined;
}

const known = new Memo<RequestFields>();

/** Reads Node's flat `rawHeaders`. What a client sends is mostly what it has sent before. */
export function requestFieldsOf(raw: readonly string[]): RequestFields {
	// No name and no value has a line break in it.
	return known.get(raw.join('\n'), () => fieldsIn(headerLinesFromRaw(raw)));
}

function fieldsIn(lines: HeaderLines): RequestFields {
	const length = headerValue(lines, 'Content-Length');
	const isChunked = headerValue(lines, 'Transfer-Encoding') !== undefined;
	const framing = isChunked ? 'chunked' : length === undefined ? 'none' : 'content-length';
	return Object.freeze({
		lines: frozenLines(lines),
		framing,
		announcesBody: isChunked || (length !== undefined && Number(length) !== 0),
		expectsContinue: /^100-continue$/i.test(headerValue(lines, 'Expect') ?? ''),
		host: headerValues(lines, 'Host')[0],
	});
}

/** Lines that are kept, and never change. */
export function frozenLines(lines: readonly HeaderLine[]): HeaderLines {
	return Object.freeze(lines.map(line => Object.freeze(line)));
}
