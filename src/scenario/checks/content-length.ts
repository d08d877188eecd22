import {describeValue} from '../json-words.ts';
import {pointerTo} from '../pointer.ts';
import type {Fault} from '../positions.ts';
import {forbidsBody, parseStatus} from '../status.ts';
import type {Response} from '../types.ts';
import {writtenLines} from '../written-headers.ts';

/** A response has one Content-Length at most, and none where it has no body; it need not be right. */
export function contentLengthFaults({headers, status}: Response, path: string): Fault[] {
	const lines = writtenLines(headers).filter(({name}) => /^content-length$/i.test(name));
	const {code} = parseStatus(status);
	const [first, second] = lines;
	if (first !== undefined && forbidsBody(code)) {
		const message = `a ${code} response has no body: leave "${first.name}" out`;
		return [{path: path + pointerTo('headers', first.name), message, atName: true}];
	}
	const several = 'a second length: no client would know which to read by; give one';
	return [
		...lines.flatMap(({value, at}) => lengthFault(value, path + at)),
		...(second === undefined ? [] : [{path: path + second.at, message: several}]),
	];
}

/** RFC 9110, 8.6: digits only. */
function lengthFault(value: unknown, path: string): Fault[] {
	if (typeof value !== 'object' && /^[0-9]+$/.test(String(value))) return [];
	return [
		{path, message: `expected a whole number of bytes, 0 or more, found ${describeValue(value)}`},
	];
}
