import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import type {Command} from '../../../src/cli/child.ts';

const run = promisify(execFile);

/** The version that a command prints, found by its first group; undefined where it does not run. */
export function printedVersion(
	[program, ...parameters]: Command,
	pattern = /(\d[\w.+-]*)/,
): () => Promise<string | undefined> {
	return async () => {
		try {
			const {stdout, stderr} = await run(program, parameters);
			return pattern.exec(stdout || stderr)?.[1];
		} catch {
			return undefined;
		}
	};
}

const require = createRequire(import.meta.url);

/** The version of a package of npm that is installed; undefined when it is not. */
export async function packageVersion(name: string): Promise<string | undefined> {
	for (const folder of require.resolve.paths(name) ?? []) {
		const manifest = await readFile(join(folder, name, 'package.json'), 'utf8').catch(() => '');
		const found = /"version":\s*"([^"]+)"/.exec(manifest)?.[1];
		if (found !== undefined) return found;
	}
	return undefined;
}

/** The file that a package's own path names, such as `node20/bin/node`; it need not be there. */
export function fileOfPackage(path: string): string {
	return join(dirname(import.meta.dirname), 'node_modules', path);
}
