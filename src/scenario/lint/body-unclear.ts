import {headerValue} from '../../http/header-lines.ts';
import type {LintCheck} from './lint-check.ts';
import {type Redirect, targetUrl} from './redirect.ts';
import {documentation} from './sources.ts';

export const bodyUnclear: LintCheck = {
	id: 'body-unclear',
	severity: 'warning',
	source: documentation(
		'Body',
		'A body is optional, but the redirect target and temporary nature should be clear',
	),
	check(redirect) {
		const {status, content} = redirect;
		if (status !== 307 || content === '' || !isText(redirect)) return undefined;
		const missing = [
			...(namesTarget(redirect) ? [] : ['where the redirect leads']),
			...(isTemporary.test(content) ? [] : ['that it is temporary']),
		];
		if (missing.length === 0) return undefined;
		return {message: `its body does not say ${missing.join(' or ')}`};
	},
};

const isTemporary = /temporar|for now|for the moment|for the time being|meanwhile|until /i;

function isText({response, headers}: Redirect): boolean {
	const type = headerValue(headers, 'Content-Type') ?? response.body({}).type ?? '';
	return /^text\/|json|xml/i.test(type);
}

function namesTarget(redirect: Redirect): boolean {
	const written = headerValue(redirect.headers, 'Location');
	const named = [written, targetUrl(redirect)].filter(each => each !== undefined && each !== '');
	return named.length === 0 || named.some(each => redirect.content.includes(String(each)));
}
