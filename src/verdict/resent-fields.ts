import {isMadeAnew} from '../http/field-kinds.ts';
import {headerValue} from '../http/header-lines.ts';
import {isSecretName} from '../http/secrets.ts';
import {methodWasKept, wentCrossOrigin} from './message-facts.ts';
import type {Message, Messages} from './messages.ts';
import {ofHeaders} from './of-headers.ts';

/** Fields that belong to the method, and may go with it. */
const ofTheMethod = new Set(['if-match', 'if-unmodified-since', 'if-range', 'idempotency-key']);

/** Clients offer other codings over TLS than in plain text, such as `br`. */
const ofTheScheme = new Set(['accept-encoding']);

/**
 * Tells which fields of a redirected request are to come again with the same value: end-to-end,
 * not about the content, not made anew for each target; and, at another origin, no secrets, which
 * a client does well to withhold (RFC 9110, 15.4, item 3).
 */
export function resentFields(messages: Messages): (name: string) => boolean {
	const named = namedByConnection(messages.redirect.request.headers);
	const crossOrigin = wentCrossOrigin(messages);
	const keptMethod = methodWasKept(messages);
	const keptScheme = schemeOf(messages.redirect.request) === schemeOf(messages.followUp.request);
	return name => {
		const field = name.toLowerCase();
		if (isMadeAnew(field) || named.has(field)) return false;
		if (crossOrigin && isSecretName(field)) return false;
		if (!keptScheme && ofTheScheme.has(field)) return false;
		return keptMethod || !ofTheMethod.has(field);
	};
}

function schemeOf({url}: Message): string {
	return url.slice(0, url.indexOf(':')).toLowerCase();
}

const namedByConnection = ofHeaders(lines => {
	const names = (headerValue(lines, 'connection') ?? '').toLowerCase().split(',');
	return new Set(names.map(name => name.trim()));
});
