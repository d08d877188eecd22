import {validateHeaderName} from 'node:http';
import {printable} from '../../http/printable.ts';
import type {LoadedScenario} from '../loaded.ts';
import {pointerTo} from '../pointer.ts';
import type {Fault} from '../positions.ts';
import {allResponses} from '../responses-of.ts';
import type {Call, HeaderValue, Response} from '../types.ts';
import {writtenLines} from '../written-headers.ts';
import {base64Fault} from './base64.ts';
import {contentLengthFaults} from './content-length.ts';

/** Header names are tokens, values can be sent, and framing is left to the sender. */
export function checkHeaders({scenario}: LoadedScenario): Fault[] {
	const responses = allResponses(scenario).flatMap(({response, path}) => [
		...sentFaults(response.headers, path, transferEncoding),
		...contentLengthFaults(response, path),
		...(response.interim ?? []).flatMap(({headers}, index) =>
			sentFaults(headers, path + pointerTo('interim', index), allFraming),
		),
	]);
	const calls = scenario.calls.flatMap(({headers}, index) =>
		sentFaults(headers, pointerTo('calls', index), allFraming),
	);
	const trailers = scenario.calls.flatMap((call, index) =>
		trailerFaults(call, pointerTo('calls', index)),
	);
	const matched = scenario.routes.flatMap(({request}, index) =>
		typeof request === 'string'
			? []
			: Object.keys(request.headers ?? {}).flatMap(name =>
					nameFault(name, pointerTo('routes', index, 'request', 'headers', name)),
				),
	);
	const perCall = scenario.callHeaders.flatMap((name, index) =>
		nameFault(name, pointerTo('callHeaders', index)),
	);
	return [...responses, ...calls, ...trailers, ...matched, ...perCall];
}

/** The final response may lie about its length, which no other message may. */
const transferEncoding = /^transfer-encoding$/i;
const allFraming = /^(?:content-length|transfer-encoding)$/i;

function sentFaults(
	headers: Response['headers'] | Call['headers'],
	path: string,
	framing: RegExp,
	member = 'headers',
): Fault[] {
	const names = Object.keys(headers ?? {}).flatMap(name => [
		...nameFault(name, path + pointerTo(member, name)),
		...framingFault(name, path + pointerTo(member, name), framing),
	]);
	const values = writtenLines<HeaderValue>(headers, member).flatMap(({value, at}) =>
		typeof value === 'object'
			? bytesFaults(value.base64, `${path}${at}/base64`)
			: valueFault(String(value), path + at, unsendable),
	);
	return [...names, ...values];
}

/** Trailers stand behind chunks, and frame nothing (RFC 9110, 6.5.1). */
function trailerFaults({trailers, stream}: Call, path: string): Fault[] {
	if (trailers === undefined) return [];
	const message =
		'"trailers" has no effect without "stream: true": they stand behind a body of unknown length';
	return [
		...(stream === true ? [] : [{path: `${path}/trailers`, message, atName: true}]),
		...sentFaults(trailers, path, allFraming, 'trailers'),
	];
}

/** RFC 9110, 5.6.2. */
function nameFault(name: string, path: string): Fault[] {
	try {
		validateHeaderName(name);
		return [];
	} catch {
		const message = `"${printable(name)}" is no field name: expected letters, digits and any of !#$%&'*+-.^_\`|~`;
		return [{path, message, atName: true}];
	}
}

function framingFault(name: string, path: string, framing: RegExp): Fault[] {
	if (!framing.test(name)) return [];
	const message = `"${name}" can't be set: messages are framed by their sender, so leave it out`;
	return [{path, message, atName: true}];
}

/** Of bytes, only those that would end the field, or the text of a client in C (RFC 9110, 5.5). */
function bytesFaults(base64: string, path: string): Fault[] {
	const bytes = Buffer.from(base64, 'base64').toString('latin1');
	return [...base64Fault(base64, path), ...valueFault(bytes, path, unsendableByte)];
}

const unsendableByte = /[\r\n\0]/;

/** RFC 9110, 5.5: no control characters but tab. All other text goes out in UTF-8. */
function valueFault(value: string, path: string, refused: RegExp): Fault[] {
	const character = refused.exec(value)?.[0];
	if (character === undefined) return [];
	return [
		{path, message: `${nameOf(character)} can't stand in a field value${adviceOn(character)}`},
	];
}

/** A lone surrogate is half a character, and has no form in UTF-8. */
const unsendable = /[^\t\x20-\x7e\x80-\ud7ff\ue000-\u{10ffff}]/u;

function nameOf(character: string): string {
	if (isLineBreak(character)) return 'a line break';
	const hex = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
	return `the ${hex.startsWith('D') ? 'lone surrogate' : 'control character'} U+${hex}`;
}

function adviceOn(character: string): string {
	return isLineBreak(character) ? ': a list of values makes several lines' : '';
}

function isLineBreak(character: string): boolean {
	return character === '\r' || character === '\n';
}
