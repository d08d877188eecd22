import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import type {Doors, Health} from './program.ts';

/** The process that program.ts is, from outside. */
export class FuzzedDoubles {
	readonly doors: Doors;
	readonly #process: ChildProcess;
	#output = '';

	private constructor(process: ChildProcess, doors: Doors) {
		this.#process = process;
		this.doors = doors;
		for (const stream of [process.stdout, process.stderr])
			stream?.on('data', (piece: Buffer) => {
				this.#output += piece.toString();
			});
	}

	static async start(): Promise<FuzzedDoubles> {
		const process = fork(fileURLToPath(new URL('program.ts', import.meta.url)), {
			execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
			silent: true,
		});
		return new FuzzedDoubles(process, await answerOf(process));
	}

	/** Whether the process has ended. */
	get isGone(): boolean {
		return this.#process.exitCode !== null || this.#process.signalCode !== null;
	}

	/** What the process has printed, and whether it has ended; empty when all is well. */
	get complaint(): string {
		const {exitCode, signalCode} = this.#process;
		const ending = this.isGone ? `The process ended (${exitCode ?? signalCode}). ` : '';
		return this.#output === '' ? ending : `${ending}It printed: ${this.#output}`;
	}

	/** Waits until the doubles have noticed that their clients have left, and empties their journals. */
	async health(): Promise<Health> {
		this.#process.send('health');
		return answerOf(this.#process);
	}

	/** Closes the doubles; the process then has nothing left to do, and ends by itself. */
	async close(): Promise<void> {
		if (this.isGone) return;
		const exited = once(this.#process, 'exit');
		this.#process.send('close');
		await exited;
	}

	/** For a process that no longer does what it is told. */
	kill(): void {
		this.#process.kill('SIGKILL');
	}
}

/** The next message, or the process's end as an error. */
async function answerOf<Answer>(process: ChildProcess): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const ended = () => reject(new Error('The process with the doubles has ended.'));
		process.once('exit', ended);
		process.once('message', (answer: Answer) => {
			process.off('exit', ended);
			resolve(answer);
		});
	});
}
