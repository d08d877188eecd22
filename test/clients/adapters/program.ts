import {type ChildProcess, spawn} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Readable} from 'node:stream';
import {text} from 'node:stream/consumers';
import {type ClientAdapter, FollowthroughError} from '../../../src/index.ts';

/** A program and its parameters. */
export type Command = readonly [program: string, ...parameters: string[]];

/**
 * A client that is a program, which keeps to programs/contract.md: it is started for each call, and so
 * remembers nothing from one to the next.
 *
 * @param variables added to the environment
 */
export function programAdapter(
	[program, ...parameters]: Command,
	variables: Readonly<Record<string, string>> = {},
): ClientAdapter {
	return async ({method, url, headers, body, stream, signal}) => {
		const folder = await mkdtemp(join(tmpdir(), 'followthrough-client-'));
		try {
			const headersFile = join(folder, 'headers');
			await writeFile(headersFile, headers.map(([name, value]) => `${name}: ${value}\n`).join(''));
			const bodyFile = join(folder, 'body');
			if (body !== undefined) await writeFile(bodyFile, body);
			const asked = {
				METHOD: method,
				URL: url,
				HEADERS_FILE: headersFile,
				...(body !== undefined && {BODY_FILE: bodyFile}),
				...(stream && {STREAM: '1'}),
			};
			const child = spawn(program, parameters, {
				env: {...withoutProxies(process.env), ...asked, ...variables},
				stdio: ['ignore', 'pipe', 'pipe'],
				// A group of its own, to be ended with all that it has started.
				detached: true,
			});
			if (signal.aborted) endGroup(child);
			signal.addEventListener('abort', () => endGroup(child));
			return {status: await printedStatus(child)};
		} finally {
			await rm(folder, {recursive: true, force: true});
		}
	};
}

/** The machine's own proxies are none of a client's business here. */
function withoutProxies(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(env).filter(([name]) => !/_proxy$/i.test(name)));
}

function endGroup({pid, exitCode, signalCode}: ChildProcess): void {
	if (pid === undefined || exitCode !== null || signalCode !== null) return;
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// It has just ended by itself.
	}
}

type Program = ChildProcess & {readonly stdout: Readable; readonly stderr: Readable};

/** The status that a program prints; rejects with its complaint when it fails. */
async function printedStatus(program: Program): Promise<number> {
	const [status, complaint, ending] = await Promise.all([
		text(program.stdout),
		text(program.stderr),
		new Promise<string>((resolve, reject) => {
			program.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
			program.once('error', reject);
		}),
	]);
	const words = complaint.trim();
	if (ending.startsWith('SIG'))
		throw new FollowthroughError('CLIENT_CRASHED', `ended by ${ending}${words && `: ${words}`}`);
	if (ending !== 'exit code 0') throw new Error(words || ending);
	return Number(status);
}
