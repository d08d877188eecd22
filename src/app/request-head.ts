import type {IncomingMessage} from 'node:http';
import type {Http2ServerRequest} from 'node:http2';
import {withoutToken} from '../http/hop-token.ts';
import type {RequestHead} from '../journal/recording.ts';
import {type RequestFields, requestFieldsOf} from './request-fields.ts';
import {documentedUrl, type Here} from './target-forms.ts';

/** A request of either protocol, as Node hands it over. */
export type AnyRequest = IncomingMessage | Http2ServerRequest;

/** What a request names as its connection: the socket it came on, or its stream of HTTP/2. */
export function carrierOf(request: AnyRequest): object {
	return isHttp2(request) ? request.stream : request.socket;
}

/** The header fields of a request; the pseudo-header fields of HTTP/2 are none of them. */
export function fieldsOf(req: AnyRequest): RequestFields {
	return requestFieldsOf(isHttp2(req) ? regularOf(req.rawHeaders) : req.rawHeaders);
}

/** What is known of a request when its head has arrived, at the listener of an origin. */
export function headOf(req: AnyRequest, fields: RequestFields, here: Here): RequestHead {
	const method = req.method ?? '';
	const sent = req.url ?? '';
	const {target, token} = withoutToken(sent);
	const head = {
		method,
		target: sent,
		url: documentedUrl(target, method, here),
		origin: here.origin,
		headers: fields.lines,
		httpVersion: req.httpVersion,
		framing: fields.framing,
		...(token !== undefined && {hopToken: token}),
	};
	return isHttp2(req) ? {...head, ...http2Head(req, fields)} : head;
}

function http2Head(
	{stream, rawHeaders}: Http2ServerRequest,
	{framing}: RequestFields,
): Pick<RequestHead, 'framing' | 'http2'> {
	const pseudoHeaders = requestFieldsOf(pseudoOf(rawHeaders)).lines;
	const framed = framing === 'content-length' ? framing : 'frames';
	return {
		framing: stream.endAfterHeaders ? 'none' : framed,
		http2: Object.freeze({stream: stream.id ?? 0, pseudoHeaders}),
	};
}

/** Of Node's flat list, the names that are fields, with their values. */
function regularOf(raw: readonly string[]): readonly string[] {
	return raw.filter((_, index) => !isPseudo(raw, index));
}

function pseudoOf(raw: readonly string[]): readonly string[] {
	return raw.filter((_, index) => isPseudo(raw, index));
}

function isPseudo(raw: readonly string[], index: number): boolean {
	return raw[index - (index % 2)]?.startsWith(':') === true;
}

/** Whether a request came on HTTP/2. */
export function isHttp2(request: AnyRequest): request is Http2ServerRequest {
	return 'stream' in request;
}
