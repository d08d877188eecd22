import {headerValue} from '../../http/header-lines.ts';
import type {LintCheck} from './lint-check.ts';
import {headerPlace} from './redirect.ts';
import {rfc} from './sources.ts';

export const lengthDiffers: LintCheck = {
	id: 'length-differs',
	severity: 'warning',
	source: rfc(
		9110,
		'8.6',
		'a sender MUST NOT forward a message with a Content-Length header field value that is known to be incorrect',
	),
	check(redirect) {
		const {headers, bodySize, methods} = redirect;
		const declared = headerValue(headers, 'Content-Length');
		// The answer to a HEAD has the length of what a GET would get (RFC 9110, 8.6).
		const onlyHead = methods.length > 0 && methods.every(method => method === 'HEAD');
		if (declared === undefined || onlyHead || Number(declared) === bodySize) return undefined;
		const outcome =
			Number(declared) > bodySize
				? 'a client waits for the rest'
				: 'what is over is taken for another response';
		return {
			message: `its Content-Length says ${declared}, and its body has a size of ${bodySize}: ${outcome}; leave the field out unless that is what you test`,
			at: headerPlace(redirect, 'Content-Length'),
		};
	},
};
