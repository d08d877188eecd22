/** What is understood of a JSON Schema (draft-07); all else in one is left to ajv. */
export interface UnderstoodSchema {
	readonly type?: string | readonly string[];
	readonly enum?: readonly unknown[];
	readonly anyOf?: readonly UnderstoodSchema[];
	readonly properties?: Readonly<Record<string, UnderstoodSchema>>;
	readonly required?: readonly string[];
	readonly additionalProperties?: boolean | UnderstoodSchema;
	readonly minProperties?: number;
	readonly maxProperties?: number;
	readonly items?: UnderstoodSchema;
	readonly minItems?: number;
	readonly uniqueItems?: boolean;
	readonly minLength?: number;
	readonly pattern?: string;
	readonly format?: string;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly exclusiveMinimum?: number;
	readonly default?: unknown;
	readonly description?: string;
}

const understood = new Set([
	...['type', 'enum', 'anyOf', 'default', '$schema', 'title', 'description', 'examples'],
	...['properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties'],
	...['items', 'minItems', 'uniqueItems', 'minLength', 'pattern', 'format'],
	...['minimum', 'maximum', 'exclusiveMinimum'],
]);

/**
 * Whether plain data fits a schema beyond doubt. Defaults of properties are filled in on the way, but
 * for those inside `anyOf`, as ajv does it.
 *
 * To load ajv and to compile a schema takes longer than all the rest of a start, and is only worth it
 * for what it says of data that does not fit. So this only knows the data that does: whatever else
 * there is, in the data or in the schema, is "no", and ajv is asked then.
 */
export function fitsSchema(schema: UnderstoodSchema, data: unknown, inBranch = false): boolean {
	return (
		Object.keys(schema).every(keyword => understood.has(keyword)) &&
		isOfType(schema, data) &&
		(schema.enum?.includes(data) ?? true) &&
		(schema.anyOf?.some(branch => fitsSchema(branch, data, true)) ?? true) &&
		fitsAsValue(schema, data, inBranch)
	);
}

function isOfType({type}: UnderstoodSchema, data: unknown): boolean {
	if (type === undefined) return true;
	const types = [type].flat();
	return types.includes(typeOf(data)) || (types.includes('integer') && Number.isInteger(data));
}

function typeOf(data: unknown): string {
	if (data === null) return 'null';
	return Array.isArray(data) ? 'array' : typeof data;
}

function fitsAsValue(schema: UnderstoodSchema, data: unknown, inBranch: boolean): boolean {
	if (typeof data === 'string') return fitsAsText(schema, data);
	if (typeof data === 'number') return fitsAsNumber(schema, data);
	if (Array.isArray(data)) return fitsAsList(schema, data, inBranch);
	return isObject(data) ? fitsAsObject(schema, data, inBranch) : true;
}

function fitsAsText({minLength = 0, pattern, format}: UnderstoodSchema, text: string): boolean {
	return (
		[...text].length >= minLength &&
		(pattern === undefined || new RegExp(pattern, 'u').test(text)) &&
		(format === undefined || (format === 'regex' && isRegularExpression(text)))
	);
}

/** Patterns are those of JSON Schema: ECMAScript's, with the `u` flag. */
export function isRegularExpression(pattern: string): boolean {
	try {
		new RegExp(pattern, 'u');
		return true;
	} catch {
		return false;
	}
}

function fitsAsNumber(schema: UnderstoodSchema, number: number): boolean {
	const {minimum = number, maximum = number, exclusiveMinimum} = schema;
	const isAbove = exclusiveMinimum === undefined || number > exclusiveMinimum;
	return minimum <= number && number <= maximum && isAbove;
}

function fitsAsList(
	{items, minItems = 0, uniqueItems}: UnderstoodSchema,
	list: readonly unknown[],
	inBranch: boolean,
): boolean {
	// Of objects, nobody looks here whether they are equal.
	const areUnique = () => new Set(list).size === list.length && !list.some(isObject);
	return (
		list.length >= minItems &&
		(!uniqueItems || areUnique()) &&
		// `every` of a list itself would pass over its holes.
		(items === undefined || Array.from(list).every(item => fitsSchema(items, item, inBranch)))
	);
}

function fitsAsObject(
	schema: UnderstoodSchema,
	data: Record<string, unknown>,
	inBranch: boolean,
): boolean {
	const {properties = {}, required = [], additionalProperties = true} = schema;
	if (!inBranch) fillIn(properties, data);
	const names = Object.keys(data);
	const {minProperties = 0, maxProperties = names.length} = schema;
	const fits = (name: string): boolean => {
		const rule = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
		return typeof rule === 'object' ? fitsSchema(rule, data[name], inBranch) : rule === true;
	};
	return (
		required.every(name => Object.hasOwn(data, name)) &&
		minProperties <= names.length &&
		names.length <= maxProperties &&
		names.every(fits)
	);
}

/** A default that is a list is empty. */
function fillIn(
	properties: Readonly<Record<string, UnderstoodSchema>>,
	data: Record<string, unknown>,
): void {
	for (const [name, {default: value}] of Object.entries(properties))
		if (value !== undefined && !Object.hasOwn(data, name))
			data[name] = Array.isArray(value) ? [...value] : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
