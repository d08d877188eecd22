import {explicitFreshness} from './freshness.ts';
import type {LintCheck} from './lint-check.ts';
import {headerPlace} from './redirect.ts';
import {documentation} from './sources.ts';

/**
 * A day: maintenance and rerouting are over by then, and a client that still holds the redirect
 * would go on missing the original URI.
 */
const longestSeconds = 86_400;

export const cachedForLong: LintCheck = {
	id: 'cached-for-long',
	severity: 'warning',
	source: documentation(
		'Pitfalls',
		'Do not mark a long-term move as temporary if clients should update their stored URIs',
	),
	check(redirect) {
		if (redirect.status !== 307) return undefined;
		const {seconds, immutable} = explicitFreshness(redirect.headers);
		if (seconds <= longestSeconds && !immutable) return undefined;
		const what = immutable ? 'as immutable' : `for ${seconds} seconds, more than a day`;
		const at = headerPlace(redirect, 'Cache-Control') || headerPlace(redirect, 'Expires');
		return {
			message: `a temporary redirect may be cached ${what}; if the move is meant to last, use 308`,
			at,
		};
	},
};
