import type {LintCheck} from './lint-check.ts';
import {methodsOfTarget} from './methods-of-target.ts';
import {headerPlace, targetUrl} from './redirect.ts';
import {documentation} from './sources.ts';

export const getIntended: LintCheck = {
	id: 'get-intended',
	severity: 'warning',
	source: documentation(
		'Pitfalls',
		'Cases where the next request should intentionally become GET; use 303',
	),
	check(redirect) {
		const target = redirect.status === 307 ? methodsOfTarget(redirect) : undefined;
		if (!target || target.refused.length === 0 || !target.taken.includes('GET')) return undefined;
		if (target.taken.every(method => method === 'GET' || method === 'HEAD')) return undefined;
		const refused = target.refused.join(' and ');
		const message = `${targetUrl(redirect)} takes GET and not ${refused}: if the next request is meant to be a GET, use 303; a 307 keeps ${refused}`;
		return {message, at: headerPlace(redirect, 'Location')};
	},
};
