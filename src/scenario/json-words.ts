import {printable} from '../http/printable.ts';

/** What a value is, in the words of a person: `the number 5`, `"abc"`, `a list`, `nothing (null)`. */
export function describeValue(value: unknown): string {
	if (value === null) return 'nothing (null)';
	if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
	if (typeof value === 'string') return `"${printable(value, 60)}"`;
	if (typeof value === 'object') return 'an object';
	if (typeof value === 'undefined') return 'nothing';
	return typeof value === 'number' ? `the number ${value}` : String(value);
}

const typeWords: Readonly<Record<string, string>> = {
	string: 'text',
	number: 'a number',
	integer: 'a whole number',
	boolean: 'true or false',
	array: 'a list',
	object: 'an object',
	null: 'null',
};

/** What the `type` of a schema expects, in words: one type or several. */
export function describeTypes(types: readonly string[]): string {
	return joinOr([...new Set(types)].map(type => typeWords[type] ?? type));
}

/** `a`, `a or b`, `a, b or c`. */
export function joinOr(words: readonly string[]): string {
	const last = words.at(-1) ?? '';
	return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

/** The names in quotes, separated by commas. */
export function listNames(names: readonly string[]): string {
	return names.map(name => `"${name}"`).join(', ');
}
