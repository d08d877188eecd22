import type {LintCheck} from './lint-check.ts';
import {methodsOfTarget} from './methods-of-target.ts';
import {headerPlace, targetUrl} from './redirect.ts';
import {documentation} from './sources.ts';

export const getOnlyTarget: LintCheck = {
	id: 'get-only-target',
	severity: 'warning',
	source: documentation(
		'Pitfalls',
		'Do not use 307 if you actually want the redirected request to switch to GET',
	),
	check(redirect) {
		const target = redirect.status === 307 ? methodsOfTarget(redirect) : undefined;
		if (!target || target.refused.length === 0) return undefined;
		if (!target.taken.every(method => method === 'GET' || method === 'HEAD')) return undefined;
		const message = `a 307 keeps ${target.refused.join(' and ')}, and ${targetUrl(redirect)} takes only ${target.taken.join(', ')}; use 303`;
		return {message, at: headerPlace(redirect, 'Location')};
	},
};
