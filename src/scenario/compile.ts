import {match} from 'path-to-regexp';
import {ScenarioError} from '../errors.ts';
import {compileResponse} from './compile-response.ts';
import type {CompiledRoute, CompiledScenario, Condition, PathParameters} from './compiled.ts';
import {conditionsOf, queryCondition} from './conditions.ts';
import type {LoadedScenario} from './loaded.ts';
import {pathOptions} from './path-pattern.ts';
import {pointerTo} from './pointer.ts';
import type {RequestLine} from './request-line.ts';
import {readRequest} from './requests-of.ts';
import {isHandler, responsesOf} from './responses-of.ts';
import {rememberFile} from './scenario-files.ts';
import type {Route} from './types.ts';

/** Makes a loaded scenario ready to be played. */
export function compileScenario(loaded: LoadedScenario): CompiledScenario {
	const {scenario, file, folder} = loaded;
	rememberFile(loaded);
	const routes = scenario.routes.map((route, index) => {
		const line = readRequest(route);
		if ('faults' in line) throw unreadable(file, index, line.faults);
		return compileRoute(route, index, line, {folder, seed: scenario.seed});
	});
	return {scenario, file, origins: [...new Set(routes.map(route => route.origin))], routes};
}

function unreadable(file: string, index: number, faults: readonly string[]): ScenarioError {
	const path = pointerTo('routes', index, 'request');
	return new ScenarioError(
		file,
		faults.map(message => ({path, message})),
	);
}

interface Surroundings {
	readonly folder: string | undefined;
	readonly seed: number;
}

function compileRoute(
	route: Route,
	index: number,
	line: RequestLine,
	surroundings: Surroundings,
): CompiledRoute {
	const {label, methods, origin, path} = line;
	return {
		index,
		label,
		...(methods && {methods}),
		origin,
		path,
		matchPath: compilePath(path),
		...(route.phase !== undefined && {phases: [route.phase].flat()}),
		conditions: compileConditions(route, line),
		answers: compileAnswers(route, index, line, surroundings),
	};
}

/** What finds the parameters of a path in the syntax of path-to-regexp, undecoded. */
export function compilePath(path: string): (path: string) => PathParameters | undefined {
	const matcher = match<Record<string, string>>(path, {...pathOptions, decode: false});
	return asked => {
		const found = matcher(asked);
		return found === false ? undefined : {...found.params};
	};
}

function compileConditions({request}: Route, line: RequestLine): Condition[] {
	const inUrl = line.query.map(([name, value]) => queryCondition(name, value));
	return typeof request === 'string' ? inUrl : [...inUrl, ...conditionsOf(request)];
}

function compileAnswers(
	route: Route,
	index: number,
	{parameters}: RequestLine,
	{folder, seed}: Surroundings,
): CompiledRoute['answers'] {
	if (isHandler(route.response)) return route.response;
	const placed = responsesOf(route, index);
	const responses = placed.map(({response}) => compileResponse(response, parameters, folder));
	const weighted = placed.some(({response}) => response.weight !== undefined);
	return weighted ? {kind: 'shares', responses, seed} : {kind: 'sequence', responses};
}
