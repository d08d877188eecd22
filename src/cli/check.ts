import {type ChildProcess, type SpawnOptions, spawn} from 'node:child_process';
import type {Double} from '../double.ts';
import type {ExportFormat} from '../exports/formats.ts';
import {startDouble} from '../start-double.ts';
import {checkEnforced} from '../verdict/enforced.ts';
import {type Conclusion, conclude, concludingLine} from './check-conclusion.ts';
import {writeExports} from './check-exports.ts';
import {type Command, type Ending, endingOf, signalGroup, started} from './child.ts';
import {exitCodes} from './exit-codes.ts';
import {Interruption, interruptible} from './interruption.ts';
import {assertFolderOf, type ExportTo} from './output-file.ts';
import {filledCommand, watchedEnvironment} from './placeholders.ts';
import {wantsColors} from './wants-colors.ts';

export interface CheckOptions {
	/** Prints the verdict as JSON, and what the command prints to stderr. */
	readonly json?: boolean;
	/** Milliseconds that the command has; as many as it takes, unless told. */
	readonly timeout?: number;
	/** Files to write what was seen to. */
	readonly export?: readonly ExportTo<ExportFormat>[];
	/** Whether recorded credentials are written to them as they came. */
	readonly showSecrets?: boolean;
}

/**
 * Runs a command against a double of a scenario, prints the verdict, and gives the exit code. Ends the
 * command, with all that it has started, when this process is asked to stop,
 * or its time is over.
 *
 * @throws FollowthroughError or ScenarioError for the scenario and the command's placeholders;
 *   NotStarted; Interruption; Refusal for a file that can't be written
 */
export async function check(
	source: string,
	command: Command,
	{json = false, timeout, export: exports = [], showSecrets = false}: CheckOptions,
): Promise<number> {
	for (const {file} of exports) assertFolderOf(file);
	return interruptible(async stop => {
		const double = await startDouble(source);
		try {
			checkEnforced(double.scenario);
			const ending = await watch(double, command, {json, timeout, stop});
			const conclusion = conclude(double, ending);
			tell(double, conclusion, ending, json);
			await writeExports(double, exports, showSecrets ? 'shown' : 'masked');
			return exitCodes[conclusion.exit];
		} finally {
			await double.close();
		}
	});
}

interface Watching {
	readonly json: boolean;
	readonly timeout: number | undefined;
	readonly stop: AbortSignal;
}

/** Runs the command until it has ended, and nothing of it comes any more. */
async function watch(
	double: Double,
	command: Command,
	{json, timeout, stop}: Watching,
): Promise<Ending> {
	const filled = filledCommand(command, double);
	const env = await watchedEnvironment(process.env, command, double);
	stop.throwIfAborted();
	// A group of its own, to be ended with all that it has started; at a terminal it stays in that of
	// the terminal, which lets it read what is typed.
	const leads = process.platform !== 'win32' && !process.stdin.isTTY;
	const options: SpawnOptions = {
		env,
		stdio: ['inherit', json ? 2 : 'inherit', 'inherit'],
		detached: leads,
	};
	const [program, ...parameters] = filled;
	const child = started(filled, () => spawn(program, parameters, options));
	const send = (name: NodeJS.Signals) => (leads ? signalGroup(child, name) : child.kill(name));
	const late = new AbortController();
	const timer = timeout === undefined ? undefined : setTimeout(() => late.abort(), timeout);
	const unbind = passOn(AbortSignal.any([stop, late.signal]), child, send);
	try {
		const ending = await endingOf(child, filled);
		clearTimeout(timer);
		stop.throwIfAborted();
		await double.settle({quiet, timeout: patience});
		stop.throwIfAborted();
		return late.signal.aborted && timeout !== undefined ? {...ending, timedOut: timeout} : ending;
	} finally {
		clearTimeout(timer);
		unbind();
		// What it has left running in the background.
		if (leads) send('SIGKILL');
	}
}

/** Milliseconds of silence after which nothing more comes, and how long that is waited for. */
const quiet = 100;
const patience = 3000;

/** Milliseconds that a command has to end when it is asked to. */
const grace = 2000;

/** Asks the command to end when this process is to stop, or its time is over; kills it when it does not. */
function passOn(
	stop: AbortSignal,
	child: ChildProcess,
	send: (name: NodeJS.Signals) => void,
): () => void {
	let timer: NodeJS.Timeout | undefined;
	const end = () => {
		const name = stop.reason instanceof Interruption ? stop.reason.signal : 'SIGTERM';
		// A terminal's Ctrl+C reaches all of its group by itself.
		if (name !== 'SIGINT' || !process.stdin.isTTY) send(name);
		timer = setTimeout(() => send('SIGKILL'), grace);
		child.once('close', () => clearTimeout(timer));
	};
	stop.addEventListener('abort', end, {once: true});
	return () => {
		clearTimeout(timer);
		stop.removeEventListener('abort', end);
	};
}

function tell(double: Double, conclusion: Conclusion, ending: Ending, json: boolean): void {
	const {stdout} = process;
	if (json) {
		const {outcome, why} = conclusion;
		const result = {
			scenario: double.name,
			outcome,
			why,
			command: ending,
			verdict: double.verdict(),
		};
		stdout.write(`${JSON.stringify(result, null, '\t')}\n`);
		return;
	}
	const look = {colors: wantsColors(stdout, process.env)};
	stdout.write(`\n${double.report(look)}\n\n${concludingLine(conclusion, look)}\n`);
}
