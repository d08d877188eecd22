import type {IncomingMessage} from 'node:http';
import type {Recorder} from '../journal/recorder.ts';
import {answerRefused} from './answer-refused.ts';
import {DoubleApp} from './app.ts';
import {hasBody} from './awaited-body.ts';
import type {AppParts} from './parts.ts';
import {record} from './record.ts';
import {type AskedRequest, originAsked, refusalFor, refusalOf} from './refusal.ts';
import {carrierOf} from './request-head.ts';
import type {DoubleMiddleware, HandlerContext} from './state.ts';

/**
 * The app of the proxy for requests that none of the scenario's apps takes: for an origin that the
 * scenario does not name (502), or that are no requests to a proxy (400). They are recorded like any
 * other, and go no further.
 *
 * @param faults what else keeps a request from being taken, by request
 */
export function createRefusingApp(
	parts: AppParts,
	faults: WeakMap<IncomingMessage, unknown>,
): DoubleApp {
	const {recorder} = parts;
	const app = new DoubleApp();
	app.use((ctx, next) => {
		const {tunnel} = recorder.connectionOf(carrierOf(ctx.req)).start;
		return record(originAsked(askedBy(ctx.req, tunnel)), parts)(ctx, next);
	});
	app.use(refuse(recorder, faults));
	app.open();
	return app;
}

function askedBy({method = '', url = '', headers}: IncomingMessage, tunnel: string | undefined) {
	const {host = ''} = headers;
	return {method, target: url, host, tunnel} satisfies AskedRequest;
}

function refuse(recorder: Recorder, faults: WeakMap<IncomingMessage, unknown>): DoubleMiddleware {
	return async ctx => {
		await receivedSoFar(ctx);
		const {recording, scene} = ctx.state;
		const {tunnel} = recording.exchange.connection;
		const fault = faults.get(ctx.req);
		const refusal =
			fault === undefined
				? refusalOf(askedBy(ctx.req, tunnel), scene.production.compiled.origins)
				: refusalFor(fault);
		answerRefused(ctx, refusal, recorder);
	};
}

/** A body that came with its head is whole before it is refused; what is yet to come is not waited for. */
async function receivedSoFar(ctx: HandlerContext): Promise<void> {
	const {reading} = ctx.state;
	if (!hasBody(ctx)) return;
	await new Promise(setImmediate);
	if (reading.ended) await reading.done;
}
