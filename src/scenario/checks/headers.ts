import {validateHeaderName} from 'node:http';
import {printable} from '../../http/printable.ts';
import type {LoadedScenario} from '../loaded.ts';
import {pointerTo} from '../pointer.ts';
import type {Fault} from '../positions.ts';
import {allResponses} from '../responses-of.ts';
import type {Response} from '../types.ts';

/** Header names are tokens, values can be sent, and framing is left to the sender. */
export function checkHeaders({scenario}: LoadedScenario): Fault[] {
	const sent = [
		...allResponses(scenario).map(({response, path}) => ({headers: response.headers, path})),
		...scenario.calls.map(({headers}, index) => ({headers, path: pointerTo('calls', index)})),
	];
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
	return [...sent.flatMap(checkSent), ...matched, ...perCall];
}

function checkSent({headers, path}: {headers: Response['headers']; path: string}): Fault[] {
	return Object.entries(headers ?? {}).flatMap(([name, value]) => {
		const place = path + pointerTo('headers', name);
		const values = Array.isArray(value)
			? value.flatMap((each, index) => valueFault(String(each), place + pointerTo(index)))
			: valueFault(String(value), place);
		return [...nameFault(name, place), ...framingFault(name, place), ...values];
	});
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

function framingFault(name: string, path: string): Fault[] {
	if (!/^(?:content-length|transfer-encoding)$/i.test(name)) return [];
	const message = `"${name}" can't be set: messages are framed by their sender, so leave it out`;
	return [{path, message, atName: true}];
}

/** RFC 9110, 5.5: no control characters but tab. All other text goes out in UTF-8. */
function valueFault(value: string, path: string): Fault[] {
	const character = unsendable.exec(value)?.[0];
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
