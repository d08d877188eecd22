import {PathError, parse, pathToRegexp, type Token} from 'path-to-regexp';

/** A parameter of a path pattern: `:id` for one segment, `*rest` for the rest of the path. */
export interface PathParameter {
	readonly name: string;
	readonly wildcard: boolean;
}

/**
 * How paths are matched, here and by the router: case counts and so does a trailing slash, since
 * `/items` and `/items/` are two resources and a redirect may lead from one to the other.
 */
export const pathOptions = {sensitive: true, trailing: false} as const;

/** The parameters of a path in the syntax of path-to-regexp 8, or everything that is wrong with it. */
export function parsePathPattern(path: string): {
	parameters: readonly PathParameter[];
	/** Its regular expression as text: two paths with the same one match the same requests. */
	shape: string;
	faults: string[];
} {
	try {
		const data = parse(path);
		const shape = pathToRegexp(data, pathOptions).regexp.source;
		const parameters = parametersOf(data.tokens);
		return {parameters, shape, faults: [...repeatedNames(parameters), ...unsendable(data.tokens)]};
	} catch (error) {
		if (!(error instanceof PathError)) throw error;
		return {parameters: [], shape: '', faults: [syntaxFault(path, error.message)]};
	}
}

function parametersOf(tokens: readonly Token[]): PathParameter[] {
	return tokens.flatMap(token => {
		if (token.type === 'group') return parametersOf(token.tokens);
		if (token.type === 'text') return [];
		return [{name: token.name, wildcard: token.type === 'wildcard'}];
	});
}

function repeatedNames(parameters: readonly PathParameter[]): string[] {
	const names = parameters.map(({name}) => name);
	const repeated = names.filter((name, index) => names.indexOf(name) < index);
	return [...new Set(repeated)].map(name => `two parameters of the path are called "${name}"`);
}

function unsendable(tokens: readonly Token[]): string[] {
	return tokens.flatMap(token => {
		if (token.type === 'group') return unsendable(token.tokens);
		if (token.type !== 'text' || /^[\x21-\x7e]*$/.test(token.value)) return [];
		const encoded = encodeUnsendable(token.value);
		return [`a path stands as it goes over the wire: write "${encoded}", not "${token.value}"`];
	});
}

/** Percent-encodes what can't stand in a request line, as UTF-8, and leaves what can as it is. */
export function encodeUnsendable(text: string): string {
	return [...Buffer.from(text, 'utf8')]
		.map(byte => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `%${hex(byte)}`))
		.join('');
}

function hex(byte: number): string {
	return byte.toString(16).toUpperCase().padStart(2, '0');
}

function syntaxFault(path: string, message: string): string {
	return `the path "${path}" can't be read: ${syntaxAdvice(path, message)}`;
}

/** What path-to-regexp 8 refuses, and what is written instead; most of it is the syntax of version 6. */
function syntaxAdvice(path: string, message: string): string {
	const at = Number(/at index (\d+)/.exec(message)?.[1] ?? 0);
	const character = [...path][message.startsWith('Missing parameter name') ? at - 1 : at] ?? '';
	if (message.startsWith('Missing parameter name')) return missingName(character);
	if (message.startsWith('Missing text before')) {
		const name = /"(.*)"/.exec(message)?.[1];
		return `two parameters need some text between them, as in "/:a-:b"; there is none before "${name}"`;
	}
	if (message.startsWith('Unexpected end after')) return 'nothing follows the "\\" at its end';
	if (message.startsWith('Unexpected end')) return 'a "{" is not closed by a "}"';
	if (message.startsWith('Unterminated quote'))
		return "a quoted parameter name is not closed by a '\"'";
	if (message.startsWith('Too many')) return 'its optional parts combine to more than 256 paths';
	return unexpected(character);
}

function missingName(character: string): string {
	if (character === '*') return 'a "*" needs a name, such as "*rest"; write "\\*" for an asterisk';
	return 'a ":" needs a name, such as ":id"; write "\\:" for a colon';
}

function unexpected(character: string): string {
	if (character === '(' || character === ')') {
		return 'a regular expression such as "(.*)" has no place in a path; write ":id" for one segment, "*rest" for the rest';
	}
	if (character === '+')
		return 'a repeated parameter is written "*rest"; write "\\+" for a plus sign';
	if (character === '}') return 'a "}" closes no "{"; write "\\}" for a brace';
	return `"${character}" has no meaning in a path; write "\\${character}" for the character itself`;
}

/** A path as it goes over the wire, as a pattern that stands for this path alone. */
export function escapePath(path: string): string {
	return encodeUnsendable(path).replace(/[{}()[\]+?!:*\\]/g, '\\$&');
}
