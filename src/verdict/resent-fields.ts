import {isMadeAnew} from '../http/field-kinds.ts';
import {headerValue} from '../http/header-lines.ts';
import {isSecretName} from '../http/secrets.ts';
import {methodWasKept, wentCrossOrigin} from './message-facts.ts';
import type {Message, Messages} from './messages.ts';
import {ofHeaders} from './of-headers.ts';

/** Fields that belong to the method, and may go with it. */
const ofTheMethod = new Set(['if-match', 'if-unmodified-since', 'if-range', 'idempotency-key']);

/** Fields whose loss is told by a rule of its own: conditions-kept and idempotency-key-kept. */
export function hasRuleOfItsOwn(name: string): boolean {
	const field = name.toLowerCase();
	return isCondition(field) || field === 'idempotency-key';
}

const ofTheCaller = new Set(['if-match', 'if-unmodified-since', 'if-range', 'range']);
const ofACache = new Set(['if-none-match', 'if-modified-since']);

/** Whether a request with this field, its name in lower case, depends on a state, or asks for a range. */
export function isCondition(name: string): boolean {
	return ofTheCaller.has(name) || ofACache.has(name);
}

/**
 * Tells which conditions of a request must be its caller's, by their names in lower case: with GET,
 * HEAD and QUERY, whose responses caches keep (RFC 9110, 9.2.3; RFC 10008, 2.7), If-None-Match and
 * If-Modified-Since may be those of a cache (RFC 9110, 15.4, item 2).
 */
export function isCallersCondition(method: string): (name: string) => boolean {
	const mayBeCached = ['GET', 'HEAD', 'QUERY'].includes(method);
	return name => ofTheCaller.has(name) || (!mayBeCached && ofACache.has(name));
}

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
