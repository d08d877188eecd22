import type {ServerResponse} from 'node:http';
import {headerValue} from '../http/header-lines.ts';
import type {Recorder} from '../journal/recorder.ts';
import type {Recording} from '../journal/recording.ts';
import {type LocationRules, sendLocation} from './location.ts';
import {carrierOf, headOf} from './request-head.ts';
import {headerLinesOf} from './response-headers.ts';
import type {DoubleMiddleware} from './state.ts';

/**
 * The outermost middleware: every request becomes an exchange, even one that nothing matches. It
 * reads the body before the rest of the pipeline answers, and gives the Location its sent form.
 *
 * @param origin the documented origin that the requests are for
 */
export function record(
	recorder: Recorder,
	origin: string,
	locations: LocationRules,
): DoubleMiddleware {
	return async (ctx, next) => {
		const {req, res} = ctx;
		const connection = recorder.connectionOf(carrierOf(req));
		const recording = recorder.begin(headOf(req, origin), connection);
		connection.began({recording, response: res});
		ctx.state.recording = recording;
		ctx.recorded = recording.exchange.request;
		const read = recorder.read(recording, req);
		sealWhenClosed(recording, res, read, locations);
		await read;
		if (isWhole(recording)) await next();
		if (!isWhole(recording)) {
			// The client has gone, or its bytes stopped being HTTP, which was answered.
			ctx.respond = false;
			return;
		}
		answer(recording, res, locations);
	};
}

function isWhole({exchange: {request}}: Recording): boolean {
	return request.body.complete && request.malformed === undefined;
}

/** Gives the Location its sent form, unless the head has gone out, and records what was decided. */
function answer(recording: Recording, res: ServerResponse, locations: LocationRules): void {
	const location = sendLocation(res, recording.exchange.request, locations);
	recording.answer({...facts(res), ...(location && {location})});
}

/** What of the response is known once its head is: also what Koa's own error answers look like. */
function facts(res: ServerResponse) {
	const headers = headerLinesOf(res);
	const length = headerValue(headers, 'Content-Length');
	const empty = res.req.method === 'HEAD' || res.statusCode === 204 || res.statusCode === 304;
	const bodySize = empty ? 0 : length === undefined ? undefined : Number(length);
	return {
		status: res.statusCode,
		reason: res.statusMessage,
		headers,
		...(bodySize !== undefined && {bodySize}),
	};
}

/** An exchange is over when its response went out, or its connection ended; and its body was read. */
function sealWhenClosed(
	recording: Recording,
	res: ServerResponse,
	read: Promise<void>,
	locations: LocationRules,
): void {
	const seal = () => {
		if (res.headersSent && recording.exchange.request.malformed === undefined) {
			// Koa answers an error past the middlewares, and a handler may end its response by itself.
			if (recording.exchange.response === undefined) answer(recording, res, locations);
			recording.amend(facts(res));
		}
		recording.seal(res.writableFinished);
	};
	const sealAfterRead = () => void read.then(seal, seal);
	res.once('finish', sealAfterRead);
	res.once('close', sealAfterRead);
}
