import {compile} from 'path-to-regexp';
import type {CompiledRoute, CompiledScenario, PathParameters} from '../compiled.ts';
import {takesMethod} from '../methods.ts';
import {parsePathPattern} from '../path-pattern.ts';
import {type CallLine, parseCallLine} from '../request-line.ts';
import type {Call} from '../types.ts';

/** The calls of the scenario that go to the route, by method, origin and path. */
export function callsOf({scenario}: CompiledScenario, route: CompiledRoute): Call[] {
	return scenario.calls.filter(({request}) => {
		const line = parseCallLine(request);
		return !('faults' in line) && goesTo(line, route);
	});
}

function goesTo({method, origin, path}: CallLine, route: CompiledRoute): boolean {
	return (
		origin === route.origin &&
		takesMethod(route.methods, method) &&
		route.matchPath(path) !== undefined
	);
}

/** A request for the route: the scenario's first call to it, or one with made-up parameters. */
export function sampleRequest(
	compiled: CompiledScenario,
	route: CompiledRoute,
): {url: string; parameters: PathParameters} {
	const [call] = callsOf(compiled, route);
	const line = call && parseCallLine(call.request);
	if (line !== undefined && !('faults' in line)) {
		return {url: line.url, parameters: route.matchPath(line.path) ?? {}};
	}
	const path = madeUpPath(route.path);
	return {url: route.origin + path, parameters: route.matchPath(path) ?? {}};
}

/** Each parameter stands for itself: `/uploads/:id` gives `/uploads/id`. */
function madeUpPath(pattern: string): string {
	const {parameters} = parsePathPattern(pattern);
	const values = parameters.map(({name, wildcard}) => [name, wildcard ? [name] : name]);
	return compile(pattern, {encode: encodeURIComponent})(Object.fromEntries(values));
}
