import Koa from 'koa';
import {wholeBody} from './awaited-body.ts';
import {explainMiss} from './explain-miss.ts';
import {refuseMisdirected} from './misdirected.ts';
import type {AppParts} from './parts.ts';
import {record} from './record.ts';
import {replay} from './replay.ts';
import {
	type DoubleContext,
	type DoubleMiddleware,
	type DoubleState,
	type HandlerContext,
	isOutStraight,
} from './state.ts';
import {targetAtOrigin} from './target-forms.ts';

/** The Koa app of one documented origin: the only way through, whichever door a request came by. */
export function createApp(origin: string, parts: AppParts): DoubleApp {
	const app = new DoubleApp();
	app.use(record(origin, parts));
	app.use(putTargetInOriginForm);
	app.use((ctx, next) => app.runAdded(ctx, next));
	app.use(refuseMisdirected(origin, parts.recorder));
	app.use(replay);
	app.use(explainMiss(parts.recorder));
	app.open();
	return app;
}

/**
 * Whichever door a request came by, `ctx.url` looks the same; `ctx.originalUrl` is as sent. Koa would
 * cope with an absolute URL, but encodes some characters of its path.
 */
const putTargetInOriginForm: DoubleMiddleware = (ctx, next) => {
	const {url = '', method} = ctx.req;
	if (!url.startsWith('/')) ctx.url = targetAtOrigin(url, method);
	return next();
};

/**
 * A Koa app whose own middlewares stay in their places: what a user adds runs between recording and
 * replay, so that it sees every request, is recorded with what it answers, and may pass on to the
 * scenario with `await next()`.
 */
export class DoubleApp extends Koa<DoubleState, DoubleContext> {
	// Koa takes its middlewares together once, before the double is open; users add theirs after that.
	readonly #added: DoubleMiddleware[] = [];
	#open = false;

	/** From now on, `use` puts middlewares before replay. */
	open(): void {
		this.#open = true;
	}

	override use<NewState = unknown, NewContext = unknown>(
		middleware: Koa.Middleware<DoubleState & NewState, DoubleContext & NewContext>,
	): Koa<DoubleState & NewState, DoubleContext & NewContext> {
		const app = super.use<NewState, NewContext>(middleware);
		const added = this.#open ? this.middleware.pop() : undefined;
		if (added) this.#added.push(added);
		return app;
	}

	/** @internal Runs what users have added, in order, when the whole body is there. */
	runAdded(ctx: Parameters<DoubleMiddleware>[0], next: Koa.Next): Promise<unknown> {
		return this.#added.length === 0 ? next() : this.#run(ctx, next);
	}

	async #run(ctx: Parameters<DoubleMiddleware>[0], next: Koa.Next): Promise<unknown> {
		ctx.state.isShared = true;
		if (!(await wholeBody(ctx))) return undefined;
		const run = async (index: number): Promise<unknown> => {
			const middleware = this.#added[index];
			return middleware === undefined ? next() : middleware(ctx, () => run(index + 1));
		};
		return run(0);
	}

	/**
	 * @internal Koa calls it for each request, to run its middlewares and to respond; its own one begins by
	 * watching the response for errors of the connection, which costs more than the rest. What went out
	 * straight needs nothing of that, and all else is handed to Koa when the middlewares have run.
	 */
	async handleRequest(ctx: HandlerContext, run: Run): Promise<unknown> {
		ctx.res.statusCode = 404;
		try {
			await run(ctx);
			return isOutStraight(ctx) ? undefined : this.#handleByKoa(ctx, async () => {});
		} catch (error) {
			return this.#handleByKoa(ctx, () => Promise.reject(error));
		}
	}

	/** Has Koa respond as it does when its middlewares have run, to this end. */
	#handleByKoa(ctx: HandlerContext, outcome: () => Promise<void>): unknown {
		const {res} = ctx;
		const {statusCode} = res;
		const run = () => {
			// Koa begins with 404.
			res.statusCode = statusCode;
			return outcome();
		};
		return Reflect.apply(koaHandlesRequest, this, [ctx, run]);
	}

	/** Prints errors as Koa does, but for a client that leaves: that is recorded, and no fault of the app. */
	override onerror(error: Error): void {
		const code = 'code' in error ? error.code : undefined;
		if (typeof code !== 'string' || !leaving.has(code)) super.onerror(error);
	}
}

/** Koa's middlewares, taken together. */
type Run = (ctx: HandlerContext) => Promise<void>;

/** Koa's types leave it out. */
const koaHandlesRequest = Reflect.get(Koa.prototype, 'handleRequest');

const leaving = new Set([
	'ECONNRESET',
	'ECONNABORTED',
	'EPIPE',
	'ERR_HTTP2_ERROR',
	'ERR_HTTP2_SESSION_ERROR',
	'ERR_HTTP2_STREAM_ERROR',
	'ERR_HTTP2_TOO_MANY_INVALID_FRAMES',
	'ERR_STREAM_PREMATURE_CLOSE',
]);
