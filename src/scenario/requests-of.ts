import {
	parseRequest,
	parseRequestLine,
	type RequestLine,
	type RequestLineFaults,
} from './request-line.ts';
import type {Route} from './types.ts';

/** What was read, as every check of a scenario asks for the requests of its routes. */
const read = new WeakMap<Route, RequestLine | RequestLineFaults>();

/** Reads the request of a route, whichever form it has. */
export function readRequest(route: Route): RequestLine | RequestLineFaults {
	const known = read.get(route);
	if (known !== undefined) return known;
	const {request} = route;
	const line =
		typeof request === 'string'
			? parseRequestLine(request)
			: parseRequest(request.method, request.url);
	read.set(route, line);
	return line;
}
