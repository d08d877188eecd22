import {Socket} from 'node:net';
import type {ExecutionContext} from 'ava';
import fc from 'fast-check';
import {FuzzedDoubles} from './fuzzed-doubles.ts';
import {askEachDoor} from './honest.ts';
import type {Doors, Health} from './program.ts';
import {pay, type Visit} from './visit.ts';

/** How long each fuzz test goes on, in seconds; longer by the environment variable FUZZ_SECONDS. */
const seconds = Number(process.env['FUZZ_SECONDS'] ?? 3);

/** The first seed; the environment variable FUZZ_SEED gives one of a failure again. */
const firstSeed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** How many batches there are between two looks at the health of the doubles. */
const batches = 15;

/** How many connections a batch has at once. */
const connections = 20;

/** How long a batch may take, in milliseconds; the doubles hang when it takes longer. */
const patience = 30_000;

/** How long the text of a failure may be. */
const longest = 20_000;

/** Memory, in bytes, and handles that the platform may keep for itself: pools, caches, compiled code. */
const margin = {heap: 48 * 2 ** 20, external: 96 * 2 ** 20, handles: 20};

/**
 * Node 24.21.0 may spin for ever when a process ends that has reset TLS connections over others, as the
 * clients here do: it waits for a write that nobody completes any more. What a test has to say is said
 * by then, so the process is ended without that.
 */
process.once('exit', code => {
	Reflect.apply(Reflect.get(process, 'reallyExit'), process, [code]);
});

/** How a fuzz test reaches the doubles. */
export type Connect<V extends Visit> = (doors: Doors, visit: V) => Promise<Socket>;

/**
 * Sends visits in batches until the time is over. After each batch an honest request must be answered
 * at each door; after some, nothing must be left open, and memory and handles must have come back.
 * The process with the doubles must neither end nor print. A failure gives the seed and the visits.
 */
export async function fuzz<V extends Visit>(
	t: ExecutionContext,
	visit: fc.Arbitrary<V>,
	connect: Connect<V>,
): Promise<void> {
	t.timeout(seconds * 1000 + 300_000);
	const end = performance.now() + seconds * 1000;
	const run = new Run(connect);
	try {
		for (let seed = firstSeed; performance.now() < end; seed++) await run.round(seed, visit);
		await run.close();
	} catch (error) {
		// AVA takes minutes to show an error with all that it holds.
		t.fail(String(error).slice(0, longest));
	} finally {
		run.kill();
	}
	t.log(`${run.visits} connections, ${run.exchanges} exchanges, seeds from ${firstSeed}`);
	t.true(run.visits > 0);
}

class Run<V extends Visit> {
	visits = 0;
	exchanges = 0;
	readonly #connect: Connect<V>;
	/** The visits of the round by the port that they came from. */
	readonly #visits = new Map<string, V>();
	#doubles: FuzzedDoubles | undefined;
	#first: Health | undefined;

	constructor(connect: Connect<V>) {
		this.#connect = connect;
	}

	async round(seed: number, visit: fc.Arbitrary<V>): Promise<void> {
		this.#visits.clear();
		const batch = fc.array(visit, {minLength: 1, maxLength: connections, size: 'max'});
		await fc.assert(
			fc.asyncProperty(batch, visits => this.#batch(visits)),
			{seed, numRuns: batches, includeErrorInReport: true, interruptAfterTimeLimit: 120_000},
		);
		const doubles = await this.#running();
		const health = await doubles.health();
		this.exchanges += health.exchanges;
		// The first round loads and compiles what is loaded and compiled when it is needed.
		this.#first ??= health;
		const faults = [
			doubles.complaint,
			...health.leftOpen.slice(0, 3).map(left => this.#withVisit(left)),
			...grown(health, this.#first),
		];
		if (faults.join('') !== '')
			throw new Error(`After the round of FUZZ_SEED=${seed}:\n${faults.join('\n')}`);
	}

	/** What is left open, with the visit that has left it. */
	#withVisit(left: string): string {
		const port = /"peer":"[^"]*:(\d+)"/.exec(left)?.[1] ?? '';
		const visit = this.#visits.get(port);
		return visit === undefined ? left : `${fc.stringify(visit)} left this open: ${left}`;
	}

	async close(): Promise<void> {
		await within(this.#doubles?.close(), 'close() did not end');
		if (this.#doubles?.isGone === false) throw new Error('The process did not end.');
	}

	/** Ends what a failure has left behind. */
	kill(): void {
		this.#doubles?.kill();
		this.#doubles = undefined;
	}

	async #batch(visits: readonly V[]): Promise<void> {
		const doubles = await this.#running();
		this.visits += visits.length;
		const sockets = new Set<Socket>();
		const paid = visits.map(async visit => {
			const socket = await this.#connect(doubles.doors, visit).catch(() => undefined);
			if (socket === undefined) return;
			sockets.add(socket);
			this.#visits.set(String(portOf(socket)), visit);
			await pay(visit, socket);
		});
		try {
			await within(Promise.all(paid), 'A connection did not come to its end');
			await within(askEachDoor(doubles.doors), 'An honest request was not answered');
		} catch (error) {
			// A process that no longer answers is of no use to the next try, which may be a smaller batch.
			this.kill();
			throw new Error(`${error} ${doubles.complaint}`);
		} finally {
			for (const socket of sockets) socket.destroy();
		}
		if (doubles.complaint !== '') {
			this.kill();
			throw new Error(doubles.complaint);
		}
	}

	async #running(): Promise<FuzzedDoubles> {
		if (this.#doubles === undefined || this.#doubles.isGone) {
			this.#doubles = await FuzzedDoubles.start();
			this.#first = undefined;
		}
		return this.#doubles;
	}
}

/** A TLS socket over another one has no port of its own. */
function portOf(socket: Socket): number | undefined {
	const beneath: unknown = Reflect.get(socket, '_parent');
	return socket.localPort ?? (beneath instanceof Socket ? beneath.localPort : undefined);
}

function grown(health: Health, first: Health): string[] {
	const kinds = ['heap', 'external', 'handles'] as const;
	return kinds
		.filter(kind => health[kind] > first[kind] + margin[kind])
		.map(kind => `${kind} grew from ${first[kind]} to ${health[kind]}`);
}

async function within<T>(promise: Promise<T>, otherwise: string): Promise<T>;
async function within<T>(
	promise: Promise<T> | undefined,
	otherwise: string,
): Promise<T | undefined>;
async function within<T>(
	promise: Promise<T> | undefined,
	otherwise: string,
): Promise<T | undefined> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`${otherwise} within ${patience} ms.`)), patience);
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
	}
}
