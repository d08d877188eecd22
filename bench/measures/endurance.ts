import {bareKoa, followthrough} from '../contestants/index.ts';
import {start} from '../contestants/start.ts';
import type {Measure} from '../measure.ts';
import {shown} from '../statistics.ts';

/** Whether a journal that grows slows the server down: the last tenth of a long run against the first. */
export const endurance: Measure = {
	id: 'endurance',
	run: async ({form, load, say}) => {
		const count = form.endurancePairs;
		const rows: string[][] = [];
		let value = Number.NaN;
		for (const entrant of [followthrough, bareKoa]) {
			await using server = await start(entrant, {
				nodeArguments: ['--max-old-space-size=12000'],
			});
			const job = {port: server.port, connections: 64};
			await load.run({...job, milliseconds: form.warmUp});
			await server.ask('reset');
			say(`${count} pairs to ${entrant.title}`);
			const {pairs, tenths} = await load.run({...job, pairs: count});
			await server.ask('check', pairs);
			const rates = tenths.map(seconds => count / 10 / seconds);
			const kept = (rates.at(-1) ?? Number.NaN) / (rates[0] ?? Number.NaN);
			if (entrant === followthrough) value = kept;
			rows.push([entrant.title, ...rates.map(shown), kept.toFixed(2)]);
		}
		return {
			title: `Throughput over ${shown(count)} pairs`,
			how: 'Pairs per second in each tenth of one run with 64 connections, after a warm-up; nothing is forgotten on the way.',
			columns: [
				'server',
				...Array.from({length: 10}, (_, tenth) => `tenth ${tenth + 1}`),
				'last / first',
			],
			rows,
			targets: [
				{
					what: `throughput over ${shown(count)} pairs, last tenth against the first`,
					value,
					sense: 'at least',
					limit: 0.95,
					unit: 'x the first tenth',
				},
			],
			skipped: count < 1_000_000 ? ['1 000 000 pairs: sent in the long form only'] : [],
		};
	},
};
