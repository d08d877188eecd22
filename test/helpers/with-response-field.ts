import type {ScenarioInput} from '../../src/index.ts';

/** The scenario with a header field in each of its scripted responses. */
export function withResponseField(
	scenario: ScenarioInput,
	name: string,
	value: string,
): ScenarioInput {
	const routes = scenario.routes.map(route => {
		const {response} = route;
		if (response === undefined || typeof response === 'function') return route;
		return {...route, response: {...response, headers: {...response.headers, [name]: value}}};
	});
	return {...scenario, routes};
}
