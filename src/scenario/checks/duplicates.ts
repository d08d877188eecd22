import type {LoadedScenario} from '../loaded.ts';
import {pointerTo} from '../pointer.ts';
import type {Fault} from '../positions.ts';
import {findShadowed, standingRoutes} from '../shadowed-routes.ts';

/** No route stands behind another one that takes all its requests: it could never answer. */
export function checkDuplicates({scenario}: LoadedScenario): Fault[] {
	return findShadowed(standingRoutes(scenario)).map(({first, second}) => ({
		path: pointerTo('routes', second.index, 'request'),
		message: `never answers: route ${first.index} (${first.label}) takes the same requests before it`,
	}));
}
