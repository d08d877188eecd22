import type {HeaderLines} from '../http/header-lines.ts';
import {ofHeaders} from './of-headers.ts';

/** One field of a message: all its lines together (RFC 9110, 5.3). */
export interface Field {
	/** The name as first seen. */
	readonly name: string;
	/** The values of its lines, joined with `, `. */
	readonly value: string;
}

/** The fields of a message by their names in lower case, in order. */
export type Fields = ReadonlyMap<string, Field>;

/** The fields that header lines make up. */
export const fieldsOf: (lines: HeaderLines) => Fields = ofHeaders(lines => {
	const fields = new Map<string, Field>();
	for (const [name, value] of lines) {
		const key = name.toLowerCase();
		const known = fields.get(key);
		fields.set(key, known ? {name: known.name, value: `${known.value}, ${value}`} : {name, value});
	}
	return fields;
});
