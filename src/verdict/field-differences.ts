import type {Fields} from './fields.ts';
import {shownValue} from './wire-text.ts';

/** A field whose value differs between two messages. */
export interface FieldDifference {
	/** The name as first seen. */
	readonly name: string;
	/** The value before, masked and escaped; absent when the field is new. */
	readonly before: string | undefined;
	/** The value after, masked and escaped; absent when the field is gone. */
	readonly after: string | undefined;
}

/**
 * The fields of `before` that are gone from `after` or have another value there. Several lines of
 * one name count as one value (RFC 9110, 5.3); order and case of names do not count.
 */
export function fieldDifferences(
	before: Fields,
	after: Fields,
	isCompared: (name: string) => boolean,
): FieldDifference[] {
	const differences: FieldDifference[] = [];
	if (before === after) return differences;
	for (const [key, {name, value: was}] of before) {
		const is = after.get(key)?.value;
		if (was === is || !isCompared(key)) continue;
		const shown = is === undefined ? undefined : shownAfter(name, was, is);
		differences.push({name, before: shownValue(name, was), after: shown});
	}
	return differences;
}

/** The fields of `after` that `before` does not have, in order. */
export function addedFields(
	before: Fields,
	after: Fields,
	isCompared: (name: string) => boolean,
): FieldDifference[] {
	// What `before` has not is, seen from `after`, what is gone.
	return fieldDifferences(after, before, isCompared)
		.filter(({after: was}) => was === undefined)
		.map(({name, before: is}) => ({name, before: undefined, after: is}));
}

/** The expected side of a finding: each field with its value, or that there was none. */
export function shownBefore(differences: readonly FieldDifference[]): string {
	return differences.map(({name, before}) => shownField(name, before)).join('\n');
}

/** The actual side of a finding: each field with its value, or that it is gone. */
export function shownNow(differences: readonly FieldDifference[]): string {
	return differences.map(({name, after}) => shownField(name, after)).join('\n');
}

function shownField(name: string, value: string | undefined): string {
	return value === undefined ? `no ${name}` : `${name}: ${value}`;
}

/** Masking can make two different secrets look alike; then the difference is said. */
function shownAfter(name: string, was: string, is: string): string {
	const shown = shownValue(name, is);
	return shown === shownValue(name, was) ? `${shown} (another value)` : shown;
}
