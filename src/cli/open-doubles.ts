import type {Double} from '../double.ts';
import {compileScenarios} from '../scenario/compile-scenarios.ts';
import {loadScenario} from '../scenario/load.ts';
import {shippedFiles} from '../scenario/shipped.ts';
import {startCompiled} from '../start-double.ts';
import {allOf} from './all-of.ts';
import type {Listed} from './listed-requests.ts';

/** A scenario that is being served. */
export interface Served extends Listed {
	readonly double: Double;
}

/** How many exchanges each double keeps: enough to link by, and no more as the hours go by. */
const maxExchanges = 500;

/**
 * Starts a double for each scenario; all of them or none.
 *
 * @param sources names and paths; empty for all shipped scenarios
 * @param port the port of the first listener, the others take the ones after it; free ports, unless told
 * @throws FollowthroughError or an AggregateError of those, one for each scenario that can't be served
 */
export async function openDoubles(sources: readonly string[], port?: number): Promise<Served[]> {
	const wanted = sources.length > 0 ? sources : (await shippedFiles()).map(({path}) => path);
	const read = await allOf(wanted.map(readScenario));
	const ports = portsFrom(port, read);
	const opened: Served[] = [];
	const opening = read.map(async (listed, index) => {
		const options = {maxExchanges, ports: ports[index] ?? {}};
		const served = {...listed, double: await startCompiled(listed.compiled, options)};
		opened.push(served);
		return served;
	});
	try {
		return await allOf(opening);
	} catch (error) {
		await Promise.all(opened.map(({double}) => double.close()));
		throw error;
	}
}

async function readScenario(source: string): Promise<Listed> {
	const loaded = await loadScenario(source);
	return {compiled: compileScenarios([loaded]), folder: loaded.folder};
}

/** Port after port for each origin of each scenario. */
function portsFrom(first: number | undefined, read: readonly Listed[]): Record<string, number>[] {
	if (first === undefined) return [];
	let next = first;
	return read.map(({compiled}) =>
		Object.fromEntries(compiled.origins.map(origin => [origin, next++])),
	);
}
