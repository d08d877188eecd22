import type {HeaderLines} from '../http/header-lines.ts';

/** One field of a message: all its lines together (RFC 9110, 5.3). */
export interface Field {
	/** The name as first seen. */
	readonly name: string;
	/** The values of its lines, joined with `, `. */
	readonly value: string;
}

/** The fields of a message by their names in lower case, in order. */
export type Fields = ReadonlyMap<string, Field>;

/** Reads header lines once, for the many rules that ask for fields. */
export function fieldsOf(lines: HeaderLines): Fields {
	const fields = new Map<string, Field>();
	for (const [name, value] of lines) {
		const key = name.toLowerCase();
		const known = fields.get(key);
		fields.set(key, known ? {name: known.name, value: `${known.value}, ${value}`} : {name, value});
	}
	return fields;
}
