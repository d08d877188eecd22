import {compile} from 'path-to-regexp';
import type {CompiledRoute, CompiledScenario} from '../compiled.ts';
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

/** A URL that the route takes: that of the scenario's first call to it, or one that is made up. */
export function sampleUrl(compiled: CompiledScenario, route: CompiledRoute): string {
	const [call] = callsOf(compiled, route);
	const line = call && parseCallLine(call.request);
	return line === undefined || 'faults' in line ? route.origin + madeUpPath(route.path) : line.url;
}

/** Each parameter stands for itself: `/uploads/:id` gives `/uploads/id`. */
function madeUpPath(pattern: string): string {
	const {parameters} = parsePathPattern(pattern);
	const values = parameters.map(({name, wildcard}) => [name, wildcard ? [name] : name]);
	return compile(pattern)(Object.fromEntries(values));
}
