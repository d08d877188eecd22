import {setTimeout} from 'node:timers/promises';
import type {Question, Told} from './protocol.ts';

/** A server that takes part, in its own process. */
export interface Contestant {
	readonly port: number;
	/** Its version, such as `4.6.5`. */
	readonly version: string;
	/** How many requests it has recorded; undefined when it records none. */
	recorded?(): number | Promise<number>;
	/** Forgets what it has recorded. */
	reset?(): void | Promise<void>;
	/** Finds out whether every pair was followed as it should; @returns how many were. */
	judge?(): number | Promise<number>;
	/** What else must hold of so many pairs; throws when it does not. */
	check?(pairs: number): void | Promise<void>;
	/** The process that serves, when it is another one than this. */
	readonly outside?: OutsideProcess;
	/** Ends what would stay behind when this process ends. */
	stop?(): void | Promise<void>;
}

/** A server that is no Node process: what it takes is asked of the system. */
export interface OutsideProcess {
	/** Processor time until now, in microseconds. */
	cpu(): number;
	/** Bytes of live objects after a collection. */
	heap(): number | Promise<number>;
}

/** Thrown by a contestant that can't be started here; the message says why. */
export class Unavailable extends Error {}

/** The child's side: starts a contestant, and answers what the bench asks. */
export async function serve(start: (mode: string) => Promise<Contestant>): Promise<void> {
	const tell = (told: Told) => void process.send?.(told);
	try {
		const contestant = await start(process.argv[2] ?? 'pairs');
		process.once('disconnect', async () => {
			await contestant.stop?.();
			process.exit();
		});
		process.on('message', async ({ask, pairs}: Question) => {
			try {
				tell({value: await answer(contestant, ask, pairs)});
			} catch (error) {
				tell({fault: String(error)});
			}
		});
		tell({port: contestant.port, version: contestant.version});
	} catch (error) {
		tell(error instanceof Unavailable ? {unavailable: error.message} : {fault: String(error)});
		process.exitCode = 1;
		process.disconnect?.();
	}
}

async function answer(
	contestant: Contestant,
	ask: Question['ask'],
	pairs: number,
): Promise<number> {
	const {outside} = contestant;
	if (ask === 'cpu') return outside ? outside.cpu() : cpu();
	if (ask === 'heap') return outside ? outside.heap() : heap();
	if (ask === 'rss') return process.memoryUsage.rss();
	if (ask === 'peak') return process.resourceUsage().maxRSS * 1024;
	if (ask === 'reset') await contestant.reset?.();
	if (ask === 'judge') return judged(contestant, pairs);
	if (ask === 'check') await checked(contestant, pairs);
	return 0;
}

function cpu(): number {
	const {user, system} = process.cpuUsage();
	return user + system;
}

/** Several times, with pauses: what a finalizer or a weak map holds goes with the next collection. */
async function heap(): Promise<number> {
	for (let time = 0; time < 4; time++) {
		if (globalThis.gc) globalThis.gc();
		await setTimeout(50);
	}
	const {heapUsed, external} = process.memoryUsage();
	return heapUsed + external;
}

/** Milliseconds that it takes to say of every pair whether it was followed as it should. */
async function judged(contestant: Contestant, pairs: number): Promise<number> {
	if (contestant.judge === undefined) return 0;
	const began = performance.now();
	const good = await contestant.judge();
	const milliseconds = performance.now() - began;
	if (good !== pairs) throw new Error(`Of ${pairs} pairs, ${good} were found good.`);
	return milliseconds;
}

async function checked(contestant: Contestant, pairs: number): Promise<void> {
	const recorded = await contestant.recorded?.();
	if (recorded !== undefined && recorded !== 2 * pairs)
		throw new Error(`Of ${2 * pairs} requests, ${recorded} were recorded.`);
	await contestant.check?.(pairs);
}
