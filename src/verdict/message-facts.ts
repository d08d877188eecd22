import {headerValue, headerValues} from '../http/header-lines.ts';
import {isRedirectStatus} from '../http/redirect-status.ts';
import type {Exchange, RecordedRequest} from '../journal/exchange.ts';
import type {FollowedHop} from './rule.ts';

/** The status of the redirect; 0 in the impossible case that there is no response. */
export function statusOf(hop: FollowedHop): number {
	return hop.redirect.response?.status ?? 0;
}

/** Whether the follow-up has the method of the redirected request. */
export function methodWasKept(hop: FollowedHop): boolean {
	return hop.redirect.request.method === hop.followUp.request.method;
}

/** Whether the status has the original message sent again, and the client did keep the method. */
export function messageIsResent(hop: FollowedHop): boolean {
	return statusOf(hop) !== 303 && methodWasKept(hop);
}

/** Whether the client turned another method into GET or HEAD. */
export function becameRetrieval(hop: FollowedHop): boolean {
	const {method} = hop.followUp.request;
	return !methodWasKept(hop) && (method === 'GET' || method === 'HEAD');
}

/** Whether the follow-up went to another documented origin than the redirected request. */
export function wentCrossOrigin(hop: FollowedHop): boolean {
	return hop.redirect.request.origin !== hop.followUp.request.origin;
}

/** Whether a request has content, or announced some that never came. */
export function hasContent({body, framing}: RecordedRequest): boolean {
	return body.size > 0 || (framing !== 'none' && !body.complete);
}

/** What Content-Length promised, in bytes; undefined when the request had none that is a number. */
export function promisedLength(request: RecordedRequest): number | undefined {
	const value = headerValue(request.headers, 'content-length');
	return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** What ends when a request is broken off: the connection, or on HTTP/2 the stream alone. */
export function carrierName({http2}: RecordedRequest): 'connection' | 'stream' {
	return http2 === undefined ? 'connection' : 'stream';
}

/** Whether an exchange was answered with a redirect status, and without a Location that leads anywhere. */
export function answersNowhere({response}: Exchange): boolean {
	return (
		response !== undefined &&
		isRedirectStatus(response.status) &&
		response.location?.resolved === undefined
	);
}

/** Why the Location of such an exchange leads nowhere, in words that go on from its status. */
export function nowhereWords({response}: Exchange): string {
	const fields = headerValues(response?.headers ?? [], 'location');
	if (fields.length < 2) return 'without a Location that leads anywhere';
	return `with ${fields.length} Location fields, of which nobody can tell the right one`;
}
