import {Ajv, type ErrorObject} from 'ajv';
import {isRegularExpression} from './fits-schema.ts';
import type {Fault} from './positions.ts';
import {describeErrors} from './problem-words.ts';
import {salvage} from './salvage.ts';
import {scenarioSchema} from './schema.ts';
import type {Scenario} from './types.ts';

/** What the schema says of a scenario. */
export interface Validated {
	/** The scenario; what is sound of it when there are faults; absent when nothing is. */
	readonly scenario?: Scenario;
	readonly faults: readonly Fault[];
	/** JSON pointers of the places that nothing more can be said of; none without faults. */
	readonly doubtful: readonly string[];
}

/**
 * Holds plain data against the schema with ajv, which finds every fault and fills in the defaults.
 *
 * @param refused what is known to have no place in a scenario: nothing else is said of these places
 */
export function schemaFaults(data: unknown, refused: readonly Fault[]): Validated {
	const fits = validator();
	if (fits(data) && refused.length === 0) return {scenario: data, faults: [], doubtful: []};
	const known = new Set(refused.map(({path}) => path));
	const described = describeErrors(fits.errors ?? []).filter(({path}) => !known.has(path));
	const faults = [...refused, ...described];
	const {data: sound, doubtful = []} = salvage(data, faults) ?? {};
	return {...(fits(sound) && {scenario: sound}), faults, doubtful};
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
