import {METHODS} from 'node:http';
import {Router} from '@koa/router';
import type {Recording} from '../journal/recording.ts';
import type {CompiledRoute, CompiledScenario, RequestFacts} from '../scenario/compiled.ts';
import type {AnyHandler} from '../scenario/types.ts';
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
		if (parameters === undefined || !(await meetsConditions(route, ctx))) return next();
		// From here to the choice of a response nothing is awaited: two requests can't get the same one.
		if (!playback.isOn(route) || playback.isUsedUp(route)) return next();
		const {answers} = route;
		ctx.state.recording.matched(route.index);
		if (typeof answers === 'function') return callHandler(answers, ctx);
		const response = playback.next(route, answers);
		if (response !== undefined) await send(ctx, response, parameters);
	};
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
	return {method, path, query, headers, body: withBody ? await body.bytes() : new Uint8Array()};
}
