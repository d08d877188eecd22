import {http2StreamOf} from '../journal/http2-stream.ts';
import type {HandlerContext} from './state.ts';

/**
 * Calls back when a response has gone out to its end. Node's response of HTTP/2 says so only when its
 * stream is over, which may be much later.
 */
export function whenOut({req, res}: HandlerContext, callback: () => void): void {
	(http2StreamOf(req) ?? res).once('finish', callback);
}

/**
 * Calls back when a response is over, out or not. Node's response to HEAD of HTTP/2 does not say so
 * when its stream ends before it is answered.
 */
export function whenClosed({req, res}: HandlerContext, callback: () => void): void {
	(http2StreamOf(req) ?? res).once('close', callback);
}
