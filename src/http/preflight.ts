import {type HeaderLines, headerValue} from './header-lines.ts';

/**
 * Whether a request is a CORS-preflight request: a browser's own question before the request that a
 * script makes (https://fetch.spec.whatwg.org/#cors-preflight-request). Another OPTIONS is a call like
 * any.
 */
export function isPreflight({
	method,
	headers,
}: {
	readonly method: string;
	readonly headers: HeaderLines;
}): boolean {
	return method === 'OPTIONS' && asksForLeave(headers);
}

/** Whether the fields are those of a preflight. */
export function asksForLeave(headers: HeaderLines): boolean {
	return (
		headerValue(headers, 'Access-Control-Request-Method') !== undefined &&
		headerValue(headers, 'Origin') !== undefined
	);
}
