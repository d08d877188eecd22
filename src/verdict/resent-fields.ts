import {isMadeAnew} from '../http/field-kinds.ts';
import {type HeaderLines, headerValues} from '../http/header-lines.ts';
import {isSecretName} from '../http/secrets.ts';
import type {Exchange} from '../journal/exchange.ts';
import {methodWasKept, wentCrossOrigin} from './message-facts.ts';
import type {FollowedHop} from './rule.ts';

/** Fields that belong to the method, and may go with it. */
const ofTheMethod = new Set(['if-match', 'if-unmodified-since', 'if-range', 'idempotency-key']);

/** Clients offer other codings over TLS than in plain text, such as `br`. */
const ofTheScheme = new Set(['accept-encoding']);

/**
 * Tells which fields of a redirected request are to come again with the same value: end-to-end,
 * not about the content, not made anew for each target; and, at another origin, no secrets, which
 * a client does well to withhold (RFC 9110, 15.4, item 3).
 */
export function resentFields(hop: FollowedHop): (name: string) => boolean {
	const named = namedByConnection(hop.redirect.request.headers);
	const crossOrigin = wentCrossOrigin(hop);
	const keptMethod = methodWasKept(hop);
	const keptScheme = schemeOf(hop.redirect) === schemeOf(hop.followUp);
	return name => {
		const field = name.toLowerCase();
		if (isMadeAnew(field) || named.has(field)) return false;
		if (crossOrigin && isSecretName(field)) return false;
		if (!keptScheme && ofTheScheme.has(field)) return false;
		return keptMethod || !ofTheMethod.has(field);
	};
}

function schemeOf({request: {url}}: Exchange): string {
	return url.slice(0, url.indexOf(':')).toLowerCase();
}

function namedByConnection(headers: HeaderLines): Set<string> {
	const names = headerValues(headers, 'connection').join(',').toLowerCase().split(',');
	return new Set(names.map(name => name.trim()));
}
