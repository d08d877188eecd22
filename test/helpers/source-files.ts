import {readdirSync, readFileSync} from 'node:fs';
import {join, posix} from 'node:path';
import {fileURLToPath} from 'node:url';

/** The root of the repository, with a slash at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** One `import` or `export … from` of a source file, or one `import()`. */
export interface Import {
	/** The file that imports, from `src/`, such as `verdict/judge.ts`. */
	readonly from: string;
	/** What it names: a file from `src/`, or a package such as `@koa/router`; `node:` modules are left out. */
	readonly to: string;
	readonly isPackage: boolean;
	/** Whether nothing of it is left when the types are gone. */
	readonly isTypeOnly: boolean;
}

/** All files below a folder of the repository but for installed packages, as paths from that folder, sorted. */
export function filesBelow(folder: string): string[] {
	return readdirSync(join(root, folder), {withFileTypes: true, recursive: true})
		.filter(entry => entry.isFile())
		.map(entry => join(entry.parentPath, entry.name).slice(join(root, folder).length + 1))
		.map(path => path.replaceAll('\\', '/'))
		.filter(path => !path.split('/').includes('node_modules'))
		.sort();
}

export function textOf(path: string): string {
	return readFileSync(join(root, path), 'utf8');
}

/** Every import of `file`, a path from `src/`, but for Node's own modules. */
export function importsOf(file: string): Import[] {
	const code = withoutComments(textOf(`src/${file}`));
	return [...code.matchAll(importPattern)].flatMap(([, typeOnly, statically, dynamically]) => {
		const name = statically ?? dynamically ?? '';
		if (name.startsWith('node:')) return [];
		const isPackage = !name.startsWith('.');
		const to = isPackage ? packageName(name) : posix.join(posix.dirname(file), name);
		return [{from: file, to, isPackage, isTypeOnly: typeOnly !== undefined}];
	});
}

// What Biome's formatting leaves: a statement begins its line, and names stand in single quotes.
const importPattern =
	/^(?:import|export)(?: (type)\b)?(?:[^;']*? from)? '([^']+)'|(?<!typeof )\bimport\('([^']+)'\)/gm;

/** Comments that stand on lines of their own; the others hold no statements. */
function withoutComments(code: string): string {
	return code.replace(/^\s*\/\*[\s\S]*?\*\//gm, '').replace(/^\s*\/\/.*$/gm, '');
}

function packageName(name: string): string {
	return name
		.split('/')
		.slice(0, name.startsWith('@') ? 2 : 1)
		.join('/');
}
