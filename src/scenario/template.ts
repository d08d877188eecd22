import type {PathParameters} from './compiled.ts';
import type {PathParameter} from './path-pattern.ts';

/** A text with placeholders, read once: constant text, and the names of parameters in between. */
export type TemplatePart = string | {readonly parameter: string};

/** A name as path-to-regexp reads it, for a regular expression with the `u` flag. */
export const identifier = String.raw`[$_\p{ID_Start}][$\u200c\u200d\p{ID_Continue}]*`;
const placeholder = new RegExp(String.raw`(\\?)([:*])(${identifier})|\\:`, 'gu');

/**
 * Reads the placeholders of a text. `:name` stands for a parameter of the path, and so does `*name`
 * for a wildcard, where the whole identifier is the name of one; all else is text. `\:` is a colon.
 */
export function parseTemplate(
	text: string,
	parameters: readonly PathParameter[],
): readonly TemplatePart[] {
	const parts: TemplatePart[] = [];
	let end = 0;
	for (const match of text.matchAll(placeholder)) {
		const part = readPlaceholder(match, parameters);
		if (part === undefined) continue;
		parts.push(text.slice(end, match.index), part);
		end = match.index + match[0].length;
	}
	parts.push(text.slice(end));
	return joinTexts(parts);
}

function readPlaceholder(
	[whole, backslash, sign, name]: readonly string[],
	parameters: readonly PathParameter[],
): TemplatePart | undefined {
	if (name === undefined) return ':';
	const parameter = parameters.find(known => known.name === name);
	const isPlaceholder = parameter !== undefined && (sign === ':' || parameter.wildcard);
	if (backslash === '\\') return sign === ':' || isPlaceholder ? whole?.slice(1) : undefined;
	return isPlaceholder ? {parameter: name} : undefined;
}

/** Joins neighbouring texts, so that a template without placeholders is one text at most. */
function joinTexts(parts: readonly TemplatePart[]): readonly TemplatePart[] {
	const joined: TemplatePart[] = [];
	for (const part of parts) {
		const last = joined.at(-1);
		if (part === '') continue;
		if (typeof part === 'string' && typeof last === 'string')
			joined[joined.length - 1] = last + part;
		else joined.push(part);
	}
	return joined;
}

/** Whether the template has no placeholder. */
export function isConstant(parts: readonly TemplatePart[]): boolean {
	return parts.every(part => typeof part === 'string');
}

/**
 * Fills in the placeholders.
 *
 * @param write how a parameter's raw text is written here; a parameter that the path left out is
 * the empty text
 */
export function fillTemplate(
	parts: readonly TemplatePart[],
	parameters: PathParameters,
	write: (raw: string) => string = raw => raw,
): string {
	let text = '';
	for (const part of parts) {
		text += typeof part === 'string' ? part : write(parameters[part.parameter] ?? '');
	}
	return text;
}

/** The parameter's text decoded; as it is when its percent-encoding is malformed. */
export function decodeParameter(raw: string): string {
	try {
		return decodeURIComponent(raw);
	} catch {
		return raw;
	}
}

/**
 * The template of a value as JSON text: placeholders in its strings (not in its member names), each
 * to be filled in with `writeInJson`.
 */
export function parseJsonTemplate(
	value: unknown,
	parameters: readonly PathParameter[],
): readonly TemplatePart[] {
	return joinTexts(jsonParts(value, parameters));
}

function jsonParts(value: unknown, parameters: readonly PathParameter[]): TemplatePart[] {
	if (typeof value === 'string') return ['"', ...jsonString(value, parameters), '"'];
	if (typeof value !== 'object' || value === null) return [JSON.stringify(value) ?? 'null'];
	const isList = Array.isArray(value);
	const members: [string, unknown][] = isList
		? value.map(item => ['', item])
		: Object.entries(value);
	const parts = members.flatMap(([name, member], index): TemplatePart[] => [
		index > 0 ? ',' : '',
		isList ? '' : `${JSON.stringify(name)}:`,
		...jsonParts(member, parameters),
	]);
	return isList ? ['[', ...parts, ']'] : ['{', ...parts, '}'];
}

function jsonString(value: string, parameters: readonly PathParameter[]): TemplatePart[] {
	return parseTemplate(value, parameters).map(part =>
		typeof part === 'string' ? escapeInJson(part) : part,
	);
}

function escapeInJson(text: string): string {
	return JSON.stringify(text).slice(1, -1);
}

/** A parameter's raw text as it stands inside a JSON string: decoded, and escaped. */
export function writeInJson(raw: string): string {
	return escapeInJson(decodeParameter(raw));
}

/** The text that `parseTemplate` reads as this one, without a placeholder. */
export function escapeTemplate(text: string, parameters: readonly PathParameter[] = []): string {
	return text.replace(placeholder, (...match: string[]) =>
		readPlaceholder(match, parameters) === undefined ? `${match[0]}` : `\\${match[0]}`,
	);
}

/** The same for a Location, in which each segment that begins with a colon would be a placeholder. */
export function escapeLocation(text: string, parameters: readonly PathParameter[] = []): string {
	const segment = new RegExp(`(?<!/)/:(?=${identifier})`, 'gu');
	return escapeTemplate(text, parameters).replace(segment, '/\\:');
}
