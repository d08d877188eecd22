import type {ServerResponse} from 'node:http';

/**
 * Sets a field of a response to its lines, each character of a value one byte on the wire. Control
 * characters, which Node refuses, go out too; the values must have no CR, LF and NUL (RFC 9110, 5.5).
 *
 * @param values one for each line; at least one
 */
export function setField(response: ServerResponse, name: string, values: readonly string[]): void {
	const [first = '', ...more] = values;
	try {
		response.setHeader(name, more.length === 0 ? first : [first, ...more]);
	} catch (error) {
		if (!isInvalidCharacter(error)) throw error;
		setUnasked(response, name, values);
	}
}

/** Node looks at the values when they are set, and sends what is in the list when the head goes out. */
function setUnasked(response: ServerResponse, name: string, values: readonly string[]): void {
	const list = values.map(() => '');
	response.setHeader(name, list);
	for (const [at, value] of values.entries()) list[at] = value;
}

function isInvalidCharacter(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_CHAR';
}
