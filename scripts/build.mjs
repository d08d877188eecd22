/**
 * Builds `dist` from `src`, `scenario.schema.json` from the built schema, and `openapi.json` from the
 * built operations of the HTTP API. The new `dist` takes
 * the place of the old one only once it is whole: a build that fails changes nothing.
 *
 * The compiler writes the types and a module for each file. The modules are then put together, since
 * to find and to open 200 of them took longer than all else that a start does: `parts/core.js` is
 * what every double needs, and what only some need stays in files of its own, as `import()` loads it.
 */
import {spawnSync} from 'node:child_process';
import {
	chmodSync,
	cpSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import {isAbsolute, join, relative} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {asCommonJs} from './as-commonjs.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// In the project's root, so that the built modules find its package.json and node_modules.
const workplace = mkdtempSync(join(root, 'dist.new-'));

try {
	const modules = join(workplace, 'modules');
	const staged = join(workplace, 'dist');
	compile(modules);
	await writeText(modules, 'scenario/schema-file.js', 'schemaFileText', 'scenario.schema.json');
	await writeText(modules, 'api/openapi-file.js', 'openApiFileText', 'openapi.json');
	await bundle(modules, staged);
	copyTypes(modules, staged);
	markExecutables(staged);
	replaceDist(staged);
} finally {
	rmSync(workplace, {recursive: true, force: true});
}

function compile(target) {
	const compiler = join(root, 'node_modules/typescript/bin/tsc');
	const args = [compiler, '-p', join(root, 'tsconfig.build.json'), '--outDir', target];
	const {status} = spawnSync(process.execPath, args, {cwd: root, stdio: 'inherit'});
	if (status !== 0) fail('tsc found faults; dist was left as it was.');
}

async function bundle(modules, target) {
	// Loaded when all else has gone well: without it, the compiler's words come first.
	const {rollup} = await import('rollup');
	const index = join(modules, 'index.js');
	const bundled = await rollup({
		input: {index, ...commands(modules)},
		plugins: [asCommonJs],
		external: name => !name.startsWith('.') && !isAbsolute(name),
		onLog(level, log) {
			// The compiler's helper for a path of a module that is known at run time only.
			if (log.code !== 'THIS_IS_UNDEFINED')
				throw new Error(`rollup has a ${level}: ${log.message}`);
		},
	});
	const isCore = memberOf(index);
	await bundled.write({
		dir: target,
		entryFileNames: '[name].js',
		// What only a command needs stands with the commands.
		chunkFileNames: ({moduleIds}) =>
			moduleIds.some(id => /^(?:api|cli)\b/.test(relative(modules, id)))
				? 'cli/parts/[name].js'
				: 'parts/[name].js',
		hoistTransitiveImports: false,
		manualChunks: (id, {getModuleInfo}) => (isCore(id, getModuleInfo) ? 'core' : undefined),
	});
	await bundled.close();
}

/** The programs that a user starts. */
function commands(modules) {
	const names = ['cli/start', 'cli/followthrough'];
	return Object.fromEntries(names.map(name => [name, join(modules, `${name}.js`)]));
}

/** Whether a module is loaded with the one that is imported, which itself names what is public. */
function memberOf(index) {
	let members;
	return (id, getModuleInfo) => {
		members ??= importedBy(index, getModuleInfo);
		return members.has(id);
	};
}

function importedBy(index, getModuleInfo) {
	const imported = new Set(getModuleInfo(index).importedIds);
	for (const id of imported)
		for (const deeper of getModuleInfo(id).importedIds) imported.add(deeper);
	return imported;
}

function copyTypes(modules, target) {
	const filter = path => !path.endsWith('.js');
	cpSync(modules, target, {recursive: true, filter});
}

/** Makes the files that start with `#!` executable; tsc does not keep that. */
function markExecutables(folder) {
	for (const entry of readdirSync(folder, {withFileTypes: true, recursive: true})) {
		if (!entry.isFile() || !entry.name.endsWith('.js')) continue;
		const file = join(entry.parentPath ?? entry.path, entry.name);
		if (readFileSync(file, 'utf8').startsWith('#!')) chmodSync(file, 0o755);
	}
}

/** Writes what a built module says to a file of the package, when it is not there yet. */
async function writeText(folder, module, exported, name) {
	const built = await import(pathToFileURL(join(folder, module)).href);
	const file = join(root, name);
	const text = built[exported]();
	if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}

function replaceDist(staged) {
	const dist = join(root, 'dist');
	if (existsSync(dist)) renameSync(dist, join(workplace, 'old'));
	renameSync(staged, dist);
}

function fail(message) {
	process.stderr.write(`The build failed: ${message}\n`);
	rmSync(workplace, {recursive: true, force: true});
	process.exit(1);
}
