import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {ExecutionContext} from 'ava';
import {printedStatus} from '../printed-status.ts';
import type {RealRequest} from '../real/client.ts';

type Command = readonly [string, ...string[]];

/** A client of another language: a program that keeps to contract.md. */
export interface ForeignClient {
	readonly name: string;
	/** Whether it can be told to speak HTTP/2 over TLS. */
	readonly http2: boolean;
	/** A command that succeeds where everything is there that it needs. */
	readonly probe: Command;
	command(): Command;
}

/** How a request is sent. */
export interface Circumstances {
	/** Variables such as those of `double.env()`. */
	readonly env?: Readonly<Record<string, string>>;
	readonly http2?: boolean;
}

// Debian's own, which has Debian's packages; another Python on the PATH has not.
const python = '/usr/bin/python3';
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const shell = (file: string) => (): Command => ['sh', here(file)];
const script = (file: string) => (): Command => [python, here(file)];

export const foreignClients: readonly ForeignClient[] = [
	{name: 'curl', http2: true, probe: ['curl', '--version'], command: shell('curl.sh')},
	{name: 'wget', http2: false, probe: ['wget', '--version'], command: shell('wget.sh')},
	{
		name: "Python's requests",
		http2: false,
		probe: [python, '-c', 'import requests'],
		command: script('requests_client.py'),
	},
	{
		name: "Python's httpx",
		http2: true,
		probe: [python, '-c', 'import httpx, h2'],
		command: script('httpx_client.py'),
	},
	{
		name: "Go's net/http",
		http2: true,
		probe: ['go', 'version'],
		command: built(folder => ({
			build: ['go', 'build', '-o', join(folder, 'net_http'), here('net_http.go')],
			env: {GOCACHE: join(folder, 'cache'), GO111MODULE: 'off'},
			run: [join(folder, 'net_http')],
		})),
	},
	{
		name: "Java's HttpClient",
		http2: true,
		probe: ['javac', '-version'],
		command: built(folder => ({
			build: ['javac', '-d', folder, here('JdkHttpClient.java')],
			run: ['java', '-Xshare:auto', '-XX:TieredStopAtLevel=1', '-cp', folder, 'JdkHttpClient'],
		})),
	},
];

/**
 * Whether a test that drives a foreign client has to stop here: the machine lacks it. It says so;
 * where the gate runs, which installs all of them, it fails.
 */
export function lacks(t: ExecutionContext, {name, probe}: ForeignClient): boolean {
	const [command, ...parameters] = probe;
	if (spawnSync(command, parameters).status === 0) return false;
	t.log(`${name} is not on this machine, so nothing was tested.`);
	t.falsy(process.env['CI'], `${name} is missing, although .ci/run installs it`);
	return true;
}

/** Sends one request; resolves with the status of the final response, rejects when the client gave up. */
export async function send(
	client: ForeignClient,
	{method, url, headers, body}: RealRequest,
	{env = {}, http2 = false}: Circumstances = {},
): Promise<number> {
	const folder = await mkdtemp(join(tmpdir(), 'followthrough-foreign-'));
	try {
		const headersFile = join(folder, 'headers');
		const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`);
		await writeFile(headersFile, lines.join(''));
		const bodyFile = join(folder, 'body');
		if (body !== undefined) await writeFile(bodyFile, body);
		const [command, ...parameters] = client.command();
		const variables = {
			...withoutProxies(process.env),
			METHOD: method,
			URL: url,
			HEADERS_FILE: headersFile,
			...(body !== undefined && {BODY_FILE: bodyFile}),
			// Go's client offers HTTP/2 by itself.
			...(http2 ? {HTTP2: '1'} : {GODEBUG: 'http2client=0'}),
			...env,
		};
		return await printedStatus(
			spawn(command, parameters, {env: variables, stdio: ['ignore', 'pipe', 'pipe']}),
		);
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
}

/** The machine's own proxies are none of a test's business. */
function withoutProxies(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(env).filter(([name]) => !/_proxy$/i.test(name)));
}

/** A program starts faster when it is built before; that is done when the first test wants it. */
function built(make: (folder: string) => {build: Command; env?: NodeJS.ProcessEnv; run: Command}) {
	let program: Command | undefined;
	return (): Command => {
		program ??= build(make);
		return program;
	};
}

function build(make: Parameters<typeof built>[0]): Command {
	const folder = mkdtempSync(join(tmpdir(), 'followthrough-build-'));
	process.once('exit', () => rmSync(folder, {recursive: true, force: true}));
	const {build, env, run} = make(folder);
	const [command, ...parameters] = build;
	const {status, stderr} = spawnSync(command, parameters, {env: {...process.env, ...env}});
	if (status !== 0) throw new Error(`"${build.join(' ')}" failed: ${stderr}`);
	return run;
}
