import type {JSONSchema} from 'json-schema-to-ts';
import type {FitsSchema} from '../journal/recorded-body.ts';
import {inShort, Problem} from './problem.ts';

/** The parameters, or the content, of an operation that has none. */
export const noParameters = {
	type: 'object',
	properties: {},
	additionalProperties: false,
} as const;

/** Which part of a request is looked at. */
export type PartOfRequest = 'path' | 'query' | 'content';

/**
 * Data of a request that fits a schema, its defaults filled in. Of the path and the query, whose
 * values are texts, numbers and booleans are read.
 *
 * @throws Problem REQUEST_INVALID with every fault
 */
export async function checked<const Schema extends JSONSchema>(
	schema: Schema | undefined,
	given: unknown,
	part: PartOfRequest,
): Promise<{readonly data: FitsSchema<Schema>}> {
	const {properties}: {properties?: unknown} = Object(schema ?? noParameters);
	const known = new Map<string, unknown>(Object.entries(Object(properties)));
	const data = isPlainObject(given) ? completed(given, known, part) : given;
	// Of JSON, ajv is only loaded for what is asked of it.
	const {jsonFaults} = await import('../scenario/check-json.ts');
	const faults = jsonFaults(schema ?? noParameters, data);
	if (fits<Schema>(data, faults)) return {data};
	const place = part === 'content' ? 'the content' : `a parameter of the ${part}`;
	throw new Problem('REQUEST_INVALID', `There is a fault in ${place}: ${inShort(faults)}.`, {
		faults,
	});
}

function fits<Schema extends JSONSchema>(
	_data: unknown,
	faults: readonly unknown[],
): _data is FitsSchema<Schema> {
	return faults.length === 0;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function completed(
	given: Readonly<Record<string, unknown>>,
	known: ReadonlyMap<string, unknown>,
	part: PartOfRequest,
): Record<string, unknown> {
	const read = Object.entries(given).map(([name, value]) => [
		name,
		part === 'content' ? value : readText(value, known.get(name)),
	]);
	const defaults = [...known].flatMap(([name, schema]) => {
		const {default: value}: {default?: unknown} = Object(schema);
		return value === undefined ? [] : [[name, value]];
	});
	return Object.fromEntries([...defaults, ...read]);
}

/** What is no number stays a text, and the schema says what was expected. */
function readText(value: unknown, schema: unknown): unknown {
	const {type}: {type?: unknown} = Object(schema);
	if (typeof value !== 'string') return value;
	if ((type === 'integer' || type === 'number') && /^-?\d+(?:\.\d+)?$/.test(value))
		return Number(value);
	if (type === 'boolean' && /^(?:true|false)$/.test(value)) return value === 'true';
	return value;
}
