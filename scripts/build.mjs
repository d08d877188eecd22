/**
 * Builds `dist` from `src`, and `scenario.schema.json` from the built schema. The new `dist` takes
 * the place of the old one only once it is whole: a build that fails changes nothing.
 */
import {spawnSync} from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
// In the project's root, so that the built modules find its package.json and node_modules.
const workplace = mkdtempSync(join(root, 'dist.new-'));

try {
	const staged = join(workplace, 'dist');
	compile(staged);
	markExecutables(staged);
	await writeSchema(staged);
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

/** Makes the files that start with `#!` executable; tsc does not keep that. */
function markExecutables(folder) {
	for (const entry of readdirSync(folder, {withFileTypes: true, recursive: true})) {
		if (!entry.isFile() || !entry.name.endsWith('.js')) continue;
		const file = join(entry.parentPath ?? entry.path, entry.name);
		if (readFileSync(file, 'utf8').startsWith('#!')) chmodSync(file, 0o755);
	}
}

async function writeSchema(folder) {
	const {schemaFileText} = await import(
		pathToFileURL(join(folder, 'scenario/schema-file.js')).href
	);
	const file = join(root, 'scenario.schema.json');
	const text = schemaFileText();
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
