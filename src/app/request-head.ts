import type {IncomingMessage} from 'node:http';
import {type HeaderLines, headerLinesFromRaw, headerValue} from '../http/header-lines.ts';
import {withoutToken} from '../http/hop-token.ts';
import type {RecordedRequest} from '../journal/exchange.ts';
import type {RequestHead} from '../journal/recording.ts';

/** What a request's connection is known by: the socket it came on. */
export function carrierOf(request: IncomingMessage): object {
	return request.socket;
}

/** What is known of a request when its head has arrived. */
export function headOf(req: IncomingMessage, origin: string): RequestHead {
	const sent = req.url ?? '';
	const {target, token} = withoutToken(sent);
	const headers = headerLinesFromRaw(req.rawHeaders);
	return {
		method: req.method ?? '',
		target: sent,
		url: target.startsWith('/') || target === '*' ? origin + target.replace(/^\*$/, '') : target,
		origin,
		headers,
		httpVersion: req.httpVersion,
		framing: framingOf(headers),
		...(token !== undefined && {hopToken: token}),
	};
}

function framingOf(headers: HeaderLines): RecordedRequest['framing'] {
	if (headerValue(headers, 'Transfer-Encoding') !== undefined) return 'chunked';
	return headerValue(headers, 'Content-Length') === undefined ? 'none' : 'content-length';
}
