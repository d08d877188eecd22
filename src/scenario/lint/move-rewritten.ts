import type {LintCheck} from './lint-check.ts';
import {methodsOfTarget} from './methods-of-target.ts';
import {answersOthersThanGet, targetUrl} from './redirect.ts';
import {documentation} from './sources.ts';

export const moveRewritten: LintCheck = {
	id: 'move-rewritten',
	severity: 'warning',
	source: documentation(
		'Usage',
		'Return 307 for temporary API or infrastructure moves that cannot tolerate method rewriting',
	),
	check(redirect) {
		const {status} = redirect;
		if ((status !== 301 && status !== 302) || !answersOthersThanGet(redirect)) return undefined;
		const target = methodsOfTarget(redirect);
		if (target === undefined || target.taken.includes('GET')) return undefined;
		const instead = status === 302 ? 307 : 308;
		return {
			message: `a client may turn POST into GET after a ${status}, and ${targetUrl(redirect)} takes no GET; use ${instead}`,
			at: '/status',
		};
	},
};
