import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {root} from './source-files.ts';

/** The built command, as package.json names it. */
export const bin = join(root, 'dist/cli/followthrough.js');

/** What came of a run. */
export interface Ran {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** A run that goes on. */
export interface Running {
	readonly child: ChildProcess;
	/** Resolves when all that has its output open has ended, what it started included. */
	readonly end: Promise<Ran>;
	/** Resolves with all that it has printed, once this is in it. */
	until(text: string): Promise<string>;
}

/** What is run, and where. */
export interface Place {
	/** The path of the program; the built command, unless told. */
	readonly program?: string;
	readonly cwd?: string;
	readonly env?: NodeJS.ProcessEnv;
	/** The user that runs it, by number; the one who runs the tests, unless told. */
	readonly uid?: number;
}

/** Starts a program of the repository, with no terminal around it. */
export function start(
	args: readonly string[],
	{program = bin, cwd = root, env = {}, ...user}: Place = {},
): Running {
	const child = spawn(process.execPath, [program, ...args], {
		cwd,
		...user,
		env: {...process.env, FORCE_COLOR: undefined, ...env},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const output = {stdout: '', stderr: ''};
	child.stdout.setEncoding('utf8').on('data', text => {
		output.stdout += text;
	});
	child.stderr.setEncoding('utf8').on('data', text => {
		output.stderr += text;
	});
	const end = once(child, 'close').then(([code]) => ({code, ...output}));
	const until = async (text: string) => {
		while (!output.stdout.includes(text)) {
			if (child.exitCode !== null) throw new Error(`It ended before "${text}": ${output.stderr}`);
			await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
		}
		return output.stdout;
	};
	return {child, end, until};
}

/** Runs a program to its end. */
export function run(args: readonly string[], place?: Place): Promise<Ran> {
	return start(args, place).end;
}
