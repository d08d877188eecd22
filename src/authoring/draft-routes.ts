import type {ResolvedLocation} from '../http/location.ts';
import {splitOrigin} from '../http/origin.ts';
import {preservesMethod, type RedirectStatus} from '../http/redirect-status.ts';
import {takesMethod} from '../scenario/methods.ts';
import {escapePath} from '../scenario/path-pattern.ts';
import type {ResponseInput, RouteInput} from '../scenario/types.ts';
import type {Note} from './note.ts';

/** A route that comes to be. */
interface DraftRoute {
	readonly methods: readonly string[];
	readonly origin: string;
	readonly path: string;
	/** With its `?`; empty for none. */
	readonly query: string;
	readonly responses: ResponseInput[];
}

/** Routes for requests that are known to the letter, each with its responses in order. */
export class DraftRoutes {
	readonly #routes: DraftRoute[] = [];

	add(methods: readonly string[], url: string, response: ResponseInput): void {
		const parts = splitUrl(url);
		const known = this.#routes.find(
			route =>
				route.origin + route.path + route.query === parts.origin + parts.path + parts.query &&
				route.methods.join() === methods.join(),
		);
		if (known) known.responses.push(response);
		else this.#routes.push({...parts, methods, responses: [response]});
	}

	/** Adds a route for where a redirect leads, unless there is one that takes its follow-up. */
	addTarget(status: RedirectStatus, method: string, {origin, targets}: ResolvedLocation): Note[] {
		const [target = '/'] = targets;
		const {path, query} = splitUrl(origin + target);
		const methods = methodsOfFollowUp(status, method);
		const wanted = preservesMethod(status) ? methods : methods.slice(-1);
		const takes = (route: DraftRoute) =>
			route.origin === origin &&
			route.path === path &&
			(route.query === '' || route.query === query) &&
			wanted.every(each => takesMethod(route.methods, each));
		if (this.#routes.some(takes)) return [];
		const readable = query === '?' ? '' : query.replace('?/', '?%2F');
		this.add(methods, origin + path + readable, {status: 200});
		const place = `${methods.join('|')} ${origin}${path}`;
		return [{place, message: 'where the redirect leads; the 200 that it answers is made up'}];
	}

	/** What is asked for more precisely comes first, since the first route that fits answers. */
	written(): RouteInput[] {
		const precise = (route: DraftRoute) =>
			2 * new URLSearchParams(route.query).size + (route.methods[0] === 'HEAD' ? 1 : 0);
		const ordered = this.#routes.map((route, place) => {
			const rivals = this.#routes.filter(
				({origin, path}) => origin === route.origin && path === route.path,
			);
			const first = this.#routes.indexOf(rivals[0] ?? route);
			return {route, order: [rivals.length > 1 ? first : place, -precise(route), place]};
		});
		return ordered
			.sort((a, b) => compare(a.order, b.order))
			.map(({route: {methods, origin, path, query, responses}}) => ({
				request: `${methods.join('|')} ${origin}${escapePath(path)}${query}`,
				...inSequence(responses),
			}));
	}
}

/** What may come to the target: the same method, or after 303, and 301 or 302 to a POST, a GET. */
function methodsOfFollowUp(status: RedirectStatus, method: string): string[] {
	if (preservesMethod(status)) return [method];
	if (status === 303) return [method === 'HEAD' ? 'HEAD' : 'GET'];
	return method === 'POST' ? ['POST', 'GET'] : [method];
}

/** Equal responses in a row are one, given as often; the last one is given for ever. */
function inSequence(
	responses: readonly ResponseInput[],
): Pick<RouteInput, 'response' | 'responses'> {
	const runs: {response: ResponseInput; times: number}[] = [];
	for (const response of responses) {
		const last = runs.at(-1);
		if (last && JSON.stringify(last.response) === JSON.stringify(response)) last.times += 1;
		else runs.push({response, times: 1});
	}
	const [only, ...others] = runs;
	if (only && others.length === 0) return {response: only.response};
	return {
		responses: runs.map(({response, times}, index) =>
			index === runs.length - 1 ? response : {...response, times},
		),
	};
}

function splitUrl(url: string): {origin: string; path: string; query: string} {
	const {origin, rest} = splitOrigin(url) ?? {origin: '', rest: url};
	const [, path = '', query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(rest) ?? [];
	return {origin, path: path || '/', query};
}

function compare(a: readonly number[], b: readonly number[]): number {
	for (const [index, each] of a.entries()) {
		const difference = each - (b[index] ?? 0);
		if (difference !== 0) return difference;
	}
	return 0;
}
