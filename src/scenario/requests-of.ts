import {
	parseRequest,
	parseRequestLine,
	type RequestLine,
	type RequestLineFaults,
} from './request-line.ts';
import type {Route} from './types.ts';

/** Reads the request of a route, whichever form it has. */
export function readRequest(request: Route['request']): RequestLine | RequestLineFaults {
	return typeof request === 'string'
		? parseRequestLine(request)
		: parseRequest(request.method, request.url);
}
