import type {Recorder} from '../journal/recorder.ts';
import {likelyCauses} from './explain-miss.ts';
import type {Refusal} from './refusal.ts';
import type {HandlerContext} from './state.ts';

/** Answers what no route is asked about with problem details (RFC 9457), indented for people. */
export function answerRefused(
	ctx: HandlerContext,
	{status, title, detail}: Refusal,
	recorder: Recorder,
): void {
	const {recording, scene} = ctx.state;
	recording.matched(undefined);
	const likely = likelyCauses(scene.production.compiled, recorder, recording.exchange);
	recording.missed({reasons: [detail], likely});
	const problem = {title, status, detail, ...(likely.length > 0 && {likely})};
	ctx.status = status;
	// Clients show of a refused CONNECT its reason phrase and nothing else; HTTP/2 has none.
	if (ctx.req.httpVersionMajor < 2) ctx.message = title;
	ctx.body = `${JSON.stringify(problem, undefined, 2)}\n`;
	ctx.type = 'application/problem+json';
}
