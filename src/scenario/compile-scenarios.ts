import {ScenarioError, type ScenarioProblem} from '../errors.ts';
import {compileScenario} from './compile.ts';
import type {CompiledScenario} from './compiled.ts';
import type {LoadedScenario} from './loaded.ts';
import {pointerTo} from './pointer.ts';
import {rememberParts} from './scenario-files.ts';
import {findShadowed, type StandingRoute, standingRoutes} from './shadowed-routes.ts';
import type {Scenario} from './types.ts';

/**
 * Compiles scenarios into one that is played by one double: routes, calls and origins in order,
 * names joined with `+`. Links are tagged when one of the scenarios asks for it. Throws a
 * ScenarioError when a route of one stands in the way of another's, or when two of them have
 * phases of their own, because a double is in one phase at a time.
 */
export function compileScenarios(loaded: readonly LoadedScenario[]): CompiledScenario {
	const [first, ...others] = loaded;
	if (first === undefined) {
		throw new ScenarioError('no scenario', [{path: '', message: 'expected at least one scenario'}]);
	}
	if (others.length === 0) return compileScenario(first);
	assertPhasesAgree(loaded);
	assertNoneShadowed(loaded);
	return merge(loaded.map(compileScenario));
}

function assertPhasesAgree(loaded: readonly LoadedScenario[]): void {
	const [first, ...others] = loaded.filter(({scenario}) => scenario.phases !== undefined);
	const other = others.find(
		({scenario}) => scenario.phases?.join() !== first?.scenario.phases?.join(),
	);
	if (first === undefined || other === undefined) return;
	const message = `scenario "${first.scenario.name}" has other phases, and a double is in one phase at a time; play the two in doubles of their own`;
	throw new ScenarioError(other.file, [{path: '/phases', message}]);
}

interface OwnedRoute extends StandingRoute {
	readonly owner: LoadedScenario;
}

function assertNoneShadowed(loaded: readonly LoadedScenario[]): void {
	const routes = loaded.flatMap((owner): OwnedRoute[] =>
		standingRoutes(owner.scenario).map(route => ({...route, owner})),
	);
	const shadowed = findShadowed(routes).filter(({first, second}) => first.owner !== second.owner);
	const [one] = shadowed;
	if (one === undefined) return;
	const {file} = one.second.owner;
	const ofFile = shadowed.filter(({second}) => second.owner.file === file);
	throw new ScenarioError(file, ofFile.map(describe));
}

function describe({first, second}: {first: OwnedRoute; second: OwnedRoute}): ScenarioProblem {
	return {
		path: pointerTo('routes', second.index, 'request'),
		message: `never answers: route ${first.index} (${first.label}) of scenario "${first.owner.scenario.name}" takes the same requests before it`,
	};
}

function merge(compiled: readonly CompiledScenario[]): CompiledScenario {
	const routes = compiled.flatMap(({routes}) => routes);
	const parts = compiled.map(({scenario}) => scenario);
	const scenario = mergeScenarios(parts);
	rememberParts(scenario, parts);
	return {
		scenario,
		file: compiled.map(({file}) => file).join(' + '),
		origins: [...new Set(compiled.flatMap(({origins}) => origins))],
		routes: routes.map((route, index) => ({...route, index})),
	};
}

/** The routes keep what they were compiled with: each one's shares go by the seed of its scenario. */
function mergeScenarios(scenarios: readonly Scenario[]): Scenario {
	const [phases] = scenarios.flatMap(scenario => (scenario.phases ? [scenario.phases] : []));
	const union = (lists: readonly string[][]): string[] => [...new Set(lists.flat())];
	return {
		name: scenarios.map(({name}) => name).join('+'),
		title: scenarios.map(({title, name}) => title ?? name).join('; '),
		links: scenarios.some(({links}) => links === 'tagged') ? 'tagged' : 'exact',
		callHeaders: union(scenarios.map(({callHeaders}) => callHeaders)),
		catches: union(scenarios.map(({catches}) => catches)),
		enforce: union(scenarios.map(({enforce}) => enforce)),
		seed: scenarios[0]?.seed ?? 0,
		...(phases && {phases}),
		calls: scenarios.flatMap(({calls}) => calls),
		routes: scenarios.flatMap(({routes}) => routes),
	};
}
