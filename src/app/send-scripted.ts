import type {ServerHttp2Stream} from 'node:http2';
import {http2StreamOf} from '../journal/http2-stream.ts';
import type {CompiledResponse, PathParameters} from '../scenario/compiled.ts';
import {type Interim, sendInterim, writeInterim} from './interim.ts';
import {scriptHttp1} from './scripted-http1.ts';
import {scriptHttp2} from './scripted-http2.ts';
import type {HandlerContext} from './state.ts';
import {hasTurn, turnOf} from './turn.ts';

/**
 * Sends the interim responses of a scripted response, and has the response itself go out at its pace
 * and with its fault when its time comes. Loaded for responses that have any of these alone.
 */
export async function sendScripted(
	ctx: HandlerContext,
	response: CompiledResponse,
	parameters: PathParameters,
): Promise<void> {
	const {recording} = ctx.state;
	if (response.fault !== undefined) recording.breaks(response.fault.kind);
	const interim = response.interim.map(({status, headers}) => ({
		status,
		headers: headers(parameters),
	}));
	const sent = (one: Interim) => recording.interim(one.status, one.headers);
	const stream = http2StreamOf(ctx.res);
	if (stream !== undefined) {
		// A fault ends its stream by itself, and the connection is not its own.
		if (response.fault !== undefined) delete ctx.state.afterwards;
		onHttp2(stream, response, interim, sent);
		return;
	}
	// HTTP/1.0 has no interim responses (RFC 9110, 15.2).
	const known = ctx.req.httpVersion === '1.0' ? [] : interim;
	await onHttp1(ctx, response, known, sent);
}

async function onHttp1(
	ctx: HandlerContext,
	response: CompiledResponse,
	interim: readonly Interim[],
	sent: (interim: Interim) => void,
): Promise<void> {
	// A response to a pipelined request waits until those before it are out.
	if (!hasTurn(ctx)) await turnOf(ctx);
	const {res} = ctx;
	const {socket} = res;
	if (!socket || socket.destroyed) return;
	for (const one of interim) {
		sent(one);
		writeInterim(socket, one);
	}
	scriptHttp1(res, socket, response);
}

function onHttp2(
	stream: ServerHttp2Stream,
	response: CompiledResponse,
	interim: readonly Interim[],
	sent: (interim: Interim) => void,
): void {
	if (stream.destroyed) return;
	for (const one of interim) {
		sent(one);
		sendInterim(stream, one);
	}
	scriptHttp2(stream, response);
}
