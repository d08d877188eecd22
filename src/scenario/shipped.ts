import {readdir} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {basename, dirname, extname, join, relative, sep} from 'node:path';

/** A scenario that comes with the package. */
export interface ShippedScenario {
	/** Its name, which is also the name of its file, such as `api-move`. */
	readonly name: string;
	/** The absolute path of its file. */
	readonly path: string;
	/** Its path in the package, such as `scenarios/documented/api-move.yaml`. */
	readonly file: string;
}

/** The file names that a scenario may end in. */
export const scenarioExtensions = ['.yaml', '.yml', '.json', '.js', '.mjs', '.ts', '.mts'];

/** The root of the package, which finds itself by its name: how deep this file lies depends on how it was built. */
export function packageFolder(): string {
	return dirname(createRequire(import.meta.url).resolve('followthrough/package.json'));
}

/** The files of the scenarios that come with the package, by name. */
export async function shippedFiles(): Promise<ShippedScenario[]> {
	const root = packageFolder();
	const entries = await readdir(join(root, 'scenarios'), {recursive: true, withFileTypes: true});
	return entries
		.filter(entry => entry.isFile() && scenarioExtensions.includes(extname(entry.name)))
		.map(entry => describe(root, join(entry.parentPath, entry.name)))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function describe(root: string, path: string): ShippedScenario {
	const name = basename(path, extname(path));
	return {name, path, file: relative(root, path).split(sep).join('/')};
}
