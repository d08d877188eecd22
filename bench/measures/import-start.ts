import {fork} from 'node:child_process';
import {once} from 'node:events';
import type {Measure} from '../measure.ts';
import {startFile} from '../paths.ts';
import {median, ratio, spread} from '../statistics.ts';

/** What a start inside a process takes, in milliseconds. */
interface Started {
	readonly load: number;
	readonly start: number;
	readonly first: number;
	readonly all: number;
	readonly further: number;
}

const contestants = [
	['followthrough', 'Followthrough'],
	['bare-koa', 'bare Koa'],
	['msw', 'msw'],
	['nock', 'nock'],
	['mockttp', 'mockttp'],
	['mountebank', 'mountebank'],
] as const;

/** Import, start and first redirect in a fresh process. */
export const importStart: Measure = {
	id: 'import-start',
	run: async ({form, say}) => {
		const found = new Map<string, Started[]>(contestants.map(([id]) => [id, []]));
		const skipped: string[] = [];
		for (let round = 0; round <= form.starts; round++) {
			say(`start ${round} of ${form.starts}`);
			for (const [id, title] of contestants) {
				const started = await startOnce(id);
				if (started === undefined) {
					if (id === 'followthrough' || id === 'bare-koa')
						throw new Error(`${title} did not start.`);
					if (round === 0) skipped.push(`${title}: it is not installed, or does not start here`);
				} else if (round > 0) found.get(id)?.push(started);
				// The first round fills the caches of the file system, and counts for nothing.
			}
		}
		const of = (id: string, part: keyof Started) => (found.get(id) ?? []).map(each => each[part]);
		const parts = ['load', 'start', 'first', 'all', 'further'] as const;
		return {
			title: 'Import, start and first 307 inside a process',
			how: 'In a fresh process each time, with node:http as the client, which is loaded before: milliseconds for the import, for the start, for the first 307, and all three together; then of twenty further starts the median. msw and nock open no port: they answer inside the client.',
			columns: ['', 'import', 'start', 'first 307', 'together', 'a further start'],
			rows: contestants
				.filter(([id]) => of(id, 'all').length > 0)
				.map(([id, title]) => [title, ...parts.map(part => spread(of(id, part)))]),
			targets: [
				{
					what: 'import, start and first 307 inside a process',
					value: ratio(of('followthrough', 'all'), of('bare-koa', 'all')),
					sense: 'at most',
					limit: 1.4,
					unit: 'x bare Koa',
				},
				{
					what: 'a further double',
					value: median(of('followthrough', 'further')),
					sense: 'under',
					limit: 1,
					unit: 'ms',
				},
			],
			skipped,
			bars: {
				title: 'Import, start and first 307, in ms',
				better: 'less',
				bars: contestants
					.filter(([id]) => of(id, 'all').length > 0)
					.map(([id, title]) => ({name: title, value: median(of(id, 'all'))})),
			},
		};
	},
};

async function startOnce(id: string): Promise<Started | undefined> {
	const child = fork(startFile(id), [], {stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: []});
	const gone = once(child, 'exit');
	let started: Started | undefined;
	child.once('message', (told: Started) => {
		started = told;
	});
	child.stderr?.resume();
	const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
	await gone;
	clearTimeout(timer);
	return started;
}
