import {pointerTo} from './pointer.ts';
import type {Fault} from './positions.ts';

/** What can still be checked of data that the schema refused. */
export interface Salvaged {
	/** The sound parts, with stand-ins for routes and calls that have faults, so that indices stay. */
	readonly data: object;
	/** JSON pointers of the places that nothing more can be said of. */
	readonly doubtful: readonly string[];
}

/**
 * Keeps of a scenario what its structural faults leave sound, so that a check finds in it what it
 * would find without them, or less. Undefined when the data is no object.
 */
export function salvage(data: unknown, faults: readonly Fault[]): Salvaged | undefined {
	if (!isObject(data)) return undefined;
	const faulty = faults.map(({path, missing}) =>
		missing === undefined ? path : path + pointerTo(missing),
	);
	const {routes, calls, ...others} = data;
	const salvaged = {
		name: 'salvaged',
		...soundMembers(others, '', faulty),
		routes: salvageRoutes(routes, faulty),
		calls: salvageCalls(calls, faulty),
	};
	return {data: salvaged, doubtful: [...faulty, ...standIns(data, faults, faulty)]};
}

/** Whether something doubtful stands at this place, above it or below it. */
export function isDoubtful(path: string, doubtful: readonly string[]): boolean {
	return doubtful.some(place => isWithin(place, path) || isWithin(path, place));
}

/** No request can be read from this, so it hides no route and is no call's target. */
const unreadable = {request: 'unreadable'};

function salvageRoutes(routes: unknown, faulty: readonly string[]): unknown[] {
	if (!Array.isArray(routes) || routes.length === 0) return [unreadable];
	return routes.map((route: unknown, index) => {
		const path = pointerTo('routes', index);
		if (isSound(path, faulty)) return route;
		const {response} = soundMembers(route, path, []);
		return {
			...unreadable,
			response: independentMembers(response, `${path}/response`, faulty),
			...soundMembers(route, path, faulty),
			phase: ownPhase(index),
		};
	});
}

/** In a phase of its own, a route stands in no other's way, whatever its faults hide. */
function ownPhase(index: number): string {
	return `salvaged-route-${index}`;
}

/** The members of a response that are right or wrong without regard to the others. */
function independentMembers(response: unknown, path: string, faulty: readonly string[]): object {
	const {headers, interim, base64, file} = soundMembers(response, path, faulty);
	return {headers, interim, base64, file};
}

function salvageCalls(calls: unknown, faulty: readonly string[]): unknown[] {
	if (!Array.isArray(calls)) return [];
	return calls.map((call: unknown, index) => ({
		...unreadable,
		...soundMembers(call, pointerTo('calls', index), faulty),
	}));
}

/** The places where `salvage` put something of its own, and `phases` where a misspelt member may be it. */
function standIns(data: object, faults: readonly Fault[], faulty: readonly string[]): string[] {
	const routes = 'routes' in data && Array.isArray(data.routes) ? data.routes : [];
	const phases = routes.flatMap((_, index) =>
		isSound(pointerTo('routes', index), faulty) ? [] : pointerTo('routes', index, 'phase'),
	);
	const misspelt = faults.some(({path, atName}) => atName && path.lastIndexOf('/') === 0);
	return misspelt && !('phases' in data) ? [...phases, '/phases'] : phases;
}

function soundMembers(
	value: unknown,
	path: string,
	faulty: readonly string[],
): Readonly<Record<string, unknown>> {
	if (!isObject(value)) return {};
	const members = Object.entries(value);
	return Object.fromEntries(members.filter(([name]) => isSound(path + pointerTo(name), faulty)));
}

function isSound(path: string, faulty: readonly string[]): boolean {
	return !faulty.some(place => isWithin(place, path));
}

function isWithin(place: string, path: string): boolean {
	return `${place}/`.startsWith(`${path}/`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
