import {originOf} from '../http/origin.ts';
import type {Recorder} from '../journal/recorder.ts';
import {answerRefused} from './answer-refused.ts';
import {wholeBody} from './awaited-body.ts';
import {misdirected} from './refusal.ts';
import type {DoubleMiddleware, HandlerContext} from './state.ts';

/**
 * Keeps requests from the routes of an origin whose target names another one: they are answered 421,
 * as a server does that is no proxy and not the one that was asked (RFC 9110, 7.4).
 */
export function refuseMisdirected(origin: string, recorder: Recorder): DoubleMiddleware {
	const refuse = async (ctx: HandlerContext, named: string) => {
		if (await wholeBody(ctx)) answerRefused(ctx, misdirected(named, origin), recorder);
	};
	return (ctx, next) => {
		const {target, url} = ctx.state.recording.exchange.request;
		const named = target.startsWith('/') ? undefined : originOf(url);
		return named === undefined || named === origin ? next() : refuse(ctx, named);
	};
}
