import type {HeaderLine} from '../http/header-lines.ts';
import {pointerTo} from './pointer.ts';
import type {Call, HeaderValue} from './types.ts';

/** One header line as the author wrote it. */
export interface WrittenLine<Value> {
	readonly name: string;
	readonly value: Value;
	/** JSON pointer inside the message, such as `/headers/Set-Cookie/1`. */
	readonly at: string;
}

/** The lines of `headers`, or of another such member, in order and case as written; a list makes one line each. */
export function writtenLines<Value extends HeaderValue>(
	headers: Readonly<Record<string, Value | Value[]>> | undefined,
	member = 'headers',
): WrittenLine<Value>[] {
	return Object.entries(headers ?? {}).flatMap(([name, value]) => {
		const at = pointerTo(member, name);
		if (!Array.isArray(value)) return [{name, value, at}];
		return value.map((each, index) => ({name, value: each, at: at + pointerTo(index)}));
	});
}

/** The header lines of a request, which are text. */
export function requestHeaderLines(headers: Call['headers']): HeaderLine[] {
	return writtenLines(headers).map(({name, value}) => [name, String(value)]);
}
