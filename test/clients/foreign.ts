import {spawnSync} from 'node:child_process';
import type {ExecutionContext} from 'ava';
import type {Command} from '../../src/cli/child.ts';
import {programAdapter} from '../../src/cli/program-adapter.ts';
import * as programs from './adapters/programs.ts';
import {type RealRequest, realClient} from './real/client.ts';

/** A client of another language, as tests drive it. */
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

export const foreignClients: readonly ForeignClient[] = [
	{...programs.curl, probe: ['curl', '--version']},
	{...programs.wget, probe: ['wget', '--version']},
	{...programs.requests, name: "Python's requests", probe: [python, '-c', 'import requests']},
	{...programs.httpx, name: "Python's httpx", probe: [python, '-c', 'import httpx, h2']},
	{...programs.go, name: "Go's net/http", probe: ['go', 'version']},
	{...programs.java, name: "Java's HttpClient", probe: ['javac', '-version']},
];

/**
 * Whether a test that drives a foreign client, or another program, has to stop here: the machine lacks
 * it. It says so; where the gate runs, which installs all of them, it fails.
 */
export function lacks(
	t: ExecutionContext,
	{name, probe: [command, ...parameters]}: Pick<ForeignClient, 'name' | 'probe'>,
): boolean {
	if (spawnSync(command, parameters).status === 0) return false;
	t.log(`${name} is not on this machine, so nothing was tested.`);
	t.falsy(process.env['CI'], `${name} is missing, although .ci/run installs it`);
	return true;
}

/** Sends one request; resolves with the status of the final response, rejects when the client gave up. */
export async function send(
	client: ForeignClient,
	request: RealRequest,
	{env = {}, http2 = false}: Circumstances = {},
): Promise<number> {
	// Go's client offers HTTP/2 by itself.
	const version = http2 ? {HTTP2: '1'} : {GODEBUG: 'http2client=0'};
	const adapter = programAdapter(client.command(), {...version, ...env});
	return realClient(client.name, adapter).send(request);
}
