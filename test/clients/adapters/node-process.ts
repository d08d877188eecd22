import {type ChildProcess, fork} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {type AskedCall, type ClientAnswer, FollowthroughError} from '../../../src/index.ts';
import type {OpenClient} from './known-client.ts';

/**
 * A client for Node in processes of its own, on the Node that it is to run on. Each makes one call at a
 * time, and the calls of a scenario are made by one process, so that the client remembers what it wants.
 *
 * @param node the path of the Node
 * @param module a file of the folder node/
 */
export function nodeProcess(node: string, module: string): OpenClient {
	const idle = new Map<ChildProcess, string>();
	const all = new Set<ChildProcess>();
	const take = (scenario: string) => {
		const [known = start()] =
			[...idle].find(([, last]) => last === scenario) ?? idle.entries().next().value ?? [];
		idle.delete(known);
		return known;
	};
	const start = () => {
		const child = fork(fileOf('answer-calls.mjs'), [`./${module}`], {
			execPath: node,
			execArgv: [],
			stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
		});
		all.add(child);
		// What can't be sent is a process that has ended.
		child.on('error', () => undefined);
		child.once('exit', () => {
			all.delete(child);
			idle.delete(child);
		});
		return child;
	};
	return {
		async adapter(call) {
			const child = take(call.scenario);
			const answer = await answerOf(child, call);
			if (answer.crashed !== undefined)
				throw new FollowthroughError(
					'CLIENT_CRASHED',
					`an error that nobody could catch: ${answer.crashed}`,
				);
			idle.set(child, call.scenario);
			if (answer.failed !== undefined) throw new Error(answer.failed);
			return {status: answer.status ?? 0};
		},
		close: async () => {
			for (const child of all) child.kill();
		},
	};
}

/** What a process says of a call. */
interface Answer extends ClientAnswer {
	readonly failed?: string;
	readonly crashed?: string;
}

function answerOf(child: ChildProcess, {method, url, headers, body, stream, signal}: AskedCall) {
	return new Promise<Answer>(resolve => {
		const giveUp = () => void child.kill('SIGKILL');
		const ended = (code: number | null, kill: NodeJS.Signals | null) => {
			signal.removeEventListener('abort', giveUp);
			resolve({crashed: `its process ended: ${kill ?? code}`});
		};
		child.once('exit', ended);
		child.once('message', message => {
			child.off('exit', ended);
			signal.removeEventListener('abort', giveUp);
			resolve(isAnswer(message) ? message : {failed: 'it says nothing'});
		});
		signal.addEventListener('abort', giveUp);
		const content = body && Buffer.from(body).toString('base64');
		child.send({method, url, fields: headers, body: content, stream});
	});
}

function isAnswer(message: unknown): message is Answer {
	return typeof message === 'object' && message !== null;
}

function fileOf(file: string): string {
	return fileURLToPath(new URL(`../node/${file}`, import.meta.url));
}
