import {messageIn, type Secrets, urlIn, valueIn} from '../../exports/secrets.ts';
import type {HeaderLines} from '../../http/header-lines.ts';

export type {Secrets};

/** Bytes of a message as text that JSON can carry: a character from U+0000 to U+00FF for each (Latin-1). */
export const wireTextSchema = {
	type: 'string',
	description:
		'Text from the wire: a character for each byte (Latin-1), so that bytes that are no UTF-8 survive; encode it as ISO-8859-1 to have the bytes.',
} as const;

export const headerLinesSchema = {
	type: 'array',
	description:
		'Field lines in order and case, as `[name, value]`, with a character for each byte (Latin-1).',
	items: {type: 'array', items: {type: 'string'}, minItems: 2, maxItems: 2},
} as const;

/** Field lines as data. */
export function linesView(lines: HeaderLines, secrets: Secrets): [string, string][] {
	return lines.map(([name, value]) => [name, valueIn(name, value, secrets)]);
}

/** A URL, a request-target or an authority. */
export function urlView(url: string, secrets: Secrets): string {
	return urlIn(url, secrets);
}

/** Bytes of a message as text. */
export function bytesView(bytes: Uint8Array, secrets: Secrets): string {
	return messageIn(bytes, secrets);
}
