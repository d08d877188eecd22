import {everybody, limit} from '../contestants/index.ts';
import {startAll, stopAll} from '../contestants/start.ts';
import type {Measure} from '../measure.ts';
import {shown} from '../statistics.ts';

/** What a recorded request keeps in memory. */
export const memory: Measure = {
	id: 'memory',
	run: async ({form, load, say}) => {
		const recording = everybody.filter(entrant => entrant !== limit);
		const pairs = form.memoryRequests / 2;
		const {running, skipped} = await startAll(recording, {nodeArguments: ['--expose-gc']});
		const figures = new Map<string, {equal: number; distinct: number}>();
		try {
			for (const server of running) {
				const {id, title} = server.entrant;
				const kept = async (distinct: boolean) => {
					say(`${form.memoryRequests} requests to ${title}, ${distinct ? 'distinct' : 'equal'}`);
					const job = {port: server.port, connections: 16, distinct};
					const warmUp = await load.run({...job, pairs: 500});
					const before = await server.ask('heap');
					const done = await load.run({...job, pairs});
					const after = await server.ask('heap');
					await server.ask('check', warmUp.pairs + done.pairs);
					await server.ask('reset');
					return (after - before) / (2 * done.pairs);
				};
				figures.set(id, {equal: await kept(false), distinct: await kept(true)});
			}
		} finally {
			await stopAll(running);
		}
		const of = (id: string) => figures.get(id)?.equal ?? Number.NaN;
		return {
			title: 'Memory kept per recorded request',
			how: `Heap and external memory after collection, before and after ${shown(form.memoryRequests)} requests, divided by their number; of WireMock the live objects of its JVM. Equal clients send equal bytes; distinct ones a body of their own in each pair.`,
			columns: ['server', 'bytes, equal clients', 'bytes, distinct bodies'],
			rows: running.map(({entrant: {id, title}}) => {
				const {equal, distinct} = figures.get(id) ?? {equal: Number.NaN, distinct: Number.NaN};
				return [title, shown(equal), shown(distinct)];
			}),
			targets: [
				{
					what: 'memory kept per recorded request, equal clients',
					value: of('followthrough'),
					sense: 'at most',
					limit: 400,
					unit: 'bytes',
				},
			],
			skipped,
			bars: {
				title: 'Bytes kept per recorded request',
				better: 'less',
				bars: running.map(({entrant: {id, title}}) => ({name: title, value: of(id)})),
			},
		};
	},
};
