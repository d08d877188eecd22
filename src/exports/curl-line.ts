import {type HeaderLine, headerValue} from '../http/header-lines.ts';
import type {CallBody, CallContent} from '../scenario/call-content.ts';
import {printfBytes, shellQuote} from './shell-quote.ts';

/** A request that curl is to send. */
export interface CurlRequest extends CallContent {
	readonly method: string;
	readonly url: string;
}

/** How curl is to send it. */
export interface CurlManner {
	/** Variables that are set for curl alone. */
	readonly environment?: Readonly<Record<string, string>>;
	/** Whether curl follows redirects, as it does unless told. Else it sends this request alone, as it is. */
	readonly follows?: boolean;
	/** Further words, ready for a shell. */
	readonly options?: readonly string[];
}

/**
 * A line for a POSIX shell with which curl sends a request, follows redirects, and shows the head of
 * each response. The credentials of the request stand in it as they are: without them it would be
 * another request.
 */
export function curlLine(
	request: CurlRequest,
	{environment = {}, follows = true, options = []}: CurlManner = {},
): string {
	const {method, url, body} = request;
	const show = method === 'HEAD' ? '-I' : '-i';
	const words = [
		...Object.entries(environment).map(([name, value]) => `${name}=${shellQuote(value)}`),
		'curl',
		follows ? `${show}L` : show,
		...options,
		...globbing(url),
		...methodOption(request, follows),
		...headerOptions(request, follows),
		...bodyOptions(request, follows),
		shellQuote(url),
	];
	const line = words.join(' ');
	const written = body && printed(body, request.stream);
	return written === undefined ? line : `${written} | ${line}`;
}

/** What a shell writes into curl; undefined for what stands in curl's own words. */
function printed(body: CallBody, stream: true | undefined): string | undefined {
	if (stream && body.kind === 'file') return `cat ${shellQuote(body.path)}`;
	if (stream && body.kind === 'text') return printfBytes(Buffer.from(body.text));
	if (body.kind === 'bytes') return printfBytes(body.bytes);
	if (body.kind !== 'repeated') return undefined;
	return `for _ in $(seq ${body.times}); do ${printfBytes(body.bytes)}; done`;
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
function methodOption(request: CurlRequest, follows: boolean): string[] {
	const {method, stream} = request;
	if (stream) return method === 'PUT' ? [] : ['-X', shellQuote(method)];
	const implied = sendsBody(request, follows) ? ['POST'] : ['GET', 'HEAD'];
	return implied.includes(method) ? [] : ['-X', shellQuote(method)];
}

/** A POST that is to become what curl makes of it has at least an empty body. */
function sendsBody({method, body}: CurlRequest, follows: boolean): boolean {
	return body !== undefined || (follows && method === 'POST');
}

function headerOptions(request: CurlRequest, follows: boolean): string[] {
	const {headers} = request;
	const words = headers.map(headerWord);
	// Without this curl would call every body a form.
	if (sendsBody(request, follows) && headerValue(headers, 'Content-Type') === undefined)
		words.push('Content-Type:');
	return words.flatMap(word => ['-H', shellQuote(word)]);
}

/** To curl, `Name:` takes a field away; `Name;` sends it with an empty value. */
function headerWord([name, value]: HeaderLine): string {
	return value === '' ? `${name};` : `${name}: ${value}`;
}

/** But for a stream, all of them keep the body at hand, so that curl can send it again after a 307. */
function bodyOptions(request: CurlRequest, follows: boolean): string[] {
	const {body, stream} = request;
	if (body && stream) return ['-T', '-'];
	if (body?.kind === 'file') return ['--data-binary', shellQuote(`@${body.path}`)];
	if (body?.kind === 'bytes' || body?.kind === 'repeated') return ['--data-binary', '@-'];
	// `--data-raw` takes a leading @ for what it is.
	if (body?.kind === 'text') return ['--data-raw', shellQuote(body.text)];
	return sendsBody(request, follows) ? ['--data-raw', "''"] : [];
}
