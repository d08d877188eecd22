import type {Call} from '../types.ts';
import type {LintCheck} from './lint-check.ts';
import {documentation} from './sources.ts';

export const bodyMayBeLost: LintCheck = {
	id: 'body-may-be-lost',
	severity: 'advice',
	source: documentation(
		'Usage',
		'Temporary redirects where the original method and body must be preserved',
	),
	check({status, calls}) {
		const call = status === 302 ? calls.find(hasBody) : undefined;
		if (call === undefined) return undefined;
		return {
			message: `the call ${call.request} has a body, and a client that turns it into a GET after a 302 drops it; use 307`,
			at: '/status',
		};
	},
};

function hasBody({json, text, base64, file}: Call): boolean {
	return [json, text, base64, file].some(body => body !== undefined);
}
