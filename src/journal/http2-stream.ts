import type {Http2ServerRequest, ServerHttp2Stream} from 'node:http2';

/** The HTTP/2 stream that a request came on; undefined for HTTP/1. */
export function http2StreamOf(request: object): ServerHttp2Stream | undefined {
	return isHttp2(request) ? request.stream : undefined;
}

function isHttp2(request: object): request is Http2ServerRequest {
	return 'stream' in request;
}
