import {secretsParameter} from '../shown-secrets.ts';

const id = {type: 'string', description: 'The id of the double.'} as const;

/** The path of what belongs to a double. */
export const ofDouble = {
	type: 'object',
	properties: {id},
	required: ['id'],
	additionalProperties: false,
} as const;

/** The path of what has a number in its double. */
export const ofNumber = {
	type: 'object',
	properties: {
		id,
		number: {type: 'integer', minimum: 1, description: 'Its number, from 1.'},
	},
	required: ['id', 'number'],
	additionalProperties: false,
} as const;

/** The query of what may hold credentials. */
export const withSecrets = {
	type: 'object',
	properties: {secrets: secretsParameter},
	additionalProperties: false,
} as const;

/** The query of a list. */
export const pageOfList = {
	type: 'object',
	properties: {
		after: {
			type: 'integer',
			minimum: 0,
			default: 0,
			description: 'Begins behind this number; `next` of the page before.',
		},
		limit: {
			type: 'integer',
			minimum: 1,
			maximum: 1000,
			default: 100,
			description: 'How many are told at the most.',
		},
		secrets: secretsParameter,
	},
	additionalProperties: false,
} as const;

/** The schema of what a page says of those behind it. */
export const nextSchema = {
	type: 'integer',
	description: 'What `after` is for the next page; absent on the last one.',
} as const;

/** A page of a list, and what is behind it. */
export function pageOf<Item>(
	items: readonly Item[],
	numberOf: (item: Item) => number,
	{after = 0, limit = 100}: {after?: number; limit?: number},
): {page: readonly Item[]; next: {next?: number}} {
	const start = items.findIndex(item => numberOf(item) > after);
	if (start < 0) return {page: [], next: {}};
	const page = items.slice(start, start + limit);
	const last = page.at(-1);
	const goesOn = start + limit < items.length;
	return {page, next: goesOn && last !== undefined ? {next: numberOf(last)} : {}};
}
