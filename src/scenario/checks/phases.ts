import {listNames} from '../json-words.ts';
import type {LoadedScenario} from '../loaded.ts';
import {didYouMean} from '../near-name.ts';
import {pointerTo} from '../pointer.ts';
import type {Fault} from '../positions.ts';
import {allResponses} from '../responses-of.ts';

/** `phase` and `switchTo` name phases that the scenario declares; `switchTo` says when. */
export function checkPhases({scenario}: LoadedScenario): Fault[] {
	const {phases = [], routes} = scenario;
	const ofRoutes = routes.flatMap(({phase}, index) =>
		Array.isArray(phase)
			? phase.flatMap((name, place) =>
					undeclared(name, phases, pointerTo('routes', index, 'phase', place)),
				)
			: undeclared(phase, phases, pointerTo('routes', index, 'phase')),
	);
	const ofResponses = allResponses(scenario).flatMap(({response, path}) => [
		...undeclared(response.switchTo, phases, `${path}/switchTo`),
		...(response.switchTo !== undefined && response.times === undefined
			? [{path: `${path}/switchTo`, message: neverSwitches}]
			: []),
	]);
	return [...ofRoutes, ...ofResponses];
}

const neverSwitches =
	'"switchTo" takes effect once the response was given "times" times, and there is no "times"; write "times: 1" to switch after the first';

function undeclared(name: string | undefined, phases: readonly string[], path: string): Fault[] {
	if (name === undefined || phases.includes(name)) return [];
	const declared =
		phases.length === 0
			? `: the scenario declares no phases; add "phases: [${name}]"`
			: `${didYouMean(name, phases)} (declared: ${listNames(phases)})`;
	return [{path, message: `no phase "${name}"${declared}`}];
}
