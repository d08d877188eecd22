import type {Double} from '../double.ts';
import {compileScenarios} from '../scenario/compile-scenarios.ts';
import {loadScenario} from '../scenario/load.ts';
import {shippedFiles} from '../scenario/shipped.ts';
import {startCompiled} from '../start-double.ts';
import {allOf} from './all-of.ts';
import type {Listed} from './listed-requests.ts';

/** A scenario that is being served. */
export interface Served extends Listed {
	/** The name or path by which it was asked for. */
	readonly source: string;
	readonly double: Double;
}

/** Where doubles are opened. */
export interface Places {
	/** The address to listen on; 127.0.0.1, unless told. */
	readonly host?: string | undefined;
	/** The host by which clients reach this machine; the address of `host`, unless told. */
	readonly advertise?: string | undefined;
	/** The port of the first listener, the others take the ones after it; free ports, unless told. */
	readonly port?: number | undefined;
	/** The port of the first proxy, the others take the ones after it; free ports, unless told. */
	readonly proxyPort?: number | undefined;
}

/** How many exchanges each double keeps: enough to link by, and no more as the hours go by. */
const maxExchanges = 500;

/**
 * Starts a double for each scenario; all of them or none.
 *
 * @param sources names and paths; empty for all shipped scenarios
 * @throws FollowthroughError or an AggregateError of those, one for each scenario that can't be served
 */
export async function openDoubles(
	sources: readonly string[],
	{host, advertise, port, proxyPort}: Places = {},
): Promise<Served[]> {
	const wanted = sources.length > 0 ? sources : (await shippedFiles()).map(({path}) => path);
	const read = await allOf(wanted.map(readScenario));
	const ports = portsFrom(port, read);
	const opened: Served[] = [];
	const opening = read.map(async (listed, index) => {
		const options = {
			...(host !== undefined && {host}),
			...(advertise !== undefined && {advertise}),
			...(proxyPort !== undefined && {proxyPort: proxyPort + index}),
			maxExchanges,
			ports: ports[index] ?? {},
		};
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

async function readScenario(source: string): Promise<Omit<Served, 'double'>> {
	const loaded = await loadScenario(source);
	return {source, compiled: compileScenarios([loaded]), folder: loaded.folder};
}

/** Port after port for each origin of each scenario. */
function portsFrom(first: number | undefined, read: readonly Listed[]): Record<string, number>[] {
	if (first === undefined) return [];
	let next = first;
	return read.map(({compiled}) =>
		Object.fromEntries(compiled.origins.map(origin => [origin, next++])),
	);
}
