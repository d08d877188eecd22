import type {Exchange, Miss} from '../journal/exchange.ts';
import type {Recorder} from '../journal/recorder.ts';
import type {CompiledScenario} from '../scenario/compiled.ts';
import {findNearMiss} from '../scenario/near-miss.ts';
import {formatRequestLine} from '../verdict/exchange-text.ts';
import {judgeHop} from '../verdict/judge.ts';
import {surroundingsOf} from '../verdict/surroundings.ts';
import {wholeBody} from './awaited-body.ts';
import {factsOf} from './replay.ts';
import type {DoubleMiddleware} from './state.ts';

/**
 * The last middleware: answers a request that nothing took with 501 and a problem that says which
 * route came nearest, why it did not match, and the likely cause.
 */
export function explainMiss(recorder: Recorder): DoubleMiddleware {
	return async ctx => {
		if (!(await wholeBody(ctx))) return;
		const {recording, scene} = ctx.state;
		const {compiled, playback} = scene.production;
		recording.matched(undefined);
		const {request} = recording.exchange;
		const readsBody = compiled.routes.some(({conditions}) => conditions.some(c => c.readsBody));
		const near = findNearMiss(compiled, {
			...(await factsOf(recording, readsBody)),
			url: request.url,
			...(playback.phase !== undefined && {phase: playback.phase}),
			isUsedUp: route => playback.isUsedUp(route),
		});
		const miss = {
			...(near && {nearest: near.route.label}),
			reasons: near?.reasons ?? [],
			likely: likelyCauses(compiled, recorder, recording.exchange),
		};
		recording.missed(miss);
		ctx.status = 501;
		ctx.body = problemOf(compiled.scenario.name, formatRequestLine(request), miss);
		ctx.type = 'application/problem+json';
	};
}

/** The miss as problem details (RFC 9457), indented for people. */
function problemOf(scenario: string, asked: string, {nearest, reasons, likely}: Miss): string {
	const problem = {
		title: 'No route matches',
		status: 501,
		detail: `No route in scenario "${scenario}" matches ${asked}.`,
		...(nearest !== undefined && {nearest: {route: nearest, reasons}}),
		...(likely.length > 0 && {likely}),
	};
	return `${JSON.stringify(problem, undefined, 2)}\n`;
}

/** What the rules say of the hop that this request ends. */
export function likelyCauses(
	{scenario}: CompiledScenario,
	recorder: Recorder,
	exchange: Exchange,
): string[] {
	const hop = recorder.hopTo(exchange);
	if (hop === undefined) return [];
	const {redirect} = hop;
	const followed = `when it followed exchange ${redirect.number} (${redirect.response?.status} from ${formatRequestLine(redirect.request)})`;
	return judgeHop(hop, surroundingsOf(scenario, recorder))
		.filter(({outcome}) => outcome === 'broken')
		.map(({statement, expected, actual, cause, source}) => {
			const why = cause === undefined ? '' : ` (${cause})`;
			return `The client broke "${statement}" ${followed}: expected ${expected}, got ${actual}${why}. ${source.document}: "${source.passage}"`;
		});
}
