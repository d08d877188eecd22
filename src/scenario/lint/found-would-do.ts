import type {LintCheck} from './lint-check.ts';
import {answersOthersThanGet} from './redirect.ts';
import {documentation} from './sources.ts';

export const foundWouldDo: LintCheck = {
	id: 'found-would-do',
	severity: 'advice',
	source: documentation(
		'Pitfalls',
		'Simple temporary browser redirects where method preservation is irrelevant and 302 is acceptable',
	),
	check(redirect) {
		const {status, methods} = redirect;
		if (status !== 307 || methods.length === 0 || answersOthersThanGet(redirect)) return undefined;
		return {
			message: `it answers only ${methods.join(' and ')}, so there is no method to preserve, and 302 is acceptable`,
			at: '/status',
		};
	},
};
