import {Ajv, type ErrorObject} from 'ajv';
import {FollowthroughError} from '../errors.ts';
import {isSecretName} from '../http/secrets.ts';
import {describeErrors} from './problem-words.ts';

/**
 * Holds JSON data against a JSON Schema (draft-07) and lists every fault, such as
 * `/name: expected text, found the number 5`; the list is empty when it fits. Throws
 * OPTION_INVALID when the schema itself can't be used.
 */
export function checkJson(schema: object | boolean, data: unknown): string[] {
	return jsonFaults(schema, data).map(({path, message}) => `${path || '/'}: ${message}`);
}

/** As `checkJson`, each fault with the JSON pointer of its place. */
export function jsonFaults(
	schema: object | boolean,
	data: unknown,
): {readonly path: string; readonly message: string}[] {
	const fits = validatorFor(schema);
	if (fits(data)) return [];
	return describeErrors((fits.errors ?? []).map(withoutSecret)).map(({path, message}) => {
		return {path, message};
	});
}

/** The value of a member such as "password" is told by its type alone. */
function withoutSecret(error: ErrorObject): ErrorObject {
	const names = error.instancePath.split('/');
	return typeof error.data === 'string' && names.some(isSecretName)
		? {...error, data: '***'}
		: error;
}

interface Validator {
	(data: unknown): boolean;
	errors?: ErrorObject[] | null;
}

// A test holds many bodies against one schema; ajv's own cache would keep every schema for ever.
const validators = new WeakMap<object, Validator>();

function validatorFor(schema: object | boolean): Validator {
	if (typeof schema === 'boolean') return compile(schema);
	const known = validators.get(schema);
	if (known !== undefined) return known;
	const validator = compile(schema);
	validators.set(schema, validator);
	return validator;
}

function compile(schema: object | boolean): Validator {
	const ajv = new Ajv({allErrors: true, strict: false, verbose: true, logger: false});
	try {
		return ajv.compile(schema);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new FollowthroughError('OPTION_INVALID', `the JSON Schema can't be used: ${reason}`, {
			cause: error,
		});
	}
}
