import type {LoadedScenario} from '../loaded.ts';
import {pointerTo} from '../pointer.ts';
import type {Fault} from '../positions.ts';
import {readRequest} from '../requests-of.ts';

/** Every request can be read: known methods, an absolute URL, a path that the router takes. */
export function checkRequests({scenario}: LoadedScenario): Fault[] {
	return scenario.routes.flatMap((route, index) => {
		const line = readRequest(route);
		const path = pointerTo('routes', index, 'request');
		return 'faults' in line ? line.faults.map(message => ({path, message})) : [];
	});
}
