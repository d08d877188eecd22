import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {contestantFile} from '../paths.ts';
import {Unavailable} from './child.ts';
import type {Entrant} from './index.ts';
import type {Question, Told} from './protocol.ts';

/** A contestant that is there for the load. */
export interface Running extends AsyncDisposable {
	readonly entrant: Entrant;
	readonly port: number;
	readonly version: string;
	/**
	 * Asks it something.
	 *
	 * @param pairs how many were sent since the last reset
	 * @throws Error with its words when something is amiss
	 */
	ask(question: Question['ask'], pairs?: number): Promise<number>;
}

/**
 * Starts a contestant in a process of its own.
 *
 * @throws Unavailable when it can't be started here
 */
export async function start(
	entrant: Entrant,
	{mode = 'pairs', nodeArguments = [] as readonly string[]} = {},
): Promise<Running> {
	const child = fork(contestantFile(entrant.id), [mode], {
		execArgv: ['--disable-warning=ExperimentalWarning', ...nodeArguments],
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	const told = await heard(child, entrant);
	if (!('port' in told)) throw new Error(`${entrant.title} did not say where it listens.`);
	return {
		entrant,
		port: told.port,
		version: told.version,
		ask: async (ask, pairs = 0) => {
			const question: Question = {ask, pairs};
			child.send(question);
			const answer = await heard(child, entrant);
			if ('value' in answer) return answer.value;
			throw new Error(`${entrant.title} answered something else.`);
		},
		[Symbol.asyncDispose]: async () => {
			if (child.exitCode !== null || child.signalCode !== null) return;
			const gone = once(child, 'exit');
			if (child.connected) child.disconnect();
			await gone;
		},
	};
}

/** Those that could be started, and a word on each that could not. */
export async function startAll(
	entrants: readonly Entrant[],
	options?: Parameters<typeof start>[1],
): Promise<{running: Running[]; skipped: string[]}> {
	const running: Running[] = [];
	const skipped: string[] = [];
	for (const entrant of entrants) {
		try {
			running.push(await start(entrant, options));
		} catch (error) {
			if (!(error instanceof Unavailable)) {
				await stopAll(running);
				throw error;
			}
			skipped.push(`${entrant.title}: ${error.message}`);
		}
	}
	return {running, skipped};
}

/** Ends them. */
export async function stopAll(running: readonly Running[]): Promise<void> {
	await Promise.all(running.map(each => each[Symbol.asyncDispose]()));
}

/** Milliseconds that an answer may take: a verdict over a million hops, or a start of a JVM. */
const patience = 300_000;

function isAbort(error: unknown): boolean {
	return error instanceof Error && error.name === 'AbortError';
}

async function heard(child: ChildProcess, {title}: Entrant): Promise<Told> {
	const gone = new AbortController();
	const leave = () => gone.abort();
	child.once('exit', leave);
	try {
		const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(patience)]);
		const [told]: (Told | undefined)[] = await once(child, 'message', {signal});
		if (told === undefined) throw new Error(`${title} said nothing.`);
		if ('unavailable' in told) throw new Unavailable(told.unavailable);
		if ('fault' in told) throw new Error(`${title}: ${told.fault}`);
		return told;
	} catch (error) {
		if (gone.signal.aborted) throw new Error(`${title} has ended by itself.`);
		throw isAbort(error) ? new Error(`${title} did not answer in time.`) : error;
	} finally {
		child.off('exit', leave);
	}
}
