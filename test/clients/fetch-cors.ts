import {type HeaderLine, type HeaderLines, headerValue} from '../../src/http/header-lines.ts';
import type {Answer} from './fetch-standard.ts';

/**
 * "Byte-serializing a request origin": `null` once a redirect has crossed origins from an origin that is
 * not the request's own (https://fetch.spec.whatwg.org/#concept-request-tainted-origin).
 */
export function serializedOrigin(origin: string, urls: readonly URL[]): string {
	const isTainted = urls.some((url, i) => {
		const last = urls[i - 1];
		return last !== undefined && url.origin !== last.origin && origin !== last.origin;
	});
	return isTainted ? 'null' : origin;
}

/** The CORS check of a response to a request without credentials (https://fetch.spec.whatwg.org/#cors-check). */
export function passesCheck(headers: HeaderLines, origin: string): boolean {
	const allowed = headerValue(headers, 'access-control-allow-origin');
	return allowed === '*' || allowed === origin;
}

/** Whether a request has a method or header that is not CORS-safelisted. */
export function needsPreflight(method: string, headers: HeaderLines): boolean {
	return !isSafelisted(method) || unsafeNames(headers).length > 0;
}

/** The header list of a CORS-preflight request. */
export function preflightOf(
	method: string,
	headers: HeaderLines,
	origin: string,
	referrer: string | undefined,
): HeaderLine[] {
	const names = unsafeNames(headers);
	return [
		['Accept', '*/*'],
		['Access-Control-Request-Method', method],
		...(names.length === 0
			? []
			: [['Access-Control-Request-Headers', names.join(',')] satisfies HeaderLine]),
		...(referrer === undefined ? [] : [['Referer', referrer] satisfies HeaderLine]),
		['Origin', origin],
		['Sec-Fetch-Mode', 'cors'],
		['User-Agent', headerValue(headers, 'user-agent') ?? 'browser/1'],
	];
}

/** Whether a preflight's response lets the request itself go out: an ok status, method and headers. */
export function allows(
	answer: Answer,
	method: string,
	headers: HeaderLines,
	origin: string,
): boolean {
	const isOk = answer.status >= 200 && answer.status < 300;
	if (!isOk || !passesCheck(answer.headers, origin)) return false;
	const methods = listOf(answer, 'access-control-allow-methods');
	const names = listOf(answer, 'access-control-allow-headers').map(name => name.toLowerCase());
	return (
		(isSafelisted(method) || methods.includes(method) || methods.includes('*')) &&
		unsafeNames(headers).every(
			name => names.includes(name) || (names.includes('*') && name !== 'authorization'),
		)
	);
}

function isSafelisted(method: string): boolean {
	return method === 'GET' || method === 'HEAD' || method === 'POST';
}

/** CORS-unsafe request-header names, sorted. */
function unsafeNames(headers: HeaderLines): string[] {
	const names = headers.filter(line => !isSafelistedLine(line)).map(([name]) => name.toLowerCase());
	return [...new Set(names)].sort();
}

function isSafelistedLine([name, value]: HeaderLine): boolean {
	if (/^(?:accept|accept-language|content-language|user-agent)$/i.test(name)) return true;
	return (
		/^content-type$/i.test(name) &&
		/^(?:text\/plain|multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(value)
	);
}

function listOf({headers}: Answer, name: string): string[] {
	return (headerValue(headers, name) ?? '').split(',').map(each => each.trim());
}
