import type {Next} from 'koa';
import type {Recording} from '../journal/recording.ts';
import type {
	CompiledResponse,
	CompiledRoute,
	RequestFacts,
	Sequence,
	Shares,
} from '../scenario/compiled.ts';
import type {AnyHandler} from '../scenario/types.ts';
import {bodyAwaitedBy, isGone, wholeBody} from './awaited-body.ts';
import type {Playback} from './playback.ts';
import {send} from './send.ts';
import type {DoubleMiddleware, HandlerContext} from './state.ts';

/**
 * Answers as the scenario says: the routes of this origin that take a request are tried in order. One
 * that has a condition which is not met, or has no response left, passes it on.
 */
export const replay: DoubleMiddleware = answer;

/** The target of a CONNECT has no path; to look for one in it, Koa's parser may print a warning. */
function pathOf(ctx: HandlerContext): string {
	return ctx.url.startsWith('/') ? ctx.path : '';
}

async function answer(ctx: HandlerContext, next: Next): Promise<unknown> {
	const {production, routes} = ctx.state.scene;
	const {playback} = production;
	const {phase} = playback;
	for (const {route, parameters, decoded} of routes.of(ctx.method, pathOf(ctx))) {
		const {answers, conditions} = route;
		ctx.params = {...decoded};
		const readsBody =
			typeof answers === 'function' || conditions.some(condition => condition.readsBody);
		if (readsBody && !(await wholeBody(ctx))) return;
		if (conditions.length > 0 && !(await meetsConditions(route, ctx))) continue;
		if (typeof answers === 'function') {
			if (!playback.isOn(route)) continue;
			ctx.state.recording.matched(route.index);
			return callHandler(answers, ctx);
		}
		const due = await responseDue(route, answers, ctx, playback);
		if (due === 'cut off') return;
		if (due !== 'none') return send(ctx, due, parameters);
	}
	// While a body was waited for, the phase may have come of a route before.
	return phase === playback.phase ? next() : answer(ctx, next);
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
	const next = () => playback.due(route, answers);
	for (let response = next(); response !== undefined; response = next()) {
		await bodyAwaitedBy(ctx, response);
		if (isGone(ctx)) return 'cut off';
		// From here on nothing is awaited until it is taken.
		if (next() !== response) continue;
		const {afterwards} = response;
		ctx.state.recording.matched(route.index, afterwards === 'keep-alive' ? undefined : afterwards);
		ctx.state.afterwards = afterwards;
		playback.next(route, answers);
		return response;
	}
	return 'none';
}

async function meetsConditions(
	{conditions}: CompiledRoute,
	{state}: HandlerContext,
): Promise<boolean> {
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
