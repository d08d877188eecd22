import type {LintCheck} from './lint-check.ts';
import {answersOthersThanGet} from './redirect.ts';
import {documentation} from './sources.ts';

export const foundForUnsafeMethod: LintCheck = {
	id: 'found-for-unsafe-method',
	severity: 'advice',
	source: documentation('Usage', 'Choose 307 over 302 when non-GET behavior must remain exact'),
	check(redirect) {
		if (redirect.status !== 302 || !answersOthersThanGet(redirect)) return undefined;
		const methods = redirect.methods.filter(method => method !== 'GET' && method !== 'HEAD');
		return {
			message: `a 302 to ${methods.join(' and ')} may become a GET; use 307 to keep the method, 303 to ask for a GET`,
			at: '/status',
		};
	},
};
