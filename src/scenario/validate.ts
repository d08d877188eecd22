import {Ajv, type ErrorObject} from 'ajv';
import {copyPlain} from './plain-copy.ts';
import type {Fault} from './positions.ts';
import {describeErrors} from './problem-words.ts';
import {salvage} from './salvage.ts';
import {requestMatcher} from './schema/request.ts';
import {scenarioSchema} from './schema.ts';
import type {AnyHandler, Scenario} from './types.ts';

/** What the schema says of a scenario. */
export interface Validated {
	/** The scenario; what is sound of it when there are faults; absent when nothing is. */
	readonly scenario?: Scenario;
	readonly faults: readonly Fault[];
	/** JSON pointers of the places that nothing more can be said of; none without faults. */
	readonly doubtful: readonly string[];
}

/**
 * Holds data against the schema and fills in the defaults. The data is copied before, so that an
 * author's object stays as it is; handlers pass through.
 */
export function validateScenario(input: unknown): Validated {
	const {data, handlers, faults: refused} = copyPlain(input);
	const fits = validator();
	const finish = (scenario: Scenario): Scenario => withHandlers(withMethods(scenario), handlers);
	if (fits(data) && refused.length === 0) return {scenario: finish(data), faults: [], doubtful: []};
	const known = new Set(refused.map(({path}) => path));
	const described = describeErrors(fits.errors ?? []).filter(({path}) => !known.has(path));
	const faults = [...refused, ...described];
	const {data: sound, doubtful = []} = salvage(data, faults) ?? {};
	return {...(fits(sound) && {scenario: finish(sound)}), faults, doubtful};
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
