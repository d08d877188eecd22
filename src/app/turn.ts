import {http2StreamOf} from '../journal/http2-stream.ts';
import type {HandlerContext} from './state.ts';
import {eventOrClose} from './until-closed.ts';

type Answered = Pick<HandlerContext, 'req' | 'res'>;

/**
 * Whether a response has, or had, its connection: of those to pipelined requests, one goes out after
 * the other (RFC 9112, 9.3.2), and until its turn a response waits in Node.
 */
export function hasTurn({req, res}: Answered): boolean {
	return http2StreamOf(req) !== undefined || Boolean(res.socket) || res.writableFinished;
}

/** Waits for the turn of a response; false when the connection ended before it, or with it. */
export async function turnOf(ctx: Answered): Promise<boolean> {
	if (!ctx.req.socket.destroyed) await eventOrClose(ctx.res, 'socket');
	return hasTurn(ctx) && ctx.req.socket.writable;
}
