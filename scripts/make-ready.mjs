/**
 * Runs before `npm start` (as `prestart`): installs and builds what is missing or out of date, and
 * does nothing else. It must run on a fresh clone, so it uses Node alone, and the machine's own.
 */
import {spawnSync} from 'node:child_process';
import {readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

if (isInstallDue()) install();
if (isBuildDue()) build();

function isInstallDue() {
	// npm writes this file last of all, so that it stands for the whole of node_modules.
	return modified('node_modules/.package-lock.json') < modified('package-lock.json');
}

function isBuildDue() {
	const built = modified('dist/index.js');
	const sources = [newest('src'), modified('tsconfig.json'), modified('tsconfig.build.json')];
	return modified('scenario.schema.json') === 0 || built < Math.max(...sources);
}

function install() {
	const first = modified('node_modules') === 0;
	say(
		first
			? 'Installing what Followthrough needs; this happens only the first time.'
			: 'Installing again, because package-lock.json has changed.',
	);
	const [program, ...args] = npm('ci', '--loglevel=error', '--no-audit', '--no-fund');
	// Its words go to stderr: stdout belongs to the program that is about to start.
	run('npm ci', program, args, {stdio: ['ignore', 2, 2]});
}

function build() {
	say('Building; this happens again only when the sources change.');
	run('The build', process.execPath, [join(root, 'scripts/build.mjs')], {
		stdio: ['ignore', 2, 2],
	});
}

/** The npm that runs this script, so that no other one is picked up from the path. */
function npm(...args) {
	const script = process.env.npm_execpath;
	return script?.endsWith('.js') ? [process.execPath, script, ...args] : ['npm', ...args];
}

function run(title, program, args, options) {
	const {status, signal, error} = spawnSync(program, args, {cwd: root, ...options});
	if (status === 0) return;
	say(
		`${title} failed (${error?.message ?? signal ?? `exit code ${status}`}); see the lines above.`,
	);
	process.exit(status || 1);
}

/** The time of the last change of a file or folder, in milliseconds; 0 when there is none. */
function modified(path) {
	return statSync(join(root, path), {throwIfNoEntry: false})?.mtimeMs ?? 0;
}

/** The latest change below a folder. Folders count as well: they change when a file is removed. */
function newest(folder) {
	let latest = modified(folder);
	for (const entry of readdirSync(join(root, folder), {withFileTypes: true})) {
		const path = join(folder, entry.name);
		latest = Math.max(latest, entry.isDirectory() ? newest(path) : modified(path));
	}
	return latest;
}

function say(line) {
	process.stderr.write(`${line}\n`);
}
