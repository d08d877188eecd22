import type {LintCheck} from './lint-check.ts';
import {headerPlace, routesFor, targetUrl} from './redirect.ts';
import {documentation} from './sources.ts';

export const targetMissing: LintCheck = {
	id: 'target-missing',
	severity: 'warning',
	source: documentation(
		'Implementation',
		'Make sure the target endpoint can safely handle the same method and request body',
	),
	check(redirect) {
		const url = targetUrl(redirect);
		if (url === undefined || routesFor(redirect.compiled, url).length > 0) return undefined;
		const inside = redirect.compiled.origins.some(origin => url.startsWith(`${origin}/`));
		const message = inside
			? `no route stands for ${url}: the follow-up gets no scripted answer; add a route for it`
			: `${url} has an origin that no route has: the follow-up leaves the double; add a route for it`;
		return {message, at: headerPlace(redirect, 'Location')};
	},
};
