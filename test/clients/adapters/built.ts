import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Command} from '../../../src/cli/child.ts';

/** How a program is built in a folder, and run from there. */
export interface Build {
	readonly build: Command;
	readonly env?: NodeJS.ProcessEnv;
	readonly run: Command;
}

/**
 * A program that starts faster when it is built before: that is done once, when it is first wanted, in
 * a folder that goes with this process.
 */
export function built(make: (folder: string) => Build): () => Command {
	let program: Command | undefined;
	return () => {
		program ??= build(make);
		return program;
	};
}

function build(make: (folder: string) => Build): Command {
	const folder = mkdtempSync(join(tmpdir(), 'followthrough-build-'));
	process.once('exit', () => rmSync(folder, {recursive: true, force: true}));
	const {build, env, run} = make(folder);
	const [command, ...parameters] = build;
	const {status, stderr} = spawnSync(command, parameters, {env: {...process.env, ...env}});
	if (status !== 0) throw new Error(`"${build.join(' ')}" failed: ${stderr}`);
	return run;
}
