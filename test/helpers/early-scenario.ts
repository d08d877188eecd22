import type {ScenarioInput} from '../../src/index.ts';

/** The documented origin of these scenarios. */
export const api = 'https://api.example.test';

/** One response as a scenario has it. */
type Response = NonNullable<ScenarioInput['routes'][number]['response']>;

/** `/x` is redirected to `/y`, in the way that is told; `/y` answers 201. */
export function redirecting(how: Partial<Exclude<Response, (...args: never[]) => unknown>>) {
	return {
		name: 'early',
		routes: [
			{
				request: `* ${api}/x`,
				response: {status: 307, headers: {Location: `${api}/y`}, ...how},
			},
			{request: `* ${api}/y`, response: {status: 201}},
		],
	} satisfies ScenarioInput;
}
