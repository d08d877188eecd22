import type {ErrorObject} from 'ajv';
import {describeTypes, describeValue, joinOr} from './json-words.ts';
import {didYouMean, nearName} from './near-name.ts';
import {pointerTo} from './pointer.ts';
import type {Fault} from './positions.ts';

/** The faults behind ajv's errors (of a validator with `allErrors` and `verbose`), in our words. */
export function describeErrors(errors: readonly ErrorObject[]): Fault[] {
	return reduceBranches(errors).map(describeError);
}

/**
 * ajv reports every branch of an `anyOf` or `oneOf` that failed. Only those that have the right type for the
 * value tell an author something; when none has, the one fault is the type.
 */
function reduceBranches(errors: readonly ErrorObject[]): ErrorObject[] {
	const outermost = errors.find(
		error => hasBranches(error) && !errors.some(other => contains(other, error)),
	);
	if (outermost === undefined) return [...errors];
	const inside = errors.filter(error => contains(outermost, error));
	const outside = errors.filter(error => error !== outermost && !inside.includes(error));
	const fitting = [...new Set(inside.map(error => branchOf(outermost, error)))].filter(
		branch => !inside.some(error => branchOf(outermost, error) === branch && isTypeOf(outermost, error)),
	);
	const [branch] = fitting;
	const kept =
		branch === undefined
			? [wrongType(outermost, inside)]
			: reduceBranches(inside.filter(error => branchOf(outermost, error) === branch));
	return [...kept, ...reduceBranches(outside)];
}

/** A `oneOf` that several branches fit is a fault of its own. */
function hasBranches({keyword, params}: ErrorObject): boolean {
	return keyword === 'anyOf' || (keyword === 'oneOf' && params['passingSchemas'] === null);
}

function contains(outer: ErrorObject, inner: ErrorObject): boolean {
	return (
		outer !== inner &&
		hasBranches(outer) &&
		inner.schemaPath.startsWith(`${outer.schemaPath}/`) &&
		`${inner.instancePath}/`.startsWith(`${outer.instancePath}/`)
	);
}

function branchOf(outer: ErrorObject, inner: ErrorObject): string {
	return inner.schemaPath.slice(outer.schemaPath.length + 1).split('/')[0] ?? '';
}

function isTypeOf(outer: ErrorObject, inner: ErrorObject): boolean {
	return inner.keyword === 'type' && inner.instancePath === outer.instancePath;
}

/** The error of the branches as a `type` error that lists the types of all branches. */
function wrongType(outer: ErrorObject, inside: readonly ErrorObject[]): ErrorObject {
	const types = inside.filter(error => isTypeOf(outer, error)).flatMap(error => error.params['type']);
	return {...outer, keyword: 'type', params: {type: types}};
}

function describeError(error: ErrorObject): Fault {
	const {keyword, instancePath: path, params} = error;
	if (keyword === 'additionalProperties') return unknownProperty(error);
	if (keyword === 'required') return {path, message: `"${params['missingProperty']}" is missing`};
	return {path, message: wordsFor(error)};
}

function unknownProperty({instancePath, params, parentSchema}: ErrorObject): Fault {
	const name = String(params['additionalProperty']);
	const known = Object.keys(parentSchema?.['properties'] ?? {});
	const isResponse = known.includes('status');
	const near = (isResponse && headerAdvice(name, known)) || didYouMean(name, known);
	const message = `unknown property "${name}"${near}`;
	const list = known.length === 0 ? '' : ` (known here: ${known.join(', ')})`;
	return {path: instancePath + pointerTo(name), message: message + list, atName: true};
}

/** Most responses are written for the sake of one header, and it is easily put one level too high. */
function headerAdvice(name: string, known: readonly string[]): string | undefined {
	const field = nearName(name, commonFields);
	if (field === undefined || nearName(name, known) !== undefined) return undefined;
	return `; did you mean "headers: { ${field}: … }"?`;
}

const commonFields = ['Location', 'Cache-Control', 'Content-Type', 'Retry-After', 'Set-Cookie'];

function wordsFor(error: ErrorObject): string {
	const {keyword, params, data} = error;
	const found = describeValue(data);
	const limit = params['limit'];
	switch (keyword) {
		case 'type':
			return `expected ${describeTypes([params['type']].flat())}, found ${found}`;
		case 'enum':
			return oneOf(params['allowedValues'], data);
		case 'const':
			return `expected ${JSON.stringify(params['allowedValue'])}, found ${found}`;
		case 'minimum':
		case 'maximum':
			return `expected ${rangeOf(error)}, found ${found}`;
		case 'exclusiveMinimum':
			return `expected a number above ${limit}, found ${found}`;
		case 'exclusiveMaximum':
			return `expected a number below ${limit}, found ${found}`;
		case 'pattern':
			return `expected ${patternWords[params['pattern']] ?? `text that matches /${params['pattern']}/`}, found ${found}`;
		case 'format':
			return formatFault(params['format'], data);
		case 'uniqueItems':
			return `the items ${params['j']} and ${params['i']} are equal (counted from 0)`;
		default:
			return lengthFault(error) ?? `${error.message}, found ${found}`;
	}
}

function oneOf(allowed: readonly unknown[], data: unknown): string {
	const names = allowed.map(value => (typeof value === 'string' ? value : JSON.stringify(value)));
	const near = typeof data === 'string' ? didYouMean(data, names) : '';
	return `expected ${joinOr(names.map(name => `"${name}"`))}, found ${describeValue(data)}${near}`;
}

function rangeOf({parentSchema, params}: ErrorObject): string {
	const {minimum, maximum} = parentSchema ?? {};
	if (minimum !== undefined && maximum !== undefined) return `a number from ${minimum} to ${maximum}`;
	return `a number that is ${params['limit']} ${minimum === undefined ? 'at most' : 'at least'}`;
}

function lengthFault({keyword, params, data}: ErrorObject): string | undefined {
	const limit = params['limit'];
	const count = Array.isArray(data) ? data.length : String(data).length;
	switch (keyword) {
		case 'minLength':
			return limit === 1 ? 'expected some text, found ""' : `expected ${limit} characters or more, found ${count}`;
		case 'maxLength':
			return `expected ${limit} characters at most, found ${count}`;
		case 'minItems':
			return `expected a list of ${limit} or more, found ${count === 0 ? 'an empty one' : `one of ${count}`}`;
		case 'maxItems':
			return `expected a list of ${limit} at most, found one of ${count}`;
		default:
			return undefined;
	}
}

const patternWords: Readonly<Record<string, string>> = {
	'^[a-z0-9][a-z0-9-]*$': 'a name of lower-case letters, digits and hyphens',
	'^[A-Za-z0-9+/\\s]*={0,2}\\s*$': 'text in base64',
	'^[2-5][0-9]{2}( [\\t\\x20-\\x7e]*)?$':
		'a status code from 200 to 599, or code and reason phrase such as "307 TEMPORARY_REDIRECT"',
};

function formatFault(format: unknown, data: unknown): string {
	if (format !== 'regex') return `expected the format "${format}", found ${describeValue(data)}`;
	try {
		new RegExp(String(data), 'u');
		return 'no regular expression';
	} catch (error) {
		const reason = error instanceof Error ? error.message.replace(/^.*: /, '') : String(error);
		return `no regular expression: ${reason} (ECMAScript syntax, with the "u" flag)`;
	}
}
