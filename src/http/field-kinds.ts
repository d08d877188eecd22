import {isContentField} from './content-fields.ts';

/** Fields that speak of one connection or one message (RFC 9110, 7.6.1 and 15.4, item 2). */
const ofTheMessage = [
	...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding'],
	...['upgrade', 'http2-settings', 'content-length', 'expect', 'date'],
];

/** Fields that a client makes for each target, or that are a matter of credentials (15.4, items 2 and 3). */
const ofTheTarget = [
	...['host', 'origin', 'referer', 'authorization', 'cookie', 'cookie2'],
	...['if-none-match', 'if-modified-since', 'via', 'forwarded', 'max-forwards'],
];

/** Signatures cover the target, so that another target needs another one. */
const signatures = ['signature', 'signature-input', 'dpop'];

/** Traces and request ids name the single request in many clients, so that a follow-up may have its own. */
const ofTheAttempt = ['traceparent', 'tracestate', 'baggage', 'b3', 'x-request-id'];

const madeAnew = new Set([...ofTheMessage, ...ofTheTarget, ...signatures, ...ofTheAttempt]);
const madeAnewPrefixes = [
	'access-control-request-',
	'proxy-',
	'sec-',
	'x-amz-',
	'x-b3-',
	'x-forwarded-',
];

/**
 * Whether a field, by its name in lower case, may differ between a request and its follow-up with
 * nothing lost: because it belongs to the connection, the content, the target or the attempt.
 */
export function isMadeAnew(name: string): boolean {
	return (
		madeAnew.has(name) ||
		isContentField(name) ||
		madeAnewPrefixes.some(prefix => name.startsWith(prefix))
	);
}

/** Fields of which equal values mean one call: by their own definition, or by usage. */
export const callFields: readonly string[] = ['traceparent', 'x-request-id', 'idempotency-key'];

/** Of these, the ones that some clients make anew for each attempt: different values mean nothing. */
export const attemptFields: ReadonlySet<string> = new Set(['traceparent', 'x-request-id']);
