import {compileScenario} from '../../src/scenario/compile.ts';
import {lintScenario} from '../../src/scenario/lint.ts';
import {loadScenario} from '../../src/scenario/load.ts';
import type {ResponseInput, RouteInput, ScenarioInput} from '../../src/scenario/types.ts';

export const origin = 'https://api.example.test';
export const target = `${origin}/v2`;

/** What the check `id` says of a scenario, as `path: message`. */
export async function lint(id: string, scenario: Partial<ScenarioInput>): Promise<string[]> {
	const loaded = await loadScenario({name: 'linted', routes: [], ...scenario});
	return lintScenario(compileScenario(loaded))
		.filter(finding => finding.id === id)
		.map(({path, message}) => `${path}: ${message}`);
}

/** A route at `/v1` for these methods that answers with a redirect to `target`. */
export function moved(
	methods: string,
	status: number | string = 307,
	more: ResponseInput = {},
): RouteInput {
	const headers = {Location: target, ...more.headers};
	return {request: `${methods} ${origin}/v1`, response: {...more, status, headers}};
}

/** A route at the target for these methods. */
export function atTarget(methods: string, response: ResponseInput = {}): RouteInput {
	return {request: `${methods} ${target}`, response};
}
