/**
 * Fields that a user agent makes anew for each request, or that belong to one connection, to the
 * content or to one origin: they may differ between a request and its follow-up with nothing lost
 * (RFC 9110, 7.6.1 and 15.4, items 2, 3 and 5).
 */
const perRequest = new Set([
	'host',
	'connection',
	'keep-alive',
	'proxy-connection',
	'te',
	'trailer',
	'transfer-encoding',
	'upgrade',
	'expect',
	'date',
	'origin',
	'referer',
	'authorization',
	'proxy-authorization',
	'cookie',
	'digest',
	'last-modified',
]);

/** Whether a field, by its name in lower case, speaks of the call and so is the same on each hop. */
export function isCallWide(name: string): boolean {
	return !perRequest.has(name) && !name.startsWith('content-') && !name.startsWith('sec-fetch-');
}

/** Fields whose value is one per call by their own definition, so that equal values mean one call. */
export const callFields: readonly string[] = ['traceparent', 'x-request-id', 'idempotency-key'];
