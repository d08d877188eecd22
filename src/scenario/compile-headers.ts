import type {HeaderLines} from '../http/header-lines.ts';
import type {PathParameters} from './compiled.ts';
import type {PathParameter} from './path-pattern.ts';
import {fillTemplate, isConstant, parseTemplate, type TemplatePart} from './template.ts';
import type {HeaderValue, Response} from './types.ts';
import {writtenLines} from './written-headers.ts';

interface HeaderTemplate {
	readonly name: string;
	readonly value: readonly TemplatePart[];
}

/** Makes the header lines of a response: one character for each byte, which is how Node sends them. */
export function compileHeaders(
	headers: Response['headers'],
	parameters: readonly PathParameter[],
): (parameters: PathParameters) => HeaderLines {
	const templates = writtenLines(headers).map(({name, value}) => ({
		name,
		value: wireParts(value, parameters),
	}));
	const fill = (values: PathParameters): HeaderLines =>
		templates.map(({name, value}: HeaderTemplate) => [name, fillTemplate(value, values)]);
	if (!templates.every(({value}) => isConstant(value))) return fill;
	const lines = fill({});
	return () => lines;
}

/**
 * Text goes out in UTF-8. What a parameter brings has the form of the wire already, and bytes are
 * taken as they are: nothing in them is a placeholder.
 */
function wireParts(
	value: HeaderValue,
	parameters: readonly PathParameter[],
): readonly TemplatePart[] {
	if (typeof value === 'object') return [Buffer.from(value.base64, 'base64').toString('latin1')];
	return parseTemplate(String(value), parameters).map(part =>
		typeof part === 'string' ? Buffer.from(part, 'utf8').toString('latin1') : part,
	);
}
