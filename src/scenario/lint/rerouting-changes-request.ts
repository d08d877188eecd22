import type {LintCheck} from './lint-check.ts';
import {answersOthersThanGet, type Redirect} from './redirect.ts';
import {documentation} from './sources.ts';

export const reroutingChangesRequest: LintCheck = {
	id: 'rerouting-changes-request',
	severity: 'warning',
	source: documentation(
		'Usage',
		'Operational rerouting such as maintenance or traffic shifting without changing request semantics',
	),
	check(redirect) {
		const {status} = redirect;
		if (status === 307 || !isOperational(redirect)) return undefined;
		const forEver = status === 301 || status === 308;
		if (!forEver && !answersOthersThanGet(redirect)) return undefined;
		const effect = forEver ? 'may be remembered for ever' : 'may turn the request into a GET';
		return {
			message: `the route answers this ${status} only for a time or a share of its requests, and it ${effect}; use 307`,
			at: '/status',
		};
	},
};

/** Whether the route answers otherwise at other times: in another phase, later, or by shares. */
function isOperational({route, response}: Redirect): boolean {
	if (route.phases !== undefined || Number.isFinite(response.times)) return true;
	return typeof route.answers !== 'function' && route.answers.responses.length > 1;
}
