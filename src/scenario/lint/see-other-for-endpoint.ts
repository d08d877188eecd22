import type {LintCheck} from './lint-check.ts';
import {methodsOfTarget} from './methods-of-target.ts';
import {targetUrl} from './redirect.ts';
import {documentation} from './sources.ts';

export const seeOtherForEndpoint: LintCheck = {
	id: 'see-other-for-endpoint',
	severity: 'warning',
	source: documentation('Usage', 'Temporary API endpoint moves for POST, PUT, PATCH, or DELETE'),
	check(redirect) {
		const target = redirect.status === 303 ? methodsOfTarget(redirect) : undefined;
		if (target === undefined || target.taken.includes('GET')) return undefined;
		const moved = redirect.methods.filter(method => target.taken.includes(method));
		if (moved.length === 0) return undefined;
		return {
			message: `a 303 turns ${moved.join(' and ')} into GET, and ${targetUrl(redirect)} takes only ${target.taken.join(', ')}; use 307`,
			at: '/status',
		};
	},
};
