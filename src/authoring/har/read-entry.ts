import type {HeaderLine} from '../../http/header-lines.ts';
import {splitOrigin} from '../../http/origin.ts';
import {isRedirectStatus} from '../../http/redirect-status.ts';
import type {DocumentedBody, DocumentedExchange} from '../documented-exchange.ts';
import type {Note} from '../note.ts';
import {isObject, type JsonObject, listAt, numberAt, objectAt, textAt} from '../unknown-json.ts';

/** An entry of a HAR file that can be played, with the time at which it began. */
export interface HarExchange extends DocumentedExchange {
	/** As it is written, such as `2009-04-16T12:07:23.596Z`; empty where none is told. */
	readonly started: string;
}

/**
 * Reads an entry (HAR 1.2, "entries"). Notes why one is left out; undefined then.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export function readEntry(entry: unknown, place: string, notes: Note[]): HarExchange | undefined {
	const leaveOut = (why: string) => {
		notes.push({place, message: `left out: ${why}`});
		return undefined;
	};
	if (!isObject(entry)) return leaveOut('it is no object');
	const request = objectAt(entry, 'request');
	const response = objectAt(entry, 'response');
	const url = textAt(request, 'url') ?? '';
	const method = textAt(request, 'method') ?? '';
	const status = numberAt(response, 'status') ?? 0;
	const headers = headersOf(response);
	if (splitOrigin(url) === undefined) return leaveOut('its URL is neither http nor https');
	if (method === '') return leaveOut('it tells no method');
	if (status < 200) return leaveOut(`no final response came (status ${status})`);
	if (headers.some(([name]) => /^non-authoritative-reason$/i.test(name)))
		return leaveOut('the browser itself has redirected it, no server');
	const sent = postDataOf(objectAt(request, 'postData'), place, notes);
	const reason = textAt(response, 'statusText') ?? '';
	const content = contentOf(objectAt(response, 'content'));
	return {
		started: textAt(entry, 'startedDateTime') ?? '',
		request: {
			method,
			url,
			headers: typed(headersOf(request), sent && postDataType(request)),
			...(sent && {body: sent}),
		},
		response: {
			status,
			...(reason !== '' && {reason}),
			headers: withLocation(headers, status, textAt(response, 'redirectURL') ?? ''),
			...(content && {body: content}),
		},
	};
}

function headersOf(message: JsonObject): HeaderLine[] {
	return listAt(message, 'headers').flatMap((header): HeaderLine[] => {
		if (!isObject(header)) return [];
		const name = textAt(header, 'name') ?? '';
		return name === '' ? [] : [[name, textAt(header, 'value') ?? '']];
	});
}

/** Some recorders leave the field out and tell only where the redirect leads. */
function withLocation(
	headers: readonly HeaderLine[],
	status: number,
	url: string,
): readonly HeaderLine[] {
	const told = headers.some(([name]) => /^location$/i.test(name));
	return told || url === '' || !isRedirectStatus(status)
		? headers
		: [...headers, ['Location', url]];
}

function postDataType(request: JsonObject): string | undefined {
	return textAt(objectAt(request, 'postData'), 'mimeType');
}

function typed(headers: readonly HeaderLine[], type: string | undefined): readonly HeaderLine[] {
	const told = headers.some(([name]) => /^content-type$/i.test(name));
	return told || type === undefined || type === '' ? headers : [...headers, ['Content-Type', type]];
}

/** `encoding` came with the proposal of HAR 1.3; others write it as a field of their own. */
function postDataOf(data: JsonObject, place: string, notes: Note[]): DocumentedBody | undefined {
	const text = textAt(data, 'text') ?? '';
	if (text !== '') {
		const encoding = textAt(data, 'encoding') ?? textAt(data, '_encoding');
		return encoding === 'base64' ? {base64: text} : {text};
	}
	const parameters = listAt(data, 'params').filter(isObject);
	if (parameters.length === 0) return undefined;
	if (/^multipart\//i.test(textAt(data, 'mimeType') ?? '')) {
		notes.push({
			place,
			message: 'its multipart body was recorded as fields only, so the call has none',
		});
		return undefined;
	}
	const pairs = parameters.map(each => [textAt(each, 'name') ?? '', textAt(each, 'value') ?? '']);
	return {text: pairs.map(pair => pair.map(asWritten).join('=')).join('&')};
}

/** Browsers record parameters as they are written in the form, others decoded. */
function asWritten(text: string): string {
	return /^(?:[\w.~*+-]|%[0-9a-f]{2})*$/i.test(text) ? text : encodeURIComponent(text);
}

function contentOf(content: JsonObject): DocumentedBody | undefined {
	const text = textAt(content, 'text') ?? '';
	if (text === '') return undefined;
	return textAt(content, 'encoding') === 'base64' ? {base64: text} : {text};
}
