import {Readable} from 'node:stream';
import {type HeaderLines, headerValue} from '../http/header-lines.ts';
import type {Connection, Turn} from '../journal/connections.ts';
import type {SentLocation} from '../journal/exchange.ts';
import {goOnAfterwards} from './afterwards.ts';
import {isGone} from './awaited-body.ts';
import type {Locations} from './location.ts';
import type {AppParts} from './parts.ts';
import {carrierOf, fieldsOf, RequestHeads} from './request-head.ts';
import {headerLinesOf, reasonOf} from './response-headers.ts';
import {type DoubleMiddleware, type HandlerContext, isOutStraight} from './state.ts';
import type {StraightResponse} from './straight-response.ts';
import {hasTurn, turnOf} from './turn.ts';
import {carrierOfAnswer} from './when-out.ts';

/**
 * The outermost middleware: every request becomes an exchange, even one that nothing matches. It
 * begins to read the body, which the rest of the pipeline waits for as far as it needs it, and gives
 * the Location its sent form.
 *
 * @param origin the documented origin that the requests are for
 */
export function record(origin: string, {recorder, stage}: AppParts): DoubleMiddleware {
	const heads = new RequestHeads(origin);
	return async (ctx, next) => {
		const {req, res, state} = ctx;
		const connection = recorder.connectionOf(carrierOf(req));
		const fields = fieldsOf(req);
		const scene = stage.production.at(origin);
		const local = scene.production.addresses.localOf(origin);
		const recording = recorder.begin(heads.of(req, fields, local), connection);
		const turn = {recording, response: res};
		connection.began(turn);
		state.scene = scene;
		state.recording = recording;
		state.fields = fields;
		state.reading = recorder.read(recording, req);
		state.answer = () => answer(ctx, scene.locations);
		ctx.recorded = recording.exchange.request;
		sealWhenClosed(ctx, connection, turn);
		try {
			await next();
		} catch (error) {
			// Koa answers it past the middlewares, and the body may still be coming in.
			if (hasTurn(ctx) || (await turnOf(ctx))) goOnAfterwards(ctx);
			throw error;
		}
		if (isGone(ctx) || !(hasTurn(ctx) || (await turnOf(ctx)))) letGo(ctx);
		else state.answer();
	};
}

/** Nobody is there to answer. */
function letGo(ctx: HandlerContext): void {
	ctx.respond = false;
	if (ctx.body instanceof Readable) ctx.body.destroy();
}

/** Gives the Location its sent form, unless the head has gone out, and records what was decided. */
function answer(ctx: HandlerContext, locations: Locations): void {
	const {recording, straight} = ctx.state;
	if (recording.exchange.response !== undefined) return;
	goOnAfterwards(ctx);
	if (straight === undefined) {
		const location = locations.send(ctx.res, ctx.state);
		recording.answer({...facts(ctx), ...(location && {location})});
	} else answerStraight(ctx, straight, locations);
}

/** Sends a response that goes out straight, and records it. */
function answerStraight(
	ctx: HandlerContext,
	response: StraightResponse,
	locations: Locations,
): void {
	const {req, res, state} = ctx;
	const {status, location: documented} = response;
	const location =
		documented === undefined ? undefined : locations.sentFor(documented, status, state);
	const headers = headOf(ctx, response, location);
	state.recording.answer({
		status,
		reason: res.statusMessage,
		headers,
		bodySize: req.method === 'HEAD' ? 0 : response.size,
		...(location && {location}),
	});
	response.end(res);
	ctx.respond = false;
}

/** Where Node refuses the head, Koa answers with an error, which is recorded as any other. */
function headOf(
	{res, state}: HandlerContext,
	response: StraightResponse,
	location: SentLocation | undefined,
): HeaderLines {
	try {
		return response.writeHead(res, location);
	} catch (error) {
		delete state.straight;
		throw error;
	}
}

/** What of the response is known once its head is: also what Koa's own error answers look like. */
function facts({res, state}: HandlerContext) {
	const headers = headerLinesOf(res);
	const length = headerValue(headers, 'Content-Length');
	const empty = res.req.method === 'HEAD' || res.statusCode === 204 || res.statusCode === 304;
	const announced = length === undefined ? undefined : Number(length);
	const bodySize = empty ? 0 : (state.bodySize ?? announced);
	return {
		status: res.statusCode,
		reason: reasonOf(res),
		headers,
		...(bodySize !== undefined && {bodySize}),
	};
}

/** An exchange is over when its response went out, or its connection ended; and its body was read. */
function sealWhenClosed(ctx: HandlerContext, connection: Connection, turn: Turn): void {
	const {res, state} = ctx;
	const {recording, reading} = state;
	let isOut = false;
	let isOver = false;
	const seal = () => {
		const isMalformed = recording.exchange.request.malformed !== undefined;
		if (!isOutStraight(ctx) && res.headersSent && hasTurn(ctx) && !isMalformed) {
			// Koa answers an error past the middlewares, and a handler may end its response by itself.
			state.answer();
			recording.amend(facts(ctx));
		}
		recording.seal(isOut);
		connection.ended(turn);
	};
	// A response that is out is closed as well.
	const sealAfterRead = () => {
		if (!isOver) reading.done.then(seal, seal);
		isOver = true;
	};
	carrierOfAnswer(ctx)
		.on('finish', () => {
			isOut = true;
			sealAfterRead();
		})
		.on('close', sealAfterRead);
}
