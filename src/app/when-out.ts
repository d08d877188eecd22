import type {ServerResponse} from 'node:http';
import type {ServerHttp2Stream} from 'node:http2';
import {http2StreamOf} from '../journal/http2-stream.ts';
import type {HandlerContext} from './state.ts';

type Answered = Pick<HandlerContext, 'req' | 'res'>;

/**
 * What tells by 'finish' that a response has gone out to its end, and by 'close' that it is over, out
 * or not. Node's response of HTTP/2 says the one when its stream is over, which may be much later, and
 * the other not at all for a HEAD whose stream ends before it is answered.
 */
export function carrierOfAnswer({req, res}: Answered): ServerResponse | ServerHttp2Stream {
	return http2StreamOf(req) ?? res;
}

/** Calls back when a response has gone out to its end. */
export function whenOut(ctx: Answered, callback: () => void): void {
	carrierOfAnswer(ctx).once('finish', callback);
}
