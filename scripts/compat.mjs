/**
 * Installs the packed tarball in an empty project and runs every example with it, and the command,
 * under each Node that the package is for. The examples are compiled there, against the types that
 * the tarball ships, so both what runs and what is typed is what a user gets.
 */
import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join, sep} from 'node:path';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

/** One exact version for each major, from the npm package `node`. For 20 the machine's own is taken, if it is one. */
const nodeVersions = {20: '20.20.2', 22: '22.23.3', 24: '24.21.0', 26: '26.10.0'};

const execute = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const workplace = mkdtempSync(join(tmpdir(), 'followthrough-compat-'));
const project = join(workplace, 'project');
const command = join('node_modules', '.bin', 'followthrough');

try {
	const [nodes] = await all([provideNodes(), prepareProject()]);
	const outcomes = await Promise.all(nodes.map(runExamples));
	for (const {line, details} of outcomes) process.stdout.write(`${line}\n${details}`);
	if (outcomes.some(({ok}) => !ok)) process.exitCode = 1;
} catch (error) {
	process.stderr.write(`${error.message}\n${error.stdout ?? ''}${error.stderr ?? ''}`);
	process.exitCode = 1;
} finally {
	rmSync(workplace, {recursive: true, force: true});
}

/** Like Promise.all, but waits for every one even when one fails, so that none is left writing files. */
async function all(promises) {
	await Promise.allSettled(promises);
	return Promise.all(promises);
}

/** The Nodes to run under: `{label, program}` each. */
async function provideNodes() {
	const own = await machinesNode20();
	const wanted = Object.entries(nodeVersions).filter(([major]) => major !== '20' || !own);
	const versions = [oldestNode(), ...wanted.map(([, version]) => version)];
	const [oldest, ...installed] = await all([...new Set(versions)].map(installNode));
	return own ? [oldest, own, ...installed] : [oldest, ...installed];
}

/** The oldest Node that package.json promises, such as `20.19.0` of `>=20.19`. */
function oldestNode() {
	const {node} = manifest.engines;
	const [, version] = /^>=(\d+(?:\.\d+){0,2})$/.exec(node) ?? [];
	if (version === undefined)
		throw new Error(`package.json: engines.node is "${node}"; expected such as ">=20.19".`);
	return [...version.split('.'), '0', '0'].slice(0, 3).join('.');
}

/** The first Node 20 on the path that npm did not put there. */
async function machinesNode20() {
	for (const folder of process.env.PATH.split(delimiter)) {
		const program = join(folder, 'node');
		if (folder.split(sep).includes('node_modules') || !existsSync(program)) continue;
		const {stdout} = await execute(program, ['--version']);
		const version = stdout.trim().slice(1);
		return version.startsWith('20.') ? {label: `${version} (this machine's)`, program} : undefined;
	}
	return undefined;
}

async function installNode(version) {
	const folder = join(workplace, `node-${version}`);
	// npm runs a package's install script only where it is allowed; this one fetches the binary.
	writeManifest(folder, {dependencies: {node: version}, allowScripts: {node: true}});
	await npm(folder, 'install', '--no-save');
	return {label: version, program: join(folder, 'node_modules/node/bin/node')};
}

async function prepareProject() {
	await execute(process.execPath, [join(root, 'scripts/build.mjs')]);
	await npm(root, 'pack', '--ignore-scripts', '--pack-destination', workplace);
	// The file's name is looked up, as npm 12 reports it in another form than npm 11.
	const tarball = readdirSync(workplace).find(file => file.endsWith('.tgz'));
	cpSync(join(root, 'examples'), join(project, 'examples'), {recursive: true});
	writeManifest(project, {
		dependencies: {followthrough: `file:../${tarball}`, ...packagesOfExamples()},
	});
	await npm(project, 'install');
	await compileExamples();
}

/** What the examples need beside Followthrough, in the versions that the repository tests with. */
function packagesOfExamples() {
	const {dependencies, devDependencies} = manifest;
	const versions = {...dependencies, ...devDependencies};
	const names = new Set(['typescript', '@types/node']);
	for (const file of exampleFiles()) {
		const text = readFileSync(join(project, 'examples', file), 'utf8');
		for (const [, name] of text.matchAll(/ from '((?:@[^/']+\/)?[^./'@:]+)['/]/g)) names.add(name);
	}
	names.delete('followthrough');
	return Object.fromEntries([...names].map(name => [name, versions[name]]));
}

function exampleFiles() {
	return readdirSync(join(root, 'examples')).filter(file => file.endsWith('.ts'));
}

/** To plain JavaScript of 2022: `await using` is written out, which Node 20 and 22 don't know. */
async function compileExamples() {
	const compilerOptions = {
		target: 'es2022',
		lib: ['es2023', 'esnext.disposable'],
		module: 'nodenext',
		types: ['node'],
		strict: true,
		rewriteRelativeImportExtensions: true,
	};
	writeFileSync(
		join(project, 'tsconfig.json'),
		JSON.stringify({compilerOptions, include: ['examples']}),
	);
	await execute(process.execPath, ['node_modules/typescript/bin/tsc'], {cwd: project});
}

async function runExamples({label, program}) {
	const files = exampleFiles().map(file => join('examples', file.replace(/\.ts$/, '.js')));
	const args = ['--test', '--test-reporter=tap', ...files];
	try {
		const {stdout} = await execute(program, args, {cwd: project, timeout: 120_000});
		await tryCommand(program);
		return {ok: true, line: `Node ${label}: ${counts(stdout)}; the command too`, details: ''};
	} catch (error) {
		const details = `${error.stdout ?? ''}${error.stderr ?? error.stack}\n`;
		return {ok: false, line: `Node ${label}: ${counts(error.stdout)}`, details};
	}
}

/** The command that the package brings; each of these ends with 0. */
async function tryCommand(program) {
	const options = {cwd: project, timeout: 120_000};
	// With a client that keeps the rules.
	const client = `fetch(process.argv[1], {method: 'POST', body: 'Ada'})`;
	const url = '{url}/api/v1/users';
	await execute(program, [command, 'check', 'api-move', '--', program, '-e', client, url], options);
	const {stdout} = await execute(program, [command, 'list', '--json'], options);
	await serveAll(program, JSON.parse(stdout).length);
}

/** Has all shipped scenarios served, and stops that once it is told that they are. */
async function serveAll(program, count) {
	const args = [command, 'serve', '--all', '--port', '0', '--ready-fd', '3'];
	const child = spawn(program, args, {cwd: project, stdio: ['ignore', 'pipe', 'pipe', 'pipe']});
	const timer = setTimeout(() => child.kill('SIGKILL'), 120_000);
	const [printed, complained] = [text(child.stdout), text(child.stderr)];
	const ended = once(child, 'close');
	try {
		const ready = JSON.parse((await text(child.stdio[3])) || '{"doubles": []}');
		child.kill('SIGTERM');
		const [code] = await ended;
		if (code === 0 && ready.doubles.length === count) return;
		const reason = `serve --all: ${ready.doubles.length} of ${count} doubles, exit code ${code}\n`;
		throw Object.assign(new Error(reason), {
			stdout: reason + (await printed),
			stderr: await complained,
		});
	} finally {
		clearTimeout(timer);
		child.kill('SIGKILL');
	}
}

function counts(tap) {
	const number = word => new RegExp(`^# ${word} (\\d+)$`, 'm').exec(tap)?.[1] ?? '?';
	return `${number('pass')} passed, ${number('fail')} failed`;
}

function writeManifest(folder, fields) {
	mkdirSync(folder, {recursive: true});
	writeFileSync(
		join(folder, 'package.json'),
		JSON.stringify({name: 'compat', version: '0.0.0', private: true, type: 'module', ...fields}),
	);
}

/** Runs the npm that runs this script, so that no other one is picked up from the path. */
function npm(folder, ...args) {
	const script = process.env.npm_execpath;
	const [program, ...first] = script?.endsWith('.js') ? [process.execPath, script] : ['npm'];
	return execute(program, [...first, ...args, '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: folder,
	});
}
