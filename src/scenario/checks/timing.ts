import type {LoadedScenario} from '../loaded.ts';
import type {Fault} from '../positions.ts';
import {isHandler, type PlacedResponse, responsesOf} from '../responses-of.ts';
import {isTriedFirst, type StandingRoute, standingRoutes} from '../shadowed-routes.ts';
import type {Route, Scenario} from '../types.ts';

/**
 * Where the body plays a part in the choice of a route, it is read to its end before any answer, and
 * a client that waits for 100 gets it.
 */
export function checkTiming({scenario}: LoadedScenario): Fault[] {
	const standing = standingRoutes(scenario);
	return scenario.routes.flatMap((route, index) => {
		const reader = readerBefore(scenario, index, standing);
		const reason = readByItself(route) ?? reader;
		if (reason === undefined) return [];
		return responsesOf(route, index).flatMap(placed => tooLate(placed, reason));
	});
}

function tooLate({response, path}: PlacedResponse, reason: string): Fault[] {
	const {answer, continue: continues} = response;
	const isEarly = answer !== undefined && answer !== 'after-body';
	return [
		...(isEarly
			? [{path: `${path}/answer`, message: `expected "after-body" or nothing: ${reason}`}]
			: []),
		...(continues === 'withhold'
			? [{path: `${path}/continue`, message: `expected "send" or nothing: ${reason}`}]
			: []),
	];
}

function readByItself({request}: Route): string | undefined {
	if (typeof request === 'string') return undefined;
	const member = (['json', 'text'] as const).find(name => request[name] !== undefined);
	return (
		member &&
		`the request of this route has "${member}", for which the whole body is read beforehand`
	);
}

/** Why the body has been read when a route's turn comes; undefined when no other route does it for certain. */
function readerBefore(
	{routes}: Scenario,
	index: number,
	standing: readonly StandingRoute[],
): string | undefined {
	const own = standing.find(route => route.index === index);
	if (own === undefined) return undefined;
	const reader = standing.find(other => {
		const route = routes[other.index];
		const reads = route && (isHandler(route.response) || readByItself(route) !== undefined);
		return other.index < index && reads === true && isTriedFirst(other, own);
	});
	return (
		reader &&
		`route ${reader.index} (${reader.label}) is tried before, for which the whole body is read`
	);
}
