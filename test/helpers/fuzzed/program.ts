/**
 * A process with two doubles, plain and with TLS, which fuzz.ts sends its bytes to. It has nothing but
 * the doubles, so that its memory, its handles and its output are theirs. Run it with --expose-gc.
 */
import {setTimeout as wait} from 'node:timers/promises';
import {type Double, startDouble} from '../../../src/index.ts';
import {fuzzedScenario} from './scenario.ts';

/** What the process says of itself when its clients have left. */
export interface Health {
	/** Exchanges that should be sealed and are not, and connections that should be closed, in words. */
	readonly leftOpen: readonly string[];
	/** Bytes of heap in use after garbage collection, with the journals emptied. */
	readonly heap: number;
	/** Buffers outside of the heap, in bytes. */
	readonly external: number;
	/** How many sockets, timers and other things keep the process busy. */
	readonly handles: number;
	readonly exchanges: number;
	readonly connections: number;
}

/** Where the doors of the doubles are. */
export interface Doors {
	readonly plain: string;
	readonly secure: string;
	readonly proxy: string;
	readonly ca: string;
}

/** How long the double may take to notice that all clients have left, in milliseconds. */
const patience = 15_000;

const [plain, secure] = await Promise.all([
	startDouble(fuzzedScenario),
	startDouble(fuzzedScenario, {tls: true}),
]);
const doubles = [plain, secure];

process.on('message', async question => {
	if (question === 'health') process.send?.(await health());
	else if (question === 'close') {
		await Promise.all(doubles.map(double => double.close()));
		process.disconnect();
	}
});
process.send?.({
	plain: plain.url,
	secure: secure.url,
	proxy: secure.proxy,
	ca: await secure.ca.pem(),
} satisfies Doors);

async function health(): Promise<Health> {
	for (let waited = 0; leftOpen().length > 0 && waited < patience; waited += 20) await wait(20);
	const left = leftOpen();
	const exchanges = doubles.flatMap(({exchanges}) => exchanges).length;
	const connections = doubles.flatMap(({journal}) => journal.connections).length;
	for (const double of doubles) {
		double.verdict();
		double.report();
		await double.reset();
	}
	for (let time = 0; time < 3; time++) {
		await wait(5);
		globalThis.gc?.();
	}
	const {heapUsed: heap, external} = process.memoryUsage();
	const handles = process.getActiveResourcesInfo().length;
	return {leftOpen: left, heap, external, handles, exchanges, connections};
}

function leftOpen(): string[] {
	return doubles.flatMap(double => [...openExchanges(double), ...openConnections(double)]);
}

function openExchanges({exchanges}: Double): string[] {
	return exchanges
		.filter(({sealed}) => !sealed)
		.map(exchange => `exchange: ${JSON.stringify(exchange).slice(0, 2000)}`);
}

function openConnections({journal, exchanges}: Double): string[] {
	return journal.connections
		.filter(({closedAt}) => closedAt === undefined)
		.map(open => {
			const carried = exchanges.filter(({connection}) => connection.number === open.number);
			return `connection: ${JSON.stringify({...open, carried}).slice(0, 4000)}`;
		});
}
