import {METHODS} from 'node:http';
import {Router} from '@koa/router';
import type {Recording} from '../journal/recording.ts';
import type {
	CompiledResponse,
	CompiledRoute,
	CompiledScenario,
	RequestFacts,
	Sequence,
	Shares,
} from '../scenario/compiled.ts';
import type {AnyHandler} from '../scenario/types.ts';
import {bodyAwaitedBy, wholeBody} from './awaited-body.ts';
import type {Playback} from './playback.ts';
import {send} from './send.ts';
import type {DoubleContext, DoubleMiddleware, DoubleState, HandlerContext} from './state.ts';

/**
 * Answers as the scenario says: one route of @koa/router for each of the scenario's routes of this
 * origin, tried in order. A route that does not take the request passes it on.
 */
export function replay(
	{routes}: CompiledScenario,
	origin: string,
	playback: Playback,
): ReturnType<Router<DoubleState, DoubleContext>['routes']> {
	// `/items` and `/Items` and `/items/` are three resources, and redirects are about such differences.
	const router = new Router<DoubleState, DoubleContext>({sensitive: true, strict: true});
	for (const route of routes)
		if (route.origin === origin)
			router.register(route.path, [...(route.methods ?? METHODS)], answer(route, playback));
	return router.routes();
}

function answer(route: CompiledRoute, playback: Playback): DoubleMiddleware {
	return async (ctx, next) => {
		const parameters = route.matchPath(ctx.path);
		if (parameters === undefined) return next();
		const {answers} = route;
		const readsBody =
			typeof answers === 'function' || route.conditions.some(condition => condition.readsBody);
		if (readsBody && !(await wholeBody(ctx))) return;
		if (!(await meetsConditions(route, ctx))) return next();
		if (typeof answers === 'function') {
			if (!playback.isOn(route)) return next();
			ctx.state.recording.matched(route.index);
			return callHandler(answers, ctx);
		}
		const due = await responseDue(route, answers, ctx, playback);
		if (due === 'none') return next();
		if (due !== 'cut off') await send(ctx, due, parameters);
	};
}

/**
 * Takes the response that is next, when as much of the body has come as it wants. While that is waited
 * for, another request may take it, or the phase may change: then it is asked anew what is next, so
 * that two requests never get the same one, and one that is cut off takes none.
 */
async function responseDue(
	route: CompiledRoute,
	answers: Sequence | Shares,
	ctx: HandlerContext,
	playback: Playback,
): Promise<CompiledResponse | 'none' | 'cut off'> {
	const next = () => (playback.isOn(route) ? playback.peek(route, answers) : undefined);
	for (let response = next(); response !== undefined; response = next()) {
		if (!(await bodyAwaitedBy(ctx, response))) return 'cut off';
		// From here on nothing is awaited until it is taken.
		if (next() !== response) continue;
		ctx.state.recording.matched(route.index);
		ctx.state.afterwards = response.afterwards;
		playback.next(route, answers);
		return response;
	}
	return 'none';
}

async function meetsConditions(
	{conditions}: CompiledRoute,
	{state}: HandlerContext,
): Promise<boolean> {
	if (conditions.length === 0) return true;
	const readsBody = conditions.some(condition => condition.readsBody);
	const facts = await factsOf(state.recording, readsBody);
	return conditions.every(condition => condition.miss(facts) === undefined);
}

/** What a handler takes is known to `defineScenario` alone; here it is any function. */
async function callHandler(handler: AnyHandler, ctx: HandlerContext): Promise<void> {
	await Reflect.apply(handler, undefined, [ctx]);
	// Koa would send the words of the status for a body that was never set.
	const answersItself = ctx.respond === false || ctx.headerSent;
	if (!answersItself && ctx.body === undefined && ctx.status !== 404) ctx.body = '';
}

/** A recorded request as conditions and near misses see it. */
export async function factsOf({exchange}: Recording, withBody: boolean): Promise<RequestFacts> {
	const {method, url, headers, body} = exchange.request;
	const mark = url.indexOf('?');
	const from = url.indexOf('/', url.indexOf('://') + 3);
	const path = from < 0 ? '/' : url.slice(from, mark < 0 ? undefined : mark);
	const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
	const facts = {method, path, query, headers};
	if (!withBody) return {...facts, body: new Uint8Array()};
	if (body.notKept !== undefined) return {...facts, body: body.preview(), sizeNotKept: body.size};
	return {...facts, body: await body.bytes()};
}
