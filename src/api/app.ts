import Router from '@koa/router';
import Koa, {type Context, type Next} from 'koa';
import type {Api} from './api.ts';
import {refuseCrossSite} from './guards/cross-site.ts';
import {checkHost} from './guards/host.ts';
import {checkToken} from './guards/token.ts';
import type {Operation, Reply} from './operation.ts';
import {Problem, problemOf} from './problem.ts';
import {readContent} from './read-content.ts';

/** Who may use the API. */
export interface Admission {
	/** Names by which it is known beside those of loopback; lower case. */
	readonly names: ReadonlySet<string>;
	/** Absent where none is asked for. */
	readonly token?: string | undefined;
}

/** The Koa app of the API: a route for each operation, behind the guards. */
export function createApp(
	operations: readonly Operation[],
	api: Api,
	{names, token}: Admission,
): Koa {
	const app = new Koa();
	app.use((ctx, next) => tellProblems(ctx, next, api));
	app.use((ctx, next) => {
		checkHost(ctx.req, names);
		refuseCrossSite(ctx.req);
		return next();
	});
	const router = new Router({strict: true, sensitive: true});
	for (const operation of operations)
		router.register(pathOf(operation), [operation.method], async (ctx: Context) => {
			if (token !== undefined && operation.open !== true) checkToken(ctx.req, token);
			const body = operation.content && (await readContent(ctx.req, operation.content, api.limits));
			const {params, query} = ctx;
			send(ctx, await operation.run({path: params, query, body: body ?? {}}, api, ctx));
		});
	app.use(tellMisses);
	app.use(router.routes());
	app.use(router.allowedMethods());
	// Koa tells of streams that break when a client leaves.
	app.on('error', error => {
		if (!isOfLeaving(error)) api.onFault(error);
	});
	return app;
}

/** In the syntax of the router. */
function pathOf({path}: Operation): string {
	return path.replace(/\{(\w+)\}/g, ':$1');
}

/** What the router passes by: the path is unknown, or has no such method; then the router has set Allow. */
async function tellMisses(ctx: Context, next: Next): Promise<void> {
	await next();
	if (ctx.body !== undefined && ctx.body !== null) return;
	if (ctx.status === 404)
		throw new Problem(
			'NOT_FOUND',
			'There is nothing at this path. GET / names the ways there are.',
		);
	if (ctx.status === 405 || ctx.status === 501)
		throw new Problem(
			'METHOD_NOT_ALLOWED',
			`${ctx.method} is no method of this path; it has ${ctx.response.get('Allow')}.`,
		);
}

async function tellProblems(ctx: Context, next: Next, api: Api): Promise<void> {
	ctx.set(protection);
	try {
		await next();
	} catch (error) {
		if (problemOf(error) === undefined) api.onFault(error);
		const problem =
			problemOf(error) ?? new Problem('INTERNAL', 'The server has printed what went wrong.');
		ctx.status = problem.status;
		ctx.set(problem.headers);
		ctx.type = 'application/problem+json';
		ctx.body = text(problem.asJson(ctx.url));
	}
}

/**
 * For a person's browser: what was recorded comes from anywhere, and may be a page with a script, which
 * would have the API's own origin.
 */
const protection = {
	'Cache-Control': 'no-store',
	'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
	'Cross-Origin-Resource-Policy': 'same-origin',
	'Referrer-Policy': 'no-referrer',
	'X-Content-Type-Options': 'nosniff',
};

function send(ctx: Context, {status = 200, body, type, headers = {}}: Reply): void {
	ctx.status = status;
	ctx.set({...headers});
	if (type === undefined && body === undefined) {
		ctx.body = null;
		return;
	}
	ctx.type = type ?? 'application/json';
	ctx.body = type === undefined ? text(body) : body;
	// Who follows events waits for the first one with the head in hand.
	if (type === 'text/event-stream') ctx.flushHeaders();
}

/** For people, too: curl shows it as it is. */
function text(data: unknown): string {
	return `${JSON.stringify(data, null, '\t')}\n`;
}

/** A connection that breaks off, or ends in the middle of a request. */
function isOfLeaving({code = ''}: NodeJS.ErrnoException): boolean {
	return code.startsWith('HPE_') || leaving.has(code);
}

const leaving = new Set([
	...['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'],
	'ERR_HTTP_REQUEST_TIMEOUT',
]);
