import {type HeaderLine, headerValue} from '../http/header-lines.ts';
import type {CallBody, CallContent} from '../scenario/call-content.ts';
import {printfBytes, shellQuote} from './shell-quote.ts';

/** A request that curl is to send. */
export interface CurlRequest extends CallContent {
	readonly method: string;
	/** Where it goes, on this machine. */
	readonly url: string;
}

/**
 * A line for a POSIX shell with which curl sends a request, follows redirects, and shows the head of
 * each response. The credentials of the request stand in it as they are: without them it would be
 * another request.
 *
 * @param environment variables that are set for curl alone
 */
export function curlLine(
	request: CurlRequest,
	environment: Readonly<Record<string, string>> = {},
): string {
	const {method, url, body} = request;
	const words = [
		...Object.entries(environment).map(([name, value]) => `${name}=${shellQuote(value)}`),
		'curl',
		method === 'HEAD' ? '-IL' : '-iL',
		...globbing(url),
		...methodOption(request),
		...headerOptions(request),
		...bodyOptions(method, body),
		shellQuote(url),
	];
	const line = words.join(' ');
	return body?.kind === 'bytes' ? `${printfBytes(body.bytes)} | ${line}` : line;
}

/** Brackets and braces are patterns to curl, and it takes dot segments out of a path, unless told. */
function globbing(url: string): string[] {
	return [
		...(/[[\]{}]/.test(url) ? ['-g'] : []),
		...(/\/(?:\.|%2e){1,2}(?:[/?#]|$)/i.test(url) ? ['--path-as-is'] : []),
	];
}

/**
 * `-X` only where nothing else says the method: curl sends the method of a `-X` again after a 303
 * too, and after a 301 or 302 to a POST.
 */
function methodOption({method, body}: CurlRequest): string[] {
	const implied = body === undefined ? ['GET', 'HEAD', 'POST'] : ['POST'];
	return implied.includes(method) ? [] : ['-X', shellQuote(method)];
}

function headerOptions({method, headers, body}: CurlRequest): string[] {
	const words = headers.map(headerWord);
	const sendsBody = body !== undefined || method === 'POST';
	// Without this curl would call every body a form.
	if (sendsBody && headerValue(headers, 'Content-Type') === undefined) words.push('Content-Type:');
	return words.flatMap(word => ['-H', shellQuote(word)]);
}

/** To curl, `Name:` takes a field away; `Name;` sends it with an empty value. */
function headerWord([name, value]: HeaderLine): string {
	return value === '' ? `${name};` : `${name}: ${value}`;
}

/** All of them keep the body at hand, so that curl can send it again after a 307. */
function bodyOptions(method: string, body: CallBody | undefined): string[] {
	if (body?.kind === 'file') return ['--data-binary', shellQuote(`@${body.path}`)];
	if (body?.kind === 'bytes') return ['--data-binary', '@-'];
	// `--data-raw` takes a leading @ for what it is.
	if (body?.kind === 'text') return ['--data-raw', shellQuote(body.text)];
	return method === 'POST' ? ['--data-raw', "''"] : [];
}
