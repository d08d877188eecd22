import {bareKoa, type Entrant, followthrough, peers} from '../contestants/index.ts';
import {startAll, stopAll} from '../contestants/start.ts';
import type {Bench, Measure, Target} from '../measure.ts';
import {shown} from '../statistics.ts';

/** How long it takes to say what became of all redirects. */
export const verdict: Measure = {
	id: 'verdict',
	run: async bench => {
		const {verdictHops, peerHops} = bench.form;
		const milliseconds = new Map<string, number[]>();
		const skipped: string[] = [];
		for (const entrant of [followthrough, bareKoa, ...peers]) {
			const most = peers.includes(entrant) ? peerHops : Number.POSITIVE_INFINITY;
			const counts = verdictHops.filter(count => count <= most);
			const times = await judgedBy(entrant, counts, bench);
			if (typeof times === 'string') skipped.push(times);
			else milliseconds.set(entrant.title, times);
		}
		return {
			title: 'Verdict over many hops',
			how: 'Milliseconds from the question to the answer, the first time that it is asked; what holds of every pair must come out. Of bare Koa it is a scan of its array for equal requests in the same process; of the peers the journal is fetched by their own API and scanned so.',
			columns: ['server', ...verdictHops.map(count => `ms, ${shown(count)} hops`)],
			rows: [...milliseconds].map(([title, times]) => [
				title,
				...verdictHops.map((_, index) => shown(times[index] ?? Number.NaN)),
			]),
			targets: targetsOf(verdictHops, milliseconds.get(followthrough.title) ?? []),
			skipped,
		};
	},
};

/** Milliseconds for each count; a word on why it was skipped, when it can't be started. */
async function judgedBy(
	entrant: Entrant,
	counts: readonly number[],
	{load, say}: Bench,
): Promise<number[] | string> {
	if (counts.length === 0) return `${entrant.title}: asked in longer forms only`;
	const times: number[] = [];
	const nodeArguments = ['--max-old-space-size=12000'];
	for (const pairs of counts) {
		const {running, skipped} = await startAll([entrant], {nodeArguments});
		try {
			const [server] = running;
			if (server === undefined) return skipped.join();
			say(`${pairs} hops of ${entrant.title}`);
			// One connection at a time keeps the order that a scan of an array relies on.
			await load.run({port: server.port, connections: peers.includes(entrant) ? 1 : 16, pairs});
			await server.ask('check', pairs);
			times.push(await server.ask('judge', pairs));
		} finally {
			await stopAll(running);
		}
	}
	return times;
}

function targetsOf(counts: readonly number[], times: readonly number[]): Target[] {
	const targets: Target[] = [];
	for (const [index, count] of counts.entries()) {
		const value = times[index] ?? Number.NaN;
		const before = counts[index - 1];
		if (count === 100_000)
			targets.push({
				what: 'verdict over 100 000 hops',
				value,
				sense: 'at most',
				limit: 100,
				unit: 'ms',
			});
		if (before !== undefined)
			targets.push({
				what: `verdict for each hop, ${shown(count)} hops against ${shown(before)}`,
				value: value / count / ((times[index - 1] ?? Number.NaN) / before),
				sense: 'at most',
				limit: 1.5,
				unit: 'x (1 is linear)',
			});
	}
	return targets;
}
