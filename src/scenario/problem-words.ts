import type {ErrorObject} from 'ajv';
import {describeTypes, describeValue, joinOr} from './json-words.ts';
import {didYouMean, nearName} from './near-name.ts';
import {nearValue} from './near-value.ts';
import {pointerTo} from './pointer.ts';
import type {Fault} from './positions.ts';
import {reduceBranches} from './reduce-branches.ts';

/** The faults behind ajv's errors (of a validator with `allErrors` and `verbose`), in our words. */
export function describeErrors(errors: readonly ErrorObject[]): Fault[] {
	return reduceBranches(errors).map(describeError);
}

function describeError(error: ErrorObject): Fault {
	const {keyword, instancePath: path, params} = error;
	const {missingProperty} = params;
	if (keyword === 'additionalProperties') return unknownProperty(error);
	if (keyword === 'required')
		return {path, message: `"${missingProperty}" is missing`, missing: missingProperty};
	return {path, message: wordsFor(error)};
}

function unknownProperty({instancePath, params, parentSchema}: ErrorObject): Fault {
	const {additionalProperty: name} = params;
	const {properties = {}} = parentSchema ?? {};
	const known = Object.keys(properties);
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
	const {allowedValue, limit, type, pattern, i, j} = params;
	const found = describeValue(data);
	switch (keyword) {
		case 'type':
			return `expected ${describeTypes([type].flat())}, found ${found}`;
		case 'enum':
			return oneOf(params, data);
		case 'const':
			return `expected ${JSON.stringify(allowedValue)}, found ${found}`;
		case 'false schema':
			return `expected nothing here, found ${found}`;
		case 'minimum':
		case 'maximum':
			return `expected ${rangeOf(error)}, found ${found}`;
		case 'exclusiveMinimum':
			return `expected a number above ${limit}, found ${found}`;
		case 'exclusiveMaximum':
			return `expected a number below ${limit}, found ${found}`;
		case 'pattern':
			return `expected ${patternWords[pattern] ?? `text that matches /${pattern}/`}, found ${found}`;
		case 'minProperties':
		case 'maxProperties':
			return membersFault(error);
		case 'format':
			return formatFault(params, data);
		case 'uniqueItems':
			return `the items ${i} and ${j} are equal (counted from 0)`;
		default:
			return lengthFault(error) ?? `${error.message}, found ${found}`;
	}
}

/** `forms`, of which `reduceBranches` knows, are members of objects that may stand there as well. */
function oneOf({allowedValues, forms = []}: ErrorObject['params'], data: unknown): string {
	const values: unknown[] = allowedValues;
	const shown = new Map([
		...values.map((value): [string, string] => [String(value), JSON.stringify(value)]),
		...[...forms].map((name): [string, string] => [name, `{${name}: …}`]),
	]);
	// An object may have no text form: what a file holds is any data.
	const near = typeof data === 'object' ? undefined : nearValue(String(data), [...shown.keys()]);
	const advice = near === undefined ? '' : `; did you mean ${shown.get(near)}?`;
	return `expected ${joinOr([...shown.values()])}, found ${describeValue(data)}${advice}`;
}

/** The range of a `status` is half of what it may be: a text can stand there too. */
function rangeOf({parentSchema, schemaPath, params: {limit}}: ErrorObject): string {
	if (schemaPath.includes('/properties/response') && schemaPath.includes('/status/anyOf/'))
		return statusWords;
	if (schemaPath.includes('/interim/items/properties/status/')) return interimWords;
	const {minimum, maximum} = parentSchema ?? {};
	if (minimum !== undefined && maximum !== undefined)
		return `a number from ${minimum} to ${maximum}`;
	return `a number that is ${limit} ${minimum === undefined ? 'at most' : 'at least'}`;
}

function membersFault({keyword, params: {limit}, parentSchema, data}: ErrorObject): string {
	const count = Object.keys(Object(data)).length;
	const {properties = {}} = parentSchema ?? {};
	const known = Object.keys(properties);
	const list = known.length === 0 ? '' : ` (known here: ${known.join(', ')})`;
	const members = `${limit} ${limit === 1 ? 'property' : 'properties'}`;
	return `expected ${members} at ${keyword === 'minProperties' ? 'least' : 'most'}, found ${count}${list}`;
}

function lengthFault({keyword, params: {limit}, data}: ErrorObject): string | undefined {
	const count = Array.isArray(data) ? data.length : String(data).length;
	switch (keyword) {
		case 'minLength':
			return limit === 1
				? 'expected some text, found ""'
				: `expected ${limit} characters or more, found ${count}`;
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

const statusWords =
	'a status code from 200 to 599, or code and reason phrase such as "307 TEMPORARY_REDIRECT"';

const interimWords =
	'an interim status from 102 to 199 ("continue" says whether a 100 is sent, and 101 would end HTTP)';

const patternWords: Readonly<Record<string, string>> = {
	'^[a-z0-9][a-z0-9-]*$': 'a name of lower-case letters, digits and hyphens',
	'^[A-Za-z0-9+/\\s]*={0,2}\\s*$': 'text in base64',
	'^[2-5][0-9]{2}( [\\t\\x20-\\x7e]*)?$': statusWords,
};

function formatFault({format}: ErrorObject['params'], data: unknown): string {
	if (format !== 'regex') return `expected the format "${format}", found ${describeValue(data)}`;
	try {
		new RegExp(String(data), 'u');
		return 'no regular expression';
	} catch (error) {
		const reason = error instanceof Error ? error.message.replace(/^.*: /, '') : String(error);
		return `no regular expression: ${reason} (ECMAScript syntax, with the "u" flag)`;
	}
}
