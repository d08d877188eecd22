import type {IncomingMessage} from 'node:http';
import {DoubleApp} from './app.ts';
import {likelyCauses} from './explain-miss.ts';
import type {AppParts} from './parts.ts';
import {record} from './record.ts';
import {type AskedRequest, originAsked, refusalFor, refusalOf} from './refusal.ts';
import {carrierOf} from './request-head.ts';
import type {DoubleMiddleware} from './state.ts';

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
	const {recorder, locations} = parts;
	const app = new DoubleApp();
	app.use((ctx, next) => {
		const {tunnel} = recorder.connectionOf(carrierOf(ctx.req)).start;
		return record(recorder, originAsked(askedBy(ctx.req, tunnel)), locations)(ctx, next);
	});
	app.use(refuse(parts, faults));
	app.open();
	return app;
}

function askedBy({method = '', url = '', headers}: IncomingMessage, tunnel: string | undefined) {
	const {host = ''} = headers;
	return {method, target: url, host, tunnel} satisfies AskedRequest;
}

/** Answers with problem details (RFC 9457), indented for people. */
function refuse(
	{compiled, recorder}: AppParts,
	faults: WeakMap<IncomingMessage, unknown>,
): DoubleMiddleware {
	return ctx => {
		const {recording} = ctx.state;
		recording.matched(undefined);
		const {connection} = recording.exchange;
		const fault = faults.get(ctx.req);
		const {status, title, detail} =
			fault === undefined
				? refusalOf(askedBy(ctx.req, connection.tunnel), compiled.origins)
				: refusalFor(fault);
		const likely = likelyCauses(compiled, recorder, recording.exchange);
		recording.missed({reasons: [detail], likely});
		const problem = {title, status, detail, ...(likely.length > 0 && {likely})};
		ctx.status = status;
		// Clients show of a refused CONNECT its reason phrase and nothing else; HTTP/2 has none.
		if (ctx.req.httpVersionMajor < 2) ctx.message = title;
		ctx.body = `${JSON.stringify(problem, undefined, 2)}\n`;
		ctx.type = 'application/problem+json';
	};
}
