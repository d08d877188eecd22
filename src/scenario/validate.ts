import {Ajv, type ErrorObject} from 'ajv';
import {ScenarioError} from '../errors.ts';
import {copyPlain} from './plain-copy.ts';
import {type Positions, placeFaults} from './positions.ts';
import {describeErrors} from './problem-words.ts';
import {requestMatcher, scenarioSchema} from './schema.ts';
import type {AnyHandler, Scenario} from './types.ts';

/**
 * Holds data against the schema and fills in the defaults. The data is copied before, so that an
 * author's object stays as it is; handlers pass through. Throws a ScenarioError with all faults.
 */
export function validateScenario(input: unknown, file: string, positions: Positions): Scenario {
	const {data, handlers, faults} = copyPlain(input);
	const fits = validator();
	if (fits(data) && faults.length === 0) return withHandlers(withMethods(data), handlers);
	const known = new Set(faults.map(({path}) => path));
	const described = describeErrors(fits.errors ?? []).filter(({path}) => !known.has(path));
	throw new ScenarioError(file, placeFaults([...faults, ...described], positions));
}

interface Validator {
	(data: unknown): data is Scenario;
	errors?: ErrorObject[] | null;
}

let compiled: Validator | undefined;

function validator(): Validator {
	if (compiled !== undefined) return compiled;
	const ajv = new Ajv({
		allErrors: true,
		useDefaults: true,
		strict: true,
		allowUnionTypes: true,
		verbose: true,
	});
	ajv.addFormat('regex', {type: 'string', validate: isRegularExpression});
	compiled = ajv.compile<Scenario>(withoutBranchDefaults(scenarioSchema));
	return compiled;
}

/** Patterns are those of JSON Schema: ECMAScript's, with the `u` flag. */
function isRegularExpression(pattern: string): boolean {
	try {
		new RegExp(pattern, 'u');
		return true;
	} catch {
		return false;
	}
}

/**
 * ajv fills in no default inside `anyOf`, and in strict mode refuses a schema that has one there.
 * (A `default` that is an object would be the schema of a property of that name.)
 */
function withoutBranchDefaults(schema: object, inBranch = false): object {
	const members = Object.entries(schema)
		.filter(([name, value]) => !(inBranch && name === 'default' && typeof value !== 'object'))
		.map(([name, value]: [string, unknown]) => {
			if (Array.isArray(value)) {
				const inside = inBranch || name === 'anyOf';
				return [
					name,
					value.map(item => (isObject(item) ? withoutBranchDefaults(item, inside) : item)),
				];
			}
			return [name, isObject(value) ? withoutBranchDefaults(value, inBranch) : value];
		});
	return Object.fromEntries(members);
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

/** The one default that stands inside `anyOf`: the method of a request in its object form. */
function withMethods(scenario: Scenario): Scenario {
	const method = requestMatcher.properties.method.default;
	const routes = scenario.routes.map(route =>
		typeof route.request === 'string'
			? route
			: {...route, request: {...route.request, method: route.request.method ?? method}},
	);
	return {...scenario, routes};
}

function withHandlers(scenario: Scenario, handlers: ReadonlyMap<number, AnyHandler>): Scenario {
	const routes = scenario.routes.map((route, index) => {
		const response = handlers.get(index);
		return response === undefined ? route : {...route, response};
	});
	return {...scenario, routes};
}
