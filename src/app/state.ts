import type {Middleware, ParameterizedContext} from 'koa';
import type {RecordedRequest} from '../journal/exchange.ts';
import type {BodyReading} from '../journal/read-body.ts';
import type {Recording} from '../journal/recording.ts';
import type {CompiledResponse} from '../scenario/compiled.ts';
import type {Scene} from './production.ts';
import type {RequestFields} from './request-fields.ts';
import type {StraightResponse} from './straight-response.ts';

/** What the double's middlewares hand to one another, in `ctx.state`. */
export interface DoubleState {
	/** What the request is answered by, to its end, also when another scenario takes the place of this one. */
	scene: Scene;
	/** The exchange as it is being recorded. */
	recording: Recording;
	/** Its body, while it comes in. */
	reading: BodyReading;
	/** The header fields of the request. */
	fields: RequestFields;
	/** Set when middlewares that a user has added see the response, and may change it. */
	isShared?: true;
	/** The response, when it goes out straight, and not by way of `ctx`. */
	straight?: StraightResponse;
	/** What becomes of the connection when the response has gone out; absent for keep-alive. */
	afterwards?: CompiledResponse['afterwards'];
	/** The size of the body, where the Content-Length is the scenario's own and need not say it. */
	bodySize?: number;
	/**
	 * Gives the Location its sent form and records the response as it stands on `ctx.res`. It is
	 * called when the pipeline has run; what sends bytes by itself calls it before the first one.
	 */
	answer(): void;
}

/** What the double adds to Koa's context. */
export interface DoubleContext {
	/**
	 * The request as it was recorded. Its body has been read when a handler runs: use
	 * `ctx.recorded.body`, since `ctx.req` has nothing left to read.
	 */
	recorded: RecordedRequest;
	/** The path parameters of the route, decoded. */
	params: Record<string, string>;
}

/** Whether the response went straight, past Koa, and needs nothing more. */
export function isOutStraight({
	respond,
	state,
}: Pick<HandlerContext, 'respond' | 'state'>): boolean {
	return state.straight !== undefined && respond === false;
}

/** A Koa middleware of the double. */
export type DoubleMiddleware = Middleware<DoubleState, DoubleContext>;

/** The context that a scenario's handler is called with. */
export type HandlerContext = ParameterizedContext<DoubleState, DoubleContext>;

/**
 * A response written as a function, in a scenario module: sets status, headers and body as in Koa. A
 * body that is not set is empty. Two traps of Koa stay: `ctx.body = null` makes any status 204, and
 * `ctx.redirect()` encodes the Location anew; use `ctx.set('Location', …)`. What is written to
 * `ctx.res` past Koa with `writeHead` is sent, but its headers are not recorded.
 */
export type Handler = (ctx: HandlerContext) => unknown;
