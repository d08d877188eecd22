import {explicitFreshness} from './freshness.ts';
import type {LintCheck} from './lint-check.ts';
import {headerPlace} from './redirect.ts';
import {documentation} from './sources.ts';

/** RFC 9111, 4: a cache writes requests with unsafe methods through to the origin server. */
export const cacheWithoutEffect: LintCheck = {
	id: 'cache-without-effect',
	severity: 'advice',
	source: documentation('Common Headers', 'Cache-Control'),
	check(redirect) {
		const {methods, headers, status} = redirect;
		if (status !== 307 || methods.length === 0) return undefined;
		if (methods.includes('GET') || methods.includes('HEAD')) return undefined;
		if (explicitFreshness(headers).seconds === 0) return undefined;
		const at = headerPlace(redirect, 'Cache-Control') || headerPlace(redirect, 'Expires');
		return {
			message: `its freshness has no effect: a cached 307 can't answer ${methods.join(' or ')}`,
			at,
		};
	},
};
