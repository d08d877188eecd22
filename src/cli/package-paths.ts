import {existsSync, realpathSync} from 'node:fs';
import {dirname, isAbsolute, join, relative, resolve, sep} from 'node:path';
import {packageFolder} from '../scenario/shipped.ts';
import type {RulePages} from '../verdict/rule-page.ts';

/** Where a package manager puts the package in a project. */
const installed = 'node_modules/followthrough';

/** Where the pages of the rules are, for a reader at the terminal: `false` outside the working directory. */
export function pagesFromHere(): RulePages {
	return pagesFrom(process.cwd());
}

/**
 * Where the pages of the rules are, as seen from a file that is written: `false` where the file, or the
 * package, lies outside the working directory, which is what travels together.
 */
export function pagesBeside(file: string): RulePages {
	const folder = realFolder(dirname(resolve(file)));
	return isInside(folder, realFolder(process.cwd())) && pagesFrom(folder);
}

/**
 * The schema for editors, as seen from a scenario file: it lies in a node_modules of a folder around it,
 * or nowhere that a path of the project leads to.
 *
 * @param file a path; of what goes to stdout, one in the working directory
 */
export function schemaBeside(file: string): string | undefined {
	const folder = dirname(resolve(file));
	for (let around = folder; ; around = dirname(around)) {
		const schema = join(around, installed, 'scenario.schema.json');
		if (existsSync(schema)) return slashed(relative(folder, schema));
		if (dirname(around) === around) return undefined;
	}
}

/** A link in the project's node_modules is a shorter way than to what it links to. */
function pagesFrom(folder: string): RulePages {
	const project = realFolder(process.cwd());
	const own = realFolder(packageFolder());
	const link = join(project, installed);
	const found = realFolder(link) === own ? link : own;
	if (!isInside(found, project)) return false;
	return slashed(relative(folder, join(found, 'docs/rules'))) || '.';
}

function isInside(path: string, folder: string): boolean {
	const way = relative(folder, path);
	return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The folder that a path leads to, with all links followed; the path itself where there is none. */
function realFolder(path: string): string {
	return existsSync(path) ? realpathSync(path) : path;
}

function slashed(path: string): string {
	return path.split(sep).join('/');
}
