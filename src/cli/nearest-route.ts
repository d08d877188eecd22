import type {Double} from '../double.ts';
import {splitOrigin} from '../http/origin.ts';
import type {Exchange} from '../journal/exchange.ts';
import type {CompiledScenario} from '../scenario/compiled.ts';
import {findNearMiss, type NearMiss} from '../scenario/near-miss.ts';

/** The route that came nearest to the request of an exchange; undefined when one answered it. */
export async function nearestRoute(
	{request, response}: Exchange,
	compiled: CompiledScenario,
	double: Double,
): Promise<NearMiss | undefined> {
	if (response === undefined || response.route !== undefined || request.malformed) return undefined;
	const {rest = ''} = splitOrigin(request.url) ?? {};
	const mark = rest.indexOf('?');
	const miss = findNearMiss(compiled, {
		method: request.method,
		url: request.url,
		path: (mark < 0 ? rest : rest.slice(0, mark)) || '/',
		query: new URLSearchParams(mark < 0 ? '' : rest.slice(mark + 1)),
		headers: request.headers,
		body: readsBody(compiled) ? await request.body.bytes().catch(() => nothing) : nothing,
		...(double.phase !== undefined && {phase: double.phase}),
		isUsedUp: () => false,
	});
	// What would match now did not match then: only time has passed.
	return miss && miss.reasons.length === 0 ? {...miss, reasons: [usedUp]} : miss;
}

/** A body may be large, and is looked at by few scenarios. */
function readsBody({routes}: CompiledScenario): boolean {
	return routes.some(({conditions}) => conditions.some(condition => condition.readsBody));
}

const nothing = new Uint8Array();
const usedUp = 'its responses are used up, or it answers in another phase';
