import {type HeaderLines, headerValues} from '../../http/header-lines.ts';
import {
	type LocationFault,
	type ResolvedLocation,
	requestTarget,
	resolveLocation,
} from '../../http/location.ts';
import {originOf} from '../../http/origin.ts';
import {isRedirectStatus, type RedirectStatus} from '../../http/redirect-status.ts';
import type {CompiledResponse, CompiledRoute, CompiledScenario} from '../compiled.ts';
import {pointerTo} from '../pointer.ts';
import {allResponses} from '../responses-of.ts';
import type {Call} from '../types.ts';
import {callsOf, sampleUrl} from './sample.ts';

/** A scripted redirect, seen for one sample request: the scenario's own call where there is one. */
export interface Redirect {
	readonly compiled: CompiledScenario;
	readonly route: CompiledRoute;
	readonly response: CompiledResponse;
	readonly status: RedirectStatus;
	/** JSON pointer of the response, such as `/routes/0/response`. */
	readonly path: string;
	/** The URL of the sample request. */
	readonly url: string;
	/** The header lines and the content that answer it; no content when it comes from a file. */
	readonly headers: HeaderLines;
	readonly content: string;
	/** In bytes. */
	readonly bodySize: number;
	/** Where its Location leads. */
	readonly location: ResolvedLocation | LocationFault;
	/** The calls of the scenario that go to the route. */
	readonly calls: readonly Call[];
	/** The methods that it answers: the route's, for `*` those of the calls; maybe none. */
	readonly methods: readonly string[];
}

/** All scripted redirects of a scenario that arrive; what handlers answer is not known. */
export function redirectsOf(compiled: CompiledScenario): Redirect[] {
	const places = allResponses(compiled.scenario);
	return compiled.routes.flatMap(route => {
		if (typeof route.answers === 'function') return [];
		const paths = places.filter(place => place.route === route.index).map(({path}) => path);
		return route.answers.responses.flatMap((response, index) => {
			const status = redirectStatusOf(response);
			const path = paths[index] ?? pointerTo('routes', route.index);
			return status === undefined ? [] : [redirectFrom(compiled, {route, response, status, path})];
		});
	});
}

/** The status of a response that redirects; undefined when its head never arrives, too. */
export function redirectStatusOf({status, fault}: CompiledResponse): RedirectStatus | undefined {
	const arrives = fault?.kind !== 'reset-before-head' && fault?.kind !== 'reset-in-head';
	return arrives && isRedirectStatus(status) ? status : undefined;
}

type Scripted = Pick<Redirect, 'route' | 'response' | 'status' | 'path'>;

function redirectFrom(compiled: CompiledScenario, scripted: Scripted): Redirect {
	return redirectAt(compiled, scripted, sampleUrl(compiled, scripted.route));
}

/** The redirect as a request for `url` gets it. */
export function redirectAt(compiled: CompiledScenario, scripted: Scripted, url: string): Redirect {
	const {route, response} = scripted;
	const parameters = route.matchPath(pathOf(url)) ?? {};
	const headers = response.headers(parameters);
	const {content} = response.body(parameters);
	const calls = callsOf(compiled, route);
	return {
		compiled,
		...scripted,
		url,
		headers,
		content: content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : '',
		bodySize: content instanceof Uint8Array ? content.byteLength : content.size,
		location: resolveLocation(headerValues(headers, 'Location'), url),
		calls,
		methods: route.methods ?? calls.map(({request}) => request.split(' ')[0] ?? ''),
	};
}

/** The absolute URL that the redirect leads to, without a fragment; undefined for nowhere. */
export function targetUrl({location}: Redirect): string | undefined {
	return typeof location === 'string' ? undefined : location.origin + (location.targets[0] ?? '/');
}

/** The routes that stand for a URL, whatever their methods, conditions and phases. */
export function routesFor({routes}: CompiledScenario, url: string): CompiledRoute[] {
	const origin = originOf(url);
	const path = pathOf(url);
	return routes.filter(route => route.origin === origin && route.matchPath(path) !== undefined);
}

function pathOf(url: string): string {
	return requestTarget(url).split('?', 1)[0] ?? '/';
}

/** The routes that a redirect leads to. */
export function targetRoutes(redirect: Redirect): CompiledRoute[] {
	const url = targetUrl(redirect);
	return url === undefined ? [] : routesFor(redirect.compiled, url);
}

/** Where a header of the response stands, in the case in which it was written. */
export function headerPlace({headers}: Redirect, name: string): string {
	const written = headers.find(([field]) => field.toLowerCase() === name.toLowerCase())?.[0];
	return written === undefined ? '' : pointerTo('headers', written);
}

/** Whether the redirect answers other methods than GET and HEAD. */
export function answersOthersThanGet({methods}: Redirect): boolean {
	return methods.some(method => method !== 'GET' && method !== 'HEAD');
}
