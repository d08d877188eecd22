import type {Call} from '../types.ts';
import type {LintCheck} from './lint-check.ts';
import {headerPlace, type Redirect} from './redirect.ts';
import {rfc} from './sources.ts';

export const credentialsRepeated: LintCheck = {
	id: 'credentials-repeated',
	severity: 'warning',
	source: rfc(
		9700,
		'4.12',
		"Authorization servers that redirect a request that potentially contains the user's credentials therefore MUST NOT use the HTTP 307 status code for redirection.",
	),
	check(redirect) {
		const {status, location, route, methods} = redirect;
		if (status !== 307 || typeof location === 'string' || location.origin === route.origin) {
			return undefined;
		}
		if (!methods.includes('POST') || !mayHoldCredentials(redirect)) return undefined;
		return {
			message: `a request that may contain a user's credentials is sent again, with its body, to ${location.origin}; an authorization server uses 303`,
			at: headerPlace(redirect, 'Location'),
		};
	},
};

function mayHoldCredentials({route, calls}: Redirect): boolean {
	return /\/(?:log-?in|sign-?in|authori[sz]e|auth)(?:\/|$)/i.test(route.path) || calls.some(holds);
}

function holds({json, text}: Call): boolean {
	const body = `${JSON.stringify(json ?? '')}&${text ?? ''}`;
	return /(?:^|["&])(?:password|passwd|pwd|passphrase)["=]/i.test(body);
}
