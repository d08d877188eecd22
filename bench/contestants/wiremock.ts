/** WireMock on a JVM of its own, from the jar in its npm package. */
import {execFile, execFileSync, spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {promisify} from 'node:util';
import {serve, Unavailable} from './child.ts';
import {freePort} from './listening.ts';
import {folderOf, versionOf} from './peer.ts';
import {wiremockArguments, writeMappings} from './wiremock-mappings.mjs';

interface Recorded {
	readonly request: {
		readonly url: string;
		readonly method: string;
		readonly headers: Readonly<Record<string, string>>;
		readonly bodyAsBase64: string;
	};
}

await serve(async () => {
	const version = versionOf('wiremock');
	wantJava();
	const folder = mkdtempSync(join(tmpdir(), 'bench-wiremock-'));
	writeMappings(folder);
	const port = await freePort();
	const java = spawn('java', wiremockArguments(folderOf('wiremock'), folder, port), {
		stdio: 'ignore',
	});
	const stop = () => {
		java.kill('SIGKILL');
		rmSync(folder, {recursive: true, force: true});
	};
	const admin = `http://127.0.0.1:${port}/__admin`;
	await untilReady(`${admin}/mappings`);
	const pid = java.pid ?? 0;
	return {
		port,
		version,
		stop,
		outside: {cpu: () => cpuOf(pid), heap: () => liveBytesOf(pid)},
		recorded: async () => {
			const {meta}: {meta: {total: number}} = await journal(`${admin}/requests?limit=1`);
			return meta.total;
		},
		reset: async () => {
			await (await fetch(`${admin}/requests`, {method: 'DELETE'})).arrayBuffer();
		},
		judge: async () => {
			const {requests}: {requests: Recorded[]} = await journal(`${admin}/requests`);
			return pairsOf(requests.reverse());
		},
	};
});

async function journal(url: string): Promise<{meta: {total: number}; requests: Recorded[]}> {
	return JSON.parse(await (await fetch(url)).text());
}

function wantJava(): void {
	try {
		execFileSync('java', ['-version'], {stdio: 'ignore'});
	} catch {
		throw new Unavailable('there is no Java here');
	}
}

async function untilReady(url: string): Promise<void> {
	for (let attempt = 0; attempt < 300; attempt++) {
		const response = await fetch(url).catch(() => undefined);
		await response?.arrayBuffer();
		if (response?.ok) return;
		await setTimeout(100);
	}
	throw new Error('WireMock did not come up within 30 seconds.');
}

/** Linux tells it in ticks of 10 ms. */
function cpuOf(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/** A histogram of live objects collects first; its last line is the sum. */
async function liveBytesOf(pid: number): Promise<number> {
	const {stdout} = await promisify(execFile)('jcmd', [String(pid), 'GC.class_histogram'], {
		maxBuffer: 64 * 1024 * 1024,
	});
	const total = /^Total\s+\d+\s+(\d+)/m.exec(stdout)?.[1];
	if (total === undefined) throw new Error('The JVM told no histogram.');
	return Number(total);
}

function pairsOf(requests: readonly Recorded[]): number {
	const waiting: Recorded[] = [];
	let good = 0;
	for (const each of requests) {
		const first = each.request.url.includes('v1') ? undefined : waiting.shift();
		if (each.request.url.includes('v1')) waiting.push(each);
		else if (first && isSame(first, each)) good++;
	}
	return good;
}

function isSame({request: one}: Recorded, {request: other}: Recorded): boolean {
	if (one.method !== other.method || one.bodyAsBase64 !== other.bodyAsBase64) return false;
	return Object.keys(one.headers).every(name => one.headers[name] === other.headers[name]);
}
