/** The load, in a process of its own: does one job after another. */
import {type Course, PairConnection} from './load-connection.ts';
import type {Done, Job} from './load-job.ts';

process.once('disconnect', () => process.exit());
process.on('message', async (job: Job) => {
	process.send?.(await run(job));
});

async function run({port, connections, pairs, milliseconds, distinct = false}: Job): Promise<Done> {
	const end = performance.now() + (milliseconds ?? Number.POSITIVE_INFINITY);
	const most = pairs ?? Number.POSITIVE_INFINITY;
	let begun = 0;
	let done = 0;
	let marked = performance.now();
	const tenths: number[] = [];
	const course: Course = {
		port,
		next: () => {
			if (begun >= most || performance.now() >= end) return undefined;
			begun++;
			return distinct ? begun : 1;
		},
		done: () => {
			if (++done % (most / 10) !== 0) return;
			const now = performance.now();
			tenths.push((now - marked) / 1000);
			marked = now;
		},
	};
	const before = process.cpuUsage();
	const began = performance.now();
	const running = Array.from({length: connections}, () => new PairConnection(course).run());
	const outcomes = await Promise.allSettled(running);
	const seconds = (performance.now() - began) / 1000;
	const {user, system} = process.cpuUsage(before);
	const faults = outcomes.flatMap(each =>
		each.status === 'rejected' ? [String(each.reason)] : [],
	);
	return {pairs: done, seconds, cpu: user + system, tenths, faults: faults.slice(0, 3)};
}
