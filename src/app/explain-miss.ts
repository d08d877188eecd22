import type {Exchange} from '../journal/exchange.ts';
import type {Recorder} from '../journal/recorder.ts';
import type {CompiledScenario} from '../scenario/compiled.ts';
import {findNearMiss, type NearMiss} from '../scenario/near-miss.ts';
import {judgeHop} from '../verdict/judge.ts';
import {formatRequestLine} from '../verdict/report.ts';
import type {AppParts} from './parts.ts';
import {factsOf} from './replay.ts';
import type {DoubleMiddleware} from './state.ts';

/** Problem details (RFC 9457) of a request that no route took. */
interface Miss {
	readonly title: string;
	readonly status: 501;
	readonly detail: string;
	/** The route that came nearest, such as `POST https://api.example.test/users`, and why it did not match. */
	readonly nearest?: {readonly route: string; readonly reasons: readonly string[]};
	/** What probably went wrong, when the request follows a redirect. */
	readonly likely?: readonly string[];
}

/**
 * The last middleware: answers a request that nothing took with 501 and a problem that says which
 * route came nearest, why it did not match, and the likely cause.
 */
export function explainMiss({compiled, recorder, playback}: AppParts): DoubleMiddleware {
	return async ctx => {
		const {recording} = ctx.state;
		recording.matched(undefined);
		const {request} = recording.exchange;
		const readsBody = compiled.routes.some(({conditions}) => conditions.some(c => c.readsBody));
		const nearest = findNearMiss(compiled, {
			...(await factsOf(recording, readsBody)),
			url: request.url,
			...(playback.phase !== undefined && {phase: playback.phase}),
			isUsedUp: route => playback.isUsedUp(route),
		});
		const likely = likelyCauses(compiled, recorder, recording.exchange);
		const problem = problemOf(compiled.scenario.name, formatRequestLine(request), nearest, likely);
		ctx.status = problem.status;
		ctx.body = `${JSON.stringify(problem, undefined, 2)}\n`;
		ctx.type = 'application/problem+json';
	};
}

function problemOf(
	scenario: string,
	asked: string,
	nearest: NearMiss | undefined,
	likely: readonly string[],
): Miss {
	return {
		title: 'No route matches',
		status: 501,
		detail: `No route in scenario "${scenario}" matches ${asked}.`,
		...(nearest && {nearest: {route: nearest.route.label, reasons: nearest.reasons}}),
		...(likely.length > 0 && {likely}),
	};
}

/** What the rules say of the hop that this request ends. */
function likelyCauses(
	{scenario}: CompiledScenario,
	recorder: Recorder,
	exchange: Exchange,
): string[] {
	const hop = recorder.hopTo(exchange);
	if (hop === undefined) return [];
	const {exchanges, dropped} = recorder;
	const {redirect} = hop;
	const followed = `when it followed exchange ${redirect.number} (${redirect.response?.status} from ${formatRequestLine(redirect.request)})`;
	return judgeHop(hop, {scenario, exchanges, hops: [hop], dropped})
		.filter(({outcome}) => outcome === 'broken')
		.map(({statement, expected, actual, cause, source}) => {
			const why = cause === undefined ? '' : ` (${cause})`;
			return `The client broke "${statement}" ${followed}: expected ${expected}, got ${actual}${why}. ${source.document}: "${source.passage}"`;
		});
}
