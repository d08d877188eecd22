import {printable} from '../http/printable.ts';
import {maskedText} from '../http/secrets.ts';
import {pointerTo} from './pointer.ts';

/**
 * Where `actual` does not contain `expected`, in words; undefined when it does. An object contains
 * an object that has some of its members; lists have the same length and contain each other's items
 * one by one; everything else is equal.
 */
export function missInJson(
	expected: unknown,
	actual: unknown,
	path: readonly (string | number)[] = [],
): string | undefined {
	if (Array.isArray(expected) && Array.isArray(actual)) return missInList(expected, actual, path);
	if (isObject(expected) && isObject(actual)) return missInObject(expected, actual, path);
	if (expected === actual) return undefined;
	return `expected ${show(expected, path)}${place(path)}, came ${show(actual, path)}`;
}

function missInList(
	expected: readonly unknown[],
	actual: readonly unknown[],
	path: readonly (string | number)[],
): string | undefined {
	if (expected.length !== actual.length) {
		return `expected a list of ${expected.length}${place(path)}, came one of ${actual.length}`;
	}
	for (const [index, item] of expected.entries()) {
		const miss = missInJson(item, actual[index], [...path, index]);
		if (miss !== undefined) return miss;
	}
	return undefined;
}

function missInObject(
	expected: object,
	actual: object,
	path: readonly (string | number)[],
): string | undefined {
	const came = new Map(Object.entries(actual));
	for (const [name, value] of Object.entries(expected)) {
		const inside = [...path, name];
		if (!came.has(name)) return `expected ${show(value, inside)}${place(inside)}, came nothing`;
		const miss = missInJson(value, came.get(name), inside);
		if (miss !== undefined) return miss;
	}
	return undefined;
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function place(path: readonly (string | number)[]): string {
	return path.length === 0 ? '' : ` at ${printable(pointerTo(...path))}`;
}

/** A value with its name beside it, so that a secret is known by its name and masked. */
function show(value: unknown, path: readonly (string | number)[]): string {
	const name = JSON.stringify(String(path.at(-1) ?? ''));
	const text = maskedText(`${name}:${JSON.stringify(value) ?? 'nothing'}`);
	return printable(text.slice(name.length + 1));
}
