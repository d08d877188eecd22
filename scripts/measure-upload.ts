/**
 * Uploads a file with curl to a double that redirects it, and measures what that costs:
 *
 *     node scripts/measure-upload.ts [MiB, 4096 unless told] [--bare]
 *
 * curl sends the file (`-T`), gets a 307, and sends it again to the target. Printed are the seconds and
 * the throughput of both transfers together, the peak of the double's memory over what it has when
 * idle, the most that its temporary files ever held, and its verdict. With `--bare`, the same is sent
 * to a server that only hashes what comes, as a measure of what the machine can do. It wants curl on
 * the PATH, and in the folder for temporary files room for the file and once more for the body.
 */
import {type ChildProcess, fork, spawn} from 'node:child_process';
import {createHash, randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {
	closeSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readFileSync,
	rmSync,
	writeSync,
} from 'node:fs';
import {readdir, stat} from 'node:fs/promises';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';
import type {ScenarioInput} from '../src/scenario/types.ts';
import {startDouble} from '../src/start-double.ts';

const mebibyte = 1024 * 1024;

/** What two transfers of one file cost, and what came of them. */
export interface UploadCost {
	readonly seconds: number;
	/** Of both transfers, in MiB a second. */
	readonly throughput: number;
	/** The server's peak memory (RSS) over that at idle, in MiB. */
	readonly memory: number;
	/** The most that the server's temporary files held at any look, in bytes. */
	readonly onDisk: number;
	/** The bodies that the double recorded, and the ids of the rules that were broken. */
	readonly recorded: Recorded;
	/** The file's SHA-256. */
	readonly sha256: string;
}

interface Recorded {
	readonly bodies: readonly {
		readonly size: number;
		readonly kept: number;
		readonly sha256: string;
	}[];
	readonly broken: readonly string[];
}

type Kind = 'double' | 'bare';

/** Sends a file of so many bytes through a redirect. */
export async function measureUpload(size: number, kind: Kind = 'double'): Promise<UploadCost> {
	const folder = mkdtempSync(join(tmpdir(), 'measure-upload-'));
	const temporary = join(folder, 'temporary');
	mkdirSync(temporary);
	const server = fork(fileURLToPath(import.meta.url), ['--serve', kind], {
		env: {...process.env, TMPDIR: temporary},
	});
	try {
		const file = join(folder, 'body');
		const sha256 = writeBody(file, size);
		const idle = await heard(server);
		const disk = watchDisk(temporary);
		const began = performance.now();
		await curl(['-sSLf', '-o', join(folder, 'out'), '-H', 'Expect:', '-T', file, `${idle.url}/a`]);
		const seconds = (performance.now() - began) / 1000;
		server.send('report');
		const {memory: peak, recorded} = await heard(server);
		const onDisk = await disk.stop();
		const memory = (peak - idle.memory) / mebibyte;
		return {seconds, throughput: (2 * size) / mebibyte / seconds, memory, onDisk, recorded, sha256};
	} finally {
		server.kill();
		rmSync(folder, {recursive: true, force: true});
	}
}

/** What the server tells when it listens, and when it is asked. */
interface Told {
	readonly url: string;
	/** In bytes: at first what is used, later the peak. */
	readonly memory: number;
	readonly recorded: Recorded;
}

async function heard(server: ChildProcess): Promise<Told> {
	const gone = new AbortController();
	server.once('exit', () => gone.abort(new Error('The server has ended.')));
	const [told]: (Told | undefined)[] = await once(server, 'message', {signal: gone.signal});
	if (told === undefined) throw new Error('The server said nothing.');
	return told;
}

/** Writes a file of which no two stretches are alike; returns its digest. */
function writeBody(path: string, size: number): string {
	const hash = createHash('sha256');
	const file = openSync(path, 'wx');
	const piece = randomBytes(mebibyte);
	for (let offset = 0; offset < size; offset += piece.length) {
		piece.writeDoubleLE(offset);
		const bytes = piece.subarray(0, Math.min(piece.length, size - offset));
		writeSync(file, bytes);
		hash.update(bytes);
	}
	closeSync(file);
	return hash.digest('hex');
}

async function curl(args: readonly string[]): Promise<void> {
	const client = spawn('curl', args, {stdio: ['ignore', 'inherit', 'inherit']});
	const [code] = await once(client, 'close');
	if (code !== 0) throw new Error(`curl ended with ${code}.`);
}

/** Looks again and again how much the files in a folder hold. */
function watchDisk(folder: string): {stop(): Promise<number>} {
	let most = 0;
	let isOver = false;
	const look = async () => {
		const entries = await readdir(folder, {recursive: true, withFileTypes: true});
		const sizes = entries.map(async entry => {
			const found = await stat(join(entry.parentPath, entry.name)).catch(() => undefined);
			return found?.isFile() ? found.size : 0;
		});
		most = Math.max(
			most,
			(await Promise.all(sizes)).reduce((sum, size) => sum + size, 0),
		);
	};
	const watching = (async () => {
		for (; !isOver; await setTimeout(20)) await look();
		await look();
	})();
	return {
		stop: async () => {
			isOver = true;
			await watching;
			return most;
		},
	};
}

const origin = 'https://api.example.test';
const scenario: ScenarioInput = {
	name: 'redirected-upload',
	routes: [
		{request: `PUT ${origin}/a`, response: {status: 307, headers: {Location: `${origin}/b`}}},
		{request: `PUT ${origin}/b`, response: {status: 201}},
	],
};

/** The child: serves, and tells when it is asked. */
async function serve(kind: string | undefined): Promise<void> {
	const {url, recorded} = kind === 'bare' ? await serveBare() : await serveDouble();
	const tell = (memory: number) => process.send?.({url, memory, recorded: recorded()});
	process.on('message', () => tell(peakMemory()));
	tell(process.memoryUsage.rss());
}

/**
 * The most memory that this process had at a time, in bytes. Linux counts into the usual figure what the
 * parent had when it forked (getrusage(2), ru_maxrss), so that it is asked for that of this program alone.
 */
function peakMemory(): number {
	const status = '/proc/self/status';
	const text = existsSync(status) ? readFileSync(status, 'utf8') : '';
	const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(text)?.[1];
	return 1024 * (kibibytes === undefined ? process.resourceUsage().maxRSS : Number(kibibytes));
}

type Served = {url: string; recorded: () => Recorded};

async function serveDouble(): Promise<Served> {
	const double = await startDouble(scenario);
	const recorded = () => ({
		bodies: double.exchanges.map(({request: {body}}) => {
			const {size, kept, sha256} = body;
			return {size, kept, sha256};
		}),
		broken: double.verdict().broken.map(({rule}) => rule),
	});
	return {url: double.url, recorded};
}

/** A server that reads and hashes, and does nothing else. */
async function serveBare(): Promise<Served> {
	const server = createServer((request, response) => {
		const hash = createHash('sha256');
		request.on('data', piece => hash.update(piece));
		request.on('end', () => {
			hash.digest('hex');
			if (request.url === '/a')
				response.writeHead(307, {Location: '/b', 'Content-Length': 0}).end();
			else response.writeHead(201).end();
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' ? address?.port : undefined;
	return {url: `http://127.0.0.1:${port}`, recorded: () => ({bodies: [], broken: []})};
}

function print(
	kind: Kind,
	{seconds, throughput, memory, onDisk, recorded, sha256}: UploadCost,
): void {
	const whole = recorded.bodies.filter(body => body.kept === body.size && body.sha256 === sha256);
	const lines = [
		`${kind}: ${seconds.toFixed(1)} s, ${throughput.toFixed(0)} MiB/s`,
		`memory over idle: ${memory.toFixed(0)} MiB at the peak`,
		...(kind === 'bare'
			? []
			: [
					`temporary files: ${(onDisk / mebibyte).toFixed(0)} MiB at the most`,
					`bodies recorded whole, with the file's SHA-256: ${whole.length} of ${recorded.bodies.length}`,
					`rules broken: ${recorded.broken.join(', ') || 'none'}`,
				]),
	];
	console.log(lines.join('\n'));
}

if (pathToFileURL(process.argv[1] ?? '').href === import.meta.url) {
	const {values, positionals} = parseArgs({
		options: {serve: {type: 'string'}, bare: {type: 'boolean', default: false}},
		allowPositionals: true,
	});
	const kind = values.bare ? 'bare' : 'double';
	if (values.serve !== undefined) await serve(values.serve);
	else print(kind, await measureUpload(Number(positionals[0] ?? 4096) * mebibyte, kind));
}
