import {listNames} from '../json-words.ts';
import type {LoadedScenario} from '../loaded.ts';
import {didYouMean} from '../near-name.ts';
import {pointerTo} from '../pointer.ts';
import type {Fault} from '../positions.ts';
import {parseCallLine} from '../request-line.ts';
import {readRequest} from '../requests-of.ts';

/**
 * A call has one method and an absolute URL that goes to an origin of the scenario. While a route
 * can't be read, its origin is not known, and no call is held against the others.
 */
export function checkCalls({scenario}: LoadedScenario): Fault[] {
	const lines = scenario.routes.map(readRequest);
	const known = lines.flatMap(line => ('faults' in line ? [] : line.origin));
	const origins = known.length < lines.length ? [] : [...new Set(known)];
	return scenario.calls.flatMap(({request}, index) => {
		const path = pointerTo('calls', index, 'request');
		return callFaults(request, origins).map(message => ({path, message}));
	});
}

function callFaults(request: string, origins: readonly string[]): readonly string[] {
	const line = parseCallLine(request);
	if ('faults' in line) return line.faults;
	if (origins.length === 0 || origins.includes(line.origin)) return [];
	const near = didYouMean(line.origin, origins);
	return [`no route has the origin "${line.origin}"${near} (origins: ${listNames(origins)})`];
}
