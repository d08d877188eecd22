import {fitsSchema} from './fits-schema.ts';
import {copyPlain} from './plain-copy.ts';
import {requestMatcher} from './schema/request.ts';
import {scenarioSchema} from './schema.ts';
import type {Validated} from './schema-faults.ts';
import type {AnyHandler, Scenario} from './types.ts';

/**
 * Holds data against the schema and fills in the defaults. The data is copied before, so that an
 * author's object stays as it is; handlers pass through. Loads ajv when there seem to be faults.
 */
export async function validateScenario(input: unknown): Promise<Validated> {
	const {data, handlers, faults: refused} = copyPlain(input);
	const finish = (scenario: Scenario): Scenario => withHandlers(withMethods(scenario), handlers);
	if (refused.length === 0 && fitsScenario(data))
		return {scenario: finish(data), faults: [], doubtful: []};
	const {schemaFaults} = await import('./schema-faults.ts');
	const {scenario, ...found} = schemaFaults(data, refused);
	return {...(scenario && {scenario: finish(scenario)}), ...found};
}

function fitsScenario(data: unknown): data is Scenario {
	return fitsSchema(scenarioSchema, data);
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
