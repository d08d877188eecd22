/**
 * Does what the Dockerfile says without Docker, in a folder that stands for the image's root: packs the
 * package, installs it, starts the server, asks for its health, and ends it with SIGTERM.
 */
import {type ChildProcess, execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {readDockerfile} from '../test/helpers/dockerfile.ts';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const image = readDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8'));
const workplace = mkdtempSync(join(tmpdir(), 'followthrough-container-'));
const context = join(workplace, 'context');
const files = join(workplace, 'root');
const mostAttempts = 100;

try {
	await pack();
	await copy();
	for (const command of image.commands) await execute('sh', ['-c', inside(command)]);
	await serve();
	process.stdout.write('The commands of the Dockerfile work: installed, healthy, ended.\n');
} catch (error) {
	const {message, stdout = '', stderr = ''} = Object(error);
	process.stderr.write(`${message}\n${stdout}${stderr}`);
	process.exitCode = 1;
} finally {
	rmSync(workplace, {recursive: true, force: true});
}

async function pack(): Promise<void> {
	mkdirSync(context);
	await execute(process.execPath, [join(root, 'scripts/build.mjs')]);
	await execute('npm', ['pack', '--ignore-scripts', '--pack-destination', context], {cwd: root});
}

/** The shell's patterns are those of COPY. */
async function copy(): Promise<void> {
	for (const {source, target} of image.copied) {
		const folder = inside(target);
		mkdirSync(folder, {recursive: true});
		await execute('sh', ['-c', `cp -R ${source} ${folder}`], {cwd: context});
	}
}

/** A command with its absolute paths moved into the folder that stands for the image's root. */
function inside(command: string): string {
	return command.replace(/(?<![\w.])\/(?=\w)/g, `${files}/`);
}

async function serve(): Promise<void> {
	const port = await freePort();
	const moved = (word: string) => word.replaceAll(image.ports[0] ?? '', String(port));
	const env = {
		...process.env,
		PATH: `${join(files, image.path)}${delimiter}${process.env['PATH']}`,
	};
	const [program = '', ...words] = [...image.entrypoint, ...image.command].map(moved);
	const server = spawn(program, words, {
		cwd: workplace,
		env,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	const ended = once(server, 'exit');
	try {
		await healthy(server, image.healthcheck.map(moved), env);
	} finally {
		server.kill('SIGTERM');
	}
	const [code] = await ended;
	if (code !== 0) throw new Error(`The server ended with ${code} at SIGTERM, not with 0.`);
}

/** Asks as often as Docker would, and sooner. */
async function healthy(
	server: ChildProcess,
	[program = '', ...words]: readonly string[],
	env: NodeJS.ProcessEnv,
): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		try {
			await execute(program, words, {env});
			return;
		} catch (error) {
			if (server.exitCode !== null || attempt === mostAttempts) throw error;
		}
		await setTimeout(100);
	}
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	if (address === null || typeof address === 'string') throw new Error('There is no free port.');
	return address.port;
}
