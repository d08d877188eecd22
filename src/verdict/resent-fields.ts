import {isContentField} from '../http/content-fields.ts';
import {type HeaderLines, headerValues} from '../http/header-lines.ts';
import {isSecretField} from '../http/secrets.ts';
import {methodWasKept, wentCrossOrigin} from './message-facts.ts';
import type {FollowedHop} from './rule.ts';

/** Fields that speak of one connection or one message (RFC 9110, 7.6.1 and 15.4, item 2). */
const ofTheConnection = [
	...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding'],
	...['upgrade', 'http2-settings', 'content-length', 'expect', 'date'],
];

/** Fields that a client makes for each target, or that have rules of their own (15.4, item 2). */
const ofTheTarget = [
	...['host', 'origin', 'referer', 'authorization', 'cookie', 'cookie2'],
	...['if-none-match', 'if-modified-since', 'via', 'forwarded', 'max-forwards'],
];

/** Signatures cover the target, so that another target needs another one. */
const signatures = ['signature', 'signature-input', 'dpop'];

/** Trace contexts name the single request, so that a follow-up may have its own. */
const traces = ['traceparent', 'tracestate', 'baggage', 'b3'];

const neverCompared = new Set([...ofTheConnection, ...ofTheTarget, ...signatures, ...traces]);
const neverComparedPrefixes = ['proxy-', 'sec-', 'x-amz-', 'x-b3-', 'x-forwarded-'];

/** Fields that belong to the method, and may go with it. */
const ofTheMethod = new Set(['if-match', 'if-unmodified-since', 'if-range', 'idempotency-key']);

/**
 * Tells which fields of a redirected request are to come again with the same value: end-to-end,
 * not about the content, not made anew for each target; and, at another origin, no secrets, which
 * a client does well to withhold (RFC 9110, 15.4, item 3).
 */
export function resentFields(hop: FollowedHop): (name: string) => boolean {
	const named = namedByConnection(hop.redirect.request.headers);
	const crossOrigin = wentCrossOrigin(hop);
	const keptMethod = methodWasKept(hop);
	return name => {
		const field = name.toLowerCase();
		if (neverCompared.has(field) || named.has(field) || isContentField(field)) return false;
		if (neverComparedPrefixes.some(prefix => field.startsWith(prefix))) return false;
		if (crossOrigin && isSecretField(field)) return false;
		return keptMethod || !ofTheMethod.has(field);
	};
}

function namedByConnection(headers: HeaderLines): Set<string> {
	const names = headerValues(headers, 'connection').join(',').toLowerCase().split(',');
	return new Set(names.map(name => name.trim()));
}
