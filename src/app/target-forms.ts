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
 * listener and the same request to the proxy. A target that names another origin stays as it is; the
 * address of the origin's own listener is none.
 */
export function documentedUrl(target: string, method: string | undefined, here: Here): string {
	const {origin} = here;
	if (target.startsWith('/')) return origin + target;
	const named = splitOrigin(target);
	if (named !== undefined && !names(named.origin, here)) return target;
	const path = targetAtOrigin(target, method);
	if (path === '*') return origin;
	return path.startsWith('/') ? origin + path : target;
}

/** Where a request came: a documented origin, and the addresses of its listener. */
interface Here {
	readonly origin: string;
	readonly locals: readonly string[];
}

/** A listener has one port for both schemes: TLS may begin on it. */
function names(named: string, {origin, locals}: Here): boolean {
	return named === origin || locals.some(local => hostOf(named) === hostOf(local));
}

function hostOf(origin: string): string {
	return origin.slice(origin.indexOf('//'));
}
