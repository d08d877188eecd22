import {takesMethod} from './methods.ts';
import {readRequest} from './requests-of.ts';
import {responsesOf} from './responses-of.ts';
import type {Route, Scenario} from './types.ts';

/** What decides whether one route stands in the way of another. */
export interface StandingRoute {
	readonly index: number;
	readonly label: string;
	readonly methods?: readonly string[];
	readonly origin: string;
	/** The path's regular expression as text. */
	readonly shape: string;
	readonly phases?: readonly string[];
	/** Whether it takes every request with its method and URL, and for ever. */
	readonly takesAll: boolean;
}

/** The routes of a scenario whose requests can be read. */
export function standingRoutes(scenario: Scenario): StandingRoute[] {
	return scenario.routes.flatMap((route, index) => {
		const line = readRequest(route);
		if ('faults' in line) return [];
		return {
			index,
			label: line.label,
			...(line.methods && {methods: line.methods}),
			origin: line.origin,
			shape: line.shape,
			...(route.phase !== undefined && {phases: [route.phase].flat()}),
			takesAll: line.query.length === 0 && !hasConditions(route) && isEndless(route, index),
		};
	});
}

function hasConditions({request}: Route): boolean {
	if (typeof request === 'string') return false;
	const {headers = {}, query = {}, json, text} = request;
	const named = Object.keys(headers).length + Object.keys(query).length;
	return named > 0 || json !== undefined || text !== undefined;
}

/** A sequence whose last response has `times` lets later routes answer once it is used up. */
function isEndless(route: Route, index: number): boolean {
	return responsesOf(route, index).at(-1)?.response.times === undefined;
}

/** Pairs of routes of which the second can never answer, because the first takes all its requests. */
export function findShadowed<Standing extends StandingRoute>(
	routes: readonly Standing[],
): {first: Standing; second: Standing}[] {
	return routes.flatMap((second, place) => {
		const first = routes.slice(0, place).find(other => shadows(other, second));
		return first === undefined ? [] : {first, second};
	});
}

function shadows(first: StandingRoute, second: StandingRoute): boolean {
	return first.takesAll && isTriedFirst(first, second);
}

/** Whether every request that comes to the second of two routes is held against the first one before. */
export function isTriedFirst(first: StandingRoute, second: StandingRoute): boolean {
	return (
		first.origin === second.origin &&
		first.shape === second.shape &&
		takesAllMethods(first.methods, second.methods) &&
		(first.phases === undefined ||
			second.phases?.every(phase => first.phases?.includes(phase)) === true)
	);
}

function takesAllMethods(
	first: readonly string[] | undefined,
	second: readonly string[] | undefined,
): boolean {
	if (second === undefined) return first === undefined;
	return second.every(method => takesMethod(first, method));
}
