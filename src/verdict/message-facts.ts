import {headerValue, headerValues} from '../http/header-lines.ts';
import {isRedirectStatus} from '../http/redirect-status.ts';
import type {Exchange, RecordedRequest, RecordedResponse} from '../journal/exchange.ts';
import type {Message, Messages} from './messages.ts';

/** The methods of a hop. */
interface Methods {
	readonly redirect: {readonly request: {readonly method: string}};
	readonly followUp: {readonly request: {readonly method: string}};
}

/** The status of the redirect; 0 in the impossible case that there is no response. */
export function statusOf({
	redirect,
}: {
	readonly redirect: {readonly response?: {readonly status: number}};
}): number {
	return redirect.response?.status ?? 0;
}

/** Whether the follow-up has the method of the redirected request. */
export function methodWasKept({redirect, followUp}: Methods): boolean {
	return redirect.request.method === followUp.request.method;
}

/** Whether the status has the original message sent again, and the client did keep the method. */
export function messageIsResent(messages: Messages): boolean {
	return statusOf(messages) !== 303 && methodWasKept(messages);
}

/** Whether the client turned another method into GET or HEAD. */
export function becameRetrieval(messages: Messages): boolean {
	const {method} = messages.followUp.request;
	return !methodWasKept(messages) && (method === 'GET' || method === 'HEAD');
}

/** Whether the follow-up went to another documented origin than the redirected request. */
export function wentCrossOrigin({redirect, followUp}: Messages): boolean {
	return redirect.request.origin !== followUp.request.origin;
}

/** Whether a request has content, or announced some that never came. */
export function hasContent({content}: Message): boolean {
	return content !== 'none';
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

/** Whether the whole head of a response went out, as far as the scenario let it. */
export function headCame({fault}: Pick<RecordedResponse, 'fault'>): boolean {
	return fault === undefined || fault === 'reset-after-head' || fault === 'truncated';
}

/** Whether an exchange was answered with a redirect status, and without a Location that leads anywhere. */
export function answersNowhere({response}: Exchange): boolean {
	return (
		response !== undefined &&
		isRedirectStatus(response.status) &&
		response.location?.resolved === undefined
	);
}

/** How many different Locations a redirect has of which none leads anywhere; 0 for any other exchange. */
export function uselessLocations(exchange: Exchange): number {
	const {response} = exchange;
	if (response?.location === undefined || !answersNowhere(exchange) || !headCame(response))
		return 0;
	return new Set(headerValues(response.headers, 'location')).size;
}

/** Why the Location of such an exchange leads nowhere, in words that go on from its status. */
export function nowhereWords({response}: Exchange): string {
	const fields = headerValues(response?.headers ?? [], 'location');
	if (fields.length < 2) return 'without a Location that leads anywhere';
	return `with ${fields.length} Location fields, of which nobody can tell the right one`;
}
