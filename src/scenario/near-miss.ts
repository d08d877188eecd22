import {originOf} from '../http/origin.ts';
import {printable} from '../http/printable.ts';
import {maskedUrl} from '../http/secrets.ts';
import type {CompiledRoute, CompiledScenario, RequestFacts} from './compiled.ts';
import {editDistance} from './edit-distance.ts';
import {takesMethod} from './methods.ts';

/** The route that came nearest to a request that none took, and why it did not take it. */
export interface NearMiss {
	readonly route: CompiledRoute;
	/** One line for each reason, ready to be printed: secrets are masked, bytes from the wire escaped. */
	readonly reasons: readonly string[];
}

/** A request that no route took, and what the double was like when it came. */
export interface MissedRequest extends RequestFacts {
	/** The absolute URL in its documented form. */
	readonly url: string;
	/** The current phase; absent when the scenario has none. */
	readonly phase?: string;
	/** Whether the responses of a route are used up. */
	isUsedUp(route: CompiledRoute): boolean;
}

/**
 * The route nearest to `request`: by origin first, then path, then method, then by how few of its
 * other conditions are missed; the first of equals. Undefined when the scenario has no routes.
 */
export function findNearMiss(
	{routes}: CompiledScenario,
	request: MissedRequest,
): NearMiss | undefined {
	const ranked = routes
		.map(route => measure(route, request))
		.sort((a, b) => compareDistances(a.distances, b.distances));
	const [nearest] = ranked;
	return nearest && {route: nearest.route, reasons: nearest.reasons};
}

interface Measured extends NearMiss {
	readonly distances: readonly number[];
}

function measure(route: CompiledRoute, request: MissedRequest): Measured {
	const origin = originOf(request.url) === route.origin;
	const path = route.matchPath(request.path) !== undefined;
	const method = takesMethod(route.methods, request.method);
	const missed = missedConditions(route, request);
	const later = laterReasons(route, request);
	return {
		route,
		distances: [
			origin ? 0 : 1,
			path ? 0 : 1 + editDistance(route.path, request.path),
			method ? 0 : 1,
			missed.length + later.length,
		],
		reasons: [
			...(origin ? [] : [originReason(route, request)]),
			...(path ? [] : [pathReason(route, request)]),
			...(method ? [] : [methodReason(route, request, origin && path)]),
			...(path ? [...missed, ...later] : []),
		],
	};
}

function compareDistances(a: readonly number[], b: readonly number[]): number {
	const place = a.findIndex((away, index) => away !== b[index]);
	return place < 0 ? 0 : (a[place] ?? 0) - (b[place] ?? 0);
}

function missedConditions({conditions}: CompiledRoute, request: RequestFacts): string[] {
	return conditions.flatMap(({subject, miss}) => {
		const missed = miss(request);
		return missed === undefined ? [] : [`${subject}: ${missed}`];
	});
}

function laterReasons(route: CompiledRoute, {phase, isUsedUp}: MissedRequest): string[] {
	const reasons = [];
	if (phase !== undefined && route.phases?.includes(phase) === false) {
		const phases = route.phases.map(name => `"${name}"`).join(' or ');
		reasons.push(`it answers in phase ${phases}, and the double is in phase "${phase}"`);
	}
	if (isUsedUp(route)) reasons.push('its responses are used up');
	return reasons;
}

function originReason({origin}: CompiledRoute, {url}: RequestFacts & {url: string}): string {
	return `the origin differs: ${origin} is documented, ${printable(originOf(url) ?? maskedUrl(url))} was asked`;
}

function pathReason({path}: CompiledRoute, request: RequestFacts): string {
	const hint = pathHint(path, request.path);
	return `the path differs: ${path} is documented, ${printable(request.path)} came${hint}`;
}

function pathHint(documented: string, came: string): string {
	if (documented.toLowerCase() === came.toLowerCase()) return ' (case counts)';
	const bare = (path: string): string => path.replace(/\/$/, '');
	return bare(documented) === bare(came) ? ' (a trailing slash counts)' : '';
}

function methodReason(
	{methods = []}: CompiledRoute,
	{method}: RequestFacts,
	urlMatches: boolean,
): string {
	const before = urlMatches ? 'path matches, method does not' : 'the method differs';
	const documented = methods.join(' and ');
	return `${before}: ${documented} ${methods.length > 1 ? 'are' : 'is'} documented, ${printable(method)} came`;
}
