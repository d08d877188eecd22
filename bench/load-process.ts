import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import type {Done, Job} from './load-job.ts';
import {loadFile} from './paths.ts';

/** The load as the bench uses it: one process for all measures, warm after its first job. */
export class Load implements AsyncDisposable {
	readonly #child: ChildProcess = fork(loadFile, [], {
		execArgv: ['--disable-warning=ExperimentalWarning'],
	});

	/** @throws Error when an answer was wrong, or a connection was lost */
	async run(job: Job): Promise<Done> {
		const gone = new AbortController();
		const leave = () => gone.abort(new Error('The load has ended by itself.'));
		this.#child.once('exit', leave);
		try {
			this.#child.send(job);
			const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(patienceFor(job))]);
			const [done]: (Done | undefined)[] = await once(this.#child, 'message', {signal});
			if (done === undefined) throw new Error('The load said nothing.');
			if (done.faults.length > 0) throw new Error(done.faults.join('\n'));
			return done;
		} finally {
			this.#child.off('exit', leave);
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		if (this.#child.exitCode !== null) return;
		const gone = once(this.#child, 'exit');
		this.#child.disconnect();
		await gone;
	}
}

/** Milliseconds that a job may take: no server takes ten for a pair, but a JVM that starts. */
function patienceFor({pairs = 0, milliseconds = 0}: Job): number {
	return 60_000 + milliseconds + pairs * 10;
}
