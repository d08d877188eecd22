import {http2StreamOf} from '../journal/http2-stream.ts';
import type {CompiledResponse} from '../scenario/compiled.ts';
import type {HandlerContext} from './state.ts';

/**
 * Waits for the whole body of a request, for which the client gets 100 Continue if it expects that.
 * False when the body was cut off: then there is nobody to answer, and nothing more to do.
 */
export async function wholeBody(ctx: HandlerContext): Promise<boolean> {
	await awaitBody(ctx, Number.POSITIVE_INFINITY, true);
	return !isGone(ctx);
}

/**
 * Waits for as much of the body as a response wants before it is sent. To a client that expects 100
 * Continue, a redirect is the final answer at once, and anything else is preceded by 100 when its
 * body is waited for, unless the scenario has it otherwise (RFC 9110, 10.1.1).
 *
 * @returns what is to be waited for; look then whether somebody is still there to answer
 */
export function bodyAwaitedBy(
	ctx: HandlerContext,
	{status, answerAfter, expectation}: CompiledResponse,
): Promise<void> {
	const instead = expectation === undefined && status >= 300 && status < 400;
	if (instead && expectsContinue(ctx)) return awaitBody(ctx, 0, false);
	const invited = expectation === 'send' || (expectation === undefined && answerAfter > 0);
	return awaitBody(ctx, answerAfter, invited);
}

function awaitBody(ctx: HandlerContext, size: number, invited: boolean): Promise<void> {
	const {reading} = ctx.state;
	if (invited) sendContinue(ctx);
	// A body that has ended is recorded, and its request linked, before anything is answered.
	if (reading.ended || (!hasBody(ctx) && !isTunnel(ctx))) return reading.done;
	return isTunnel(ctx) ? Promise.resolve() : reading.until(size);
}

/**
 * Whether nobody is there to answer: the client has gone, or its bytes stopped being HTTP, which was
 * answered; or the double has ended its side of the connection, and the client sends another request.
 */
export function isGone({req, state: {reading, recording}}: HandlerContext): boolean {
	if (reading.cut || recording.exchange.request.malformed !== undefined) return true;
	return http2StreamOf(req) === undefined && req.socket.writableEnded;
}

/** Sends 100 Continue to a client that expects it and has not got it. */
function sendContinue(ctx: HandlerContext): void {
	if (!expectsContinue(ctx)) return;
	const {res, state} = ctx;
	const {recording} = state;
	const {interim = []} = recording.exchange;
	if (!announcesBody(ctx)) return;
	if (interim.some(({status}) => status === 100)) return;
	recording.interim(100, []);
	res.writeContinue();
}

/** Whether a client waits for 100 before it sends its body; one of HTTP/1.0 can't (RFC 9110, 10.1.1). */
export function expectsContinue({req, state}: Pick<HandlerContext, 'req' | 'state'>): boolean {
	return state.fields.expectsContinue && req.httpVersion !== '1.0';
}

/** Whether a body is to come, or has come, by what the head says; an empty one is none. */
export function hasBody(ctx: Pick<HandlerContext, 'req' | 'state'>): boolean {
	return ctx.req.method !== 'CONNECT' && announcesBody(ctx);
}

/** A CONNECT of HTTP/2 has no content, and its stream has no end while the client hopes for a tunnel (RFC 9113, 8.5). */
export function isTunnel({req}: Pick<HandlerContext, 'req'>): boolean {
	return req.method === 'CONNECT' && http2StreamOf(req) !== undefined;
}

function announcesBody({req, state: {fields}}: Pick<HandlerContext, 'req' | 'state'>): boolean {
	const stream = http2StreamOf(req);
	if (stream === undefined || fields.framing === 'content-length') return fields.announcesBody;
	return !stream.endAfterHeaders;
}
