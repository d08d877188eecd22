import type {IncomingMessage} from 'node:http';
import type {Http2ServerRequest} from 'node:http2';
import {type HeaderLines, headerLinesFromRaw, headerValue} from '../http/header-lines.ts';
import {withoutToken} from '../http/hop-token.ts';
import type {Http2Facts, RecordedRequest} from '../journal/exchange.ts';
import type {RequestHead} from '../journal/recording.ts';
import {documentedUrl} from './target-forms.ts';

/** A request of either protocol, as Node hands it over. */
export type AnyRequest = IncomingMessage | Http2ServerRequest;

/** What a request names as its connection: the socket it came on, or its stream of HTTP/2. */
export function carrierOf(request: AnyRequest): object {
	return isHttp2(request) ? request.stream : request.socket;
}

/**
 * What is known of a request when its head has arrived.
 *
 * @param local the address of the origin's listener
 */
export function headOf(req: AnyRequest, origin: string, local: string | undefined): RequestHead {
	const method = req.method ?? '';
	const {headers, ...protocol} = isHttp2(req) ? http2Head(req) : http1Head(req);
	const sent = req.url ?? '';
	const {target, token} = withoutToken(sent);
	return {
		method,
		target: sent,
		url: documentedUrl(target, method, {origin, local}),
		origin,
		headers,
		...protocol,
		...(token !== undefined && {hopToken: token}),
	};
}

type ProtocolFacts = Pick<RequestHead, 'headers' | 'httpVersion' | 'framing' | 'http2'>;

function http1Head(req: IncomingMessage): ProtocolFacts {
	const headers = headerLinesFromRaw(req.rawHeaders);
	return {headers, httpVersion: req.httpVersion, framing: framingOf(headers)};
}

function framingOf(headers: HeaderLines): RecordedRequest['framing'] {
	if (headerValue(headers, 'Transfer-Encoding') !== undefined) return 'chunked';
	return headerValue(headers, 'Content-Length') === undefined ? 'none' : 'content-length';
}

function http2Head(req: Http2ServerRequest): ProtocolFacts {
	const lines = headerLinesFromRaw(req.rawHeaders);
	const headers = lines.filter(([name]) => !name.startsWith(':'));
	const announced = headerValue(headers, 'content-length') !== undefined;
	const framing = announced ? 'content-length' : 'frames';
	const pseudoHeaders = lines.filter(([name]) => name.startsWith(':'));
	const stream = req.stream.id ?? 0;
	return {
		headers,
		httpVersion: '2.0',
		framing: req.stream.endAfterHeaders ? 'none' : framing,
		http2: frozen({stream, pseudoHeaders}),
	};
}

function frozen({stream, pseudoHeaders}: Http2Facts): Http2Facts {
	for (const line of Object.freeze(pseudoHeaders)) Object.freeze(line);
	return Object.freeze({stream, pseudoHeaders});
}

/** Whether a request came on HTTP/2. */
export function isHttp2(request: AnyRequest): request is Http2ServerRequest {
	return 'stream' in request;
}
