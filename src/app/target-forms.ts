import {splitOrigin} from '../http/origin.ts';

/**
 * A request-target in the form in which a server that is no proxy gets it: the absolute-form
 * becomes the origin-form, or `*` (RFC 9112, 3.2.1, 3.2.2 and 3.2.4); any other stays as it is.
 */
export function targetAtOrigin(target: string, method: string | undefined): string {
	const parts = splitOrigin(target);
	if (parts === undefined) return target;
	if (parts.rest === '' && method === 'OPTIONS') return '*';
	return parts.rest.startsWith('/') ? parts.rest : `/${parts.rest}`;
}

/**
 * The documented URL of a request-target that came for `origin`: one and the same for a request to a
 * listener and the same request to the proxy. A target that names another origin stays as it is.
 */
export function documentedUrl(target: string, method: string | undefined, origin: string): string {
	const named = splitOrigin(target);
	if (named !== undefined && named.origin !== origin) return target;
	const path = targetAtOrigin(target, method);
	if (path === '*') return origin;
	return path.startsWith('/') ? origin + path : target;
}
