import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {freePort, freePortPair} from '../contestants/listening.ts';
import {imposter} from '../contestants/mountebank-imposter.mjs';
import {wiremockArguments, writeMappings} from '../contestants/wiremock-mappings.mjs';
import type {Measure} from '../measure.ts';
import {builtServe, peerFolder, startFile} from '../paths.ts';
import {median, ratio, spread} from '../statistics.ts';
import {bodyOf, firstPath, scenario, secondPath} from '../task.ts';

interface Starter {
	readonly title: string;
	/** What must be there. */
	readonly needs: string;
	/** Command and arguments of a server on a port. */
	command(port: number, folder: string): Promise<readonly string[]>;
}

const node = process.execPath;
const mountebank = join(peerFolder, '@mbtest', 'mountebank', 'bin', 'mb');

const starters: readonly Starter[] = [
	{
		title: 'Followthrough',
		needs: builtServe,
		command: async (port, folder) => {
			const file = join(folder, 'users-move.json');
			writeFileSync(file, JSON.stringify(scenario));
			return [node, builtServe, '--port', String(port - 1), file];
		},
	},
	{
		title: 'bare Koa',
		needs: startFile('koa-process'),
		command: async port => [node, startFile('koa-process'), String(port)],
	},
	{
		title: 'mockttp',
		needs: join(peerFolder, 'mockttp'),
		command: async port => [node, startFile('mockttp-process'), String(port)],
	},
	{
		title: 'mountebank',
		needs: mountebank,
		command: async (port, folder) => {
			const file = join(folder, 'imposters.json');
			writeFileSync(file, JSON.stringify({imposters: [imposter(port)]}));
			const quiet = ['--nologfile', '--loglevel', 'error', '--pidfile', join(folder, 'mb.pid')];
			const admin = ['--port', String(await freePort()), '--host', '127.0.0.1'];
			return [node, mountebank, ...admin, '--configfile', file, ...quiet];
		},
	},
	{
		title: 'WireMock',
		needs: join(peerFolder, 'wiremock'),
		command: async (port, folder) => {
			writeMappings(folder);
			return ['java', ...wiremockArguments(join(peerFolder, 'wiremock'), folder, port)];
		},
	},
];

/** From the start of a process to its first redirect. */
export const processStart: Measure = {
	id: 'process-start',
	run: async ({form, say}) => {
		const found = new Map<string, number[]>();
		const skipped: string[] = [];
		const present = starters.filter(({needs, title}) => {
			if (!existsSync(needs)) skipped.push(`${title}: ${needs} is not there`);
			return existsSync(needs);
		});
		for (let round = 0; round <= form.starts; round++) {
			say(`start ${round} of ${form.starts}`);
			for (const starter of present) {
				const milliseconds = await startOnce(starter);
				if (milliseconds === undefined) {
					if (starter === starters[0] || starter === starters[1])
						throw new Error(`${starter.title} did not start.`);
					if (round === 0) skipped.push(`${starter.title}: it does not start here`);
				} else if (round > 0)
					found.set(starter.title, [...(found.get(starter.title) ?? []), milliseconds]);
				// The first round fills the caches of the file system, and counts for nothing.
			}
		}
		const of = (title: string) => found.get(title) ?? [];
		return {
			title: 'Process start to first 307',
			how: 'Milliseconds from spawning the process until a 307 came on a new connection, which is tried again every 2 ms. Of Followthrough it is `serve` with one scenario file.',
			columns: ['server', 'ms'],
			rows: [...found].map(([title, times]) => [title, spread(times)]),
			targets: [
				{
					what: 'process start to first 307',
					value: ratio(of('Followthrough'), of('bare Koa')),
					sense: 'at most',
					limit: 1.3,
					unit: 'x bare Koa',
				},
			],
			skipped,
			bars: {
				title: 'Process start to first 307, in ms',
				better: 'less',
				bars: [...found].map(([name, times]) => ({name, value: median(times)})),
			},
		};
	},
};

async function startOnce({command}: Starter): Promise<number | undefined> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
	// The API of Followthrough is at the one before.
	const port = (await freePortPair()) + 1;
	const [program = node, ...rest] = await command(port, folder);
	const began = performance.now();
	const child = spawn(program, rest, {stdio: 'ignore'});
	const gone = once(child, 'exit').catch(() => undefined);
	try {
		return (await redirected(port, child)) ? performance.now() - began : undefined;
	} finally {
		child.kill('SIGKILL');
		await gone;
		rmSync(folder, {recursive: true, force: true});
	}
}

async function redirected(port: number, child: ChildProcess): Promise<boolean> {
	const end = performance.now() + 20_000;
	while (child.exitCode === null && child.pid !== undefined && performance.now() < end) {
		if (await asked(port)) return true;
		await setTimeout(2);
	}
	return false;
}

/** Whether a 307 comes on a new connection. */
function asked(port: number): Promise<boolean> {
	return new Promise(resolve => {
		const socket = connect(port, '127.0.0.1');
		let came = '';
		const end = (good: boolean) => {
			socket.destroy();
			resolve(good);
		};
		socket.once('error', () => end(false)).once('close', () => end(false));
		socket.setEncoding('latin1').on('data', text => {
			came += text;
			if (came.includes('\r\n\r\n'))
				end(came.startsWith('HTTP/1.1 307') && came.includes(secondPath));
		});
		const body = bodyOf(1);
		socket.write(
			`POST ${firstPath} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
		);
	});
}
