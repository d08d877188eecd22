import {type ChildProcess, spawn} from 'node:child_process';
import {rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Readable} from 'node:stream';
import {text} from 'node:stream/consumers';
import {FollowthroughError} from '../errors.ts';
import type {AskedCall, ClientAdapter, ClientAnswer} from '../grading/client-adapter.ts';
import type {HeaderLines} from '../http/header-lines.ts';
import {makeTemporaryFolder} from '../journal/temporary-folder.ts';
import {type Command, endingInWords, endingOf, signalGroup, started} from './child.ts';

/**
 * A client that is a program, which keeps to the contract in docs/cli.md: it is started for each call,
 * and so remembers nothing from one to the next. When the time of a call is over, it is ended with all
 * that it has started.
 *
 * @param variables added to the environment
 * @returns an adapter that throws NotStarted when there is no such program, and
 *   FollowthroughError FOLDER_UNWRITABLE when its call can't be written down
 */
export function programAdapter(
	command: Command,
	variables: Readonly<Record<string, string>> = {},
): ClientAdapter {
	return async call => {
		const folder = await makeTemporaryFolder('followthrough-client-');
		try {
			const env = {
				...withoutProxies(process.env),
				...(await contractVariables(call, folder)),
				...variables,
			};
			return await answerOf(command, env, call.signal);
		} finally {
			await rm(folder, {recursive: true, force: true});
		}
	};
}

/** The call as the program is told of it; its headers, its body and its trailers are written to files. */
async function contractVariables(
	{method, url, headers, body, stream, trailers}: AskedCall,
	folder: string,
): Promise<Record<string, string>> {
	const headersFile = join(folder, 'headers');
	await writeFile(headersFile, fieldLines(headers));
	const bodyFile = join(folder, 'body');
	if (body !== undefined) await writeFile(bodyFile, body);
	const trailersFile = join(folder, 'trailers');
	if (trailers !== undefined) await writeFile(trailersFile, fieldLines(trailers));
	return {
		METHOD: method,
		URL: url,
		HEADERS_FILE: headersFile,
		...(body !== undefined && {BODY_FILE: bodyFile}),
		...(stream && {STREAM: '1'}),
		...(trailers !== undefined && {TRAILERS_FILE: trailersFile}),
	};
}

function fieldLines(fields: HeaderLines): string {
	return fields.map(([name, value]) => `${name}: ${value}\n`).join('');
}

/** The machine's own proxies are none of a client's business here. */
function withoutProxies(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(env).filter(([name]) => !/_proxy$/i.test(name)));
}

/** Rejects with the program's complaint when it fails. */
async function answerOf(
	command: Command,
	env: NodeJS.ProcessEnv,
	over: AbortSignal,
): Promise<ClientAnswer> {
	const [program, ...parameters] = command;
	const child = started(command, () =>
		spawn(program, parameters, {
			env,
			stdio: ['ignore', 'pipe', 'pipe'],
			// A group of its own, to be ended with all that it has started.
			detached: process.platform !== 'win32',
		}),
	);
	const end = () => signalGroup(child, 'SIGKILL');
	if (over.aborted) end();
	over.addEventListener('abort', end, {once: true});
	try {
		return await answerIn(child, command);
	} finally {
		over.removeEventListener('abort', end);
	}
}

type Program = ChildProcess & {readonly stdout: Readable; readonly stderr: Readable};

async function answerIn(child: Program, command: Command): Promise<ClientAnswer> {
	const [printed, complained, ending] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		endingOf(child, command),
	]);
	const complaint = complained.trim();
	if (ending.signal !== null)
		throw new FollowthroughError(
			'CLIENT_CRASHED',
			`ended by ${ending.signal}${complaint && `: ${complaint}`}`,
		);
	if (ending.code !== 0) throw new Error(complaint || `it ${endingInWords(ending)}`);
	return answerFrom(printed);
}

/** The last line that a program prints is the status of the final response; another is none. */
function answerFrom(printed: string): ClientAnswer {
	const last = printed.trimEnd().split('\n').at(-1)?.trim() ?? '';
	return /^\d{3}$/.test(last) ? {status: Number(last)} : {};
}
