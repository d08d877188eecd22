import type {Double} from '../double.ts';
import {FollowthroughError} from '../errors.ts';
import {compileScenarios} from '../scenario/compile-scenarios.ts';
import {loadScenario} from '../scenario/load.ts';
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
	/**
	 * The port of the first listener, which is the one after `--port`; the others take the ones after it.
	 * Free ports, unless told.
	 */
	readonly port?: number | undefined;
	/** The port of the first proxy, the others take the ones after it; free ports, unless told. */
	readonly proxyPort?: number | undefined;
}

/** How many exchanges each double keeps: enough to link by, and no more as the hours go by. */
const maxExchanges = 500;

/**
 * Starts a double for each scenario; all of them or none.
 *
 * @param sources names and paths
 * @throws FollowthroughError or an AggregateError of those, one for each scenario that can't be served
 */
export async function openDoubles(
	sources: readonly string[],
	places: Places = {},
): Promise<Served[]> {
	const {host, advertise, port, proxyPort} = places;
	const read = await allOf(sources.map(readScenario));
	assertEnough(places, read);
	const ports = portsFrom(port, read);
	const opened: Served[] = [];
	const opening = read.map(async (listed, index) => {
		const options = {
			...(host !== undefined && {host}),
			...(advertise !== undefined && {advertise}),
			...(proxyPort && {proxyPort: proxyPort + index}),
			maxExchanges,
			ports: ports[index] ?? {},
		};
		const started = startCompiled(listed.compiled, options).catch(error => {
			throw withOrder(error, places);
		});
		const served = {...listed, double: await started};
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

const lastPort = 65535;

/**
 * Makes sure that there are as many ports as are wanted.
 *
 * @throws FollowthroughError OPTION_INVALID
 */
function assertEnough({port, proxyPort}: Places, read: readonly Listed[]): void {
	const listeners = read.reduce((sum, {compiled}) => sum + compiled.origins.length, 0);
	if (port && port + listeners - 1 > lastPort)
		throw new FollowthroughError(
			'OPTION_INVALID',
			`--port ${port - 1} is too high: the API has this port, and ${counted(listeners, 'listener takes', 'listeners take')} the next; expected ${lastPort - listeners} at most.`,
		);
	if (proxyPort && proxyPort + read.length - 1 > lastPort)
		throw new FollowthroughError(
			'OPTION_INVALID',
			`--proxy ${proxyPort} is too high: ${counted(read.length, 'proxy takes', 'proxies take')} this port and the next; expected ${lastPort - read.length + 1} at most.`,
		);
}

function counted(count: number, one: string, many: string): string {
	return count === 1 ? `1 ${one}` : `${count} ${many}`;
}

/** Nobody has named a port that follows from another: the fault says so. */
function withOrder(error: unknown, {port, proxyPort}: Places): unknown {
	if (!(error instanceof FollowthroughError) || error.code !== 'PORT_IN_USE') return error;
	const order = [
		...(port ? [`The listeners take the ports after --port ${port - 1}.`] : []),
		...(proxyPort ? [`The proxies take the ports from --proxy ${proxyPort} on.`] : []),
	];
	const message = [error.message, ...order].join(' ');
	return new FollowthroughError(error.code, message, {cause: error});
}
