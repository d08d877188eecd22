import {http2StreamOf} from '../journal/http2-stream.ts';
import type {CompiledResponse} from '../scenario/compiled.ts';
import {expectsContinue, hasBody, isTunnel} from './awaited-body.ts';
import {Http1Line} from './http1-line.ts';
import {Http2Line} from './http2-line.ts';
import type {Line} from './line.ts';
import {endInTime, RestOfBody} from './rest-of-body.ts';
import type {HandlerContext} from './state.ts';
import {whenOut} from './when-out.ts';

type Afterwards = CompiledResponse['afterwards'];

/**
 * Sees to what becomes of the connection when the response has gone out, and to the rest of a body
 * that has not ended yet. Call before the head goes out.
 */
export function goOnAfterwards(ctx: HandlerContext): void {
	const {reading, recording} = ctx.state;
	const afterwards = afterwardsOf(ctx);
	if (isTunnel(ctx)) {
		// It has no body whose end could be waited for.
		whenOut(ctx, () => reading.abandon());
		return;
	}
	const isEarly = !reading.ended && hasBody(ctx);
	if (!isEarly && (ctx.res.headersSent || endsAsEver(ctx, afterwards))) return;
	if (recording.exchange.request.afterAnswer !== undefined) return;
	const line = lineOf(ctx);
	line.prepare(afterwards);
	const rest = isEarly ? new RestOfBody(ctx, line, afterwards) : undefined;
	whenOut(ctx, () => {
		if (rest === undefined || reading.ended) goOn(line, afterwards);
		else rest.goOn();
	});
}

/**
 * What is to become of the connection. A response that says `Connection: close` is one after which the
 * double closes: the platform would, too, but at once, so that what still comes could not be seen.
 */
function afterwardsOf({res, state}: HandlerContext): Afterwards {
	const {afterwards = 'keep-alive'} = state;
	const options = String(res.getHeader('Connection') ?? '').toLowerCase();
	return afterwards === 'keep-alive' && /(?:^|,)\s*close\s*(?:,|$)/.test(options)
		? 'close'
		: afterwards;
}

/** Whether the platform by itself does with the connection what the scenario says. */
function endsAsEver(ctx: HandlerContext, afterwards: Afterwards): boolean {
	const {recording} = ctx.state;
	if (afterwards !== 'keep-alive') return false;
	// It closes the connection of a client that expected 100 and did not get it.
	if (!expectsContinue(ctx)) return true;
	const {interim = []} = recording.exchange;
	return interim.some(({status}) => status === 100);
}

function lineOf({req, res}: HandlerContext): Line {
	const stream = http2StreamOf(req);
	return stream === undefined ? new Http1Line(req, res) : new Http2Line(stream);
}

/** The request is whole and the response is out: there is only the connection to see to. */
function goOn(line: Line, afterwards: Afterwards): void {
	if (afterwards === 'reset') line.reset();
	if (afterwards === 'close') line.close();
	if (afterwards === 'stop-reading') line.stopReading();
	if (line.isClosing || afterwards === 'stop-reading') endInTime(line);
	else if (afterwards === 'keep-alive') line.release();
}
