import {fork} from 'node:child_process';
import {once} from 'node:events';
import {setTimeout} from 'node:timers/promises';
import {type Entrant, followthrough, limit} from '../contestants/index.ts';
import {start} from '../contestants/start.ts';
import {writeFileAlone} from '../file-write.ts';
import type {Bench, Measure, Target} from '../measure.ts';
import {uploadFile} from '../paths.ts';
import {median, ratio, spread} from '../statistics.ts';
import type {Upload, Uploaded} from '../upload-client.ts';

const mebibyte = 1024 * 1024;

/** When the redirect is answered. */
const modes = [
	['after', 'after the body'],
	['early', 'before the body'],
	['continue', 'in place of 100'],
] as const;

type Mode = (typeof modes)[number][0];

interface Costs {
	readonly seconds: number[];
	/** Peak memory over that at idle, in MiB. */
	readonly memory: number[];
}

/** A large upload, redirected and replayed. */
export const upload: Measure = {
	id: 'upload',
	run: async bench => {
		const {uploads, uploadSize} = bench.form;
		const costs = new Map<string, Costs>();
		const written: number[] = [];
		for (let round = 1; round <= uploads; round++) {
			for (const [mode] of modes)
				for (const entrant of [followthrough, limit]) {
					bench.say(`upload ${round} of ${uploads} to ${entrant.title}, ${mode}`);
					const {seconds, memory} = await send(entrant, mode, bench);
					const known = costs.get(`${entrant.id} ${mode}`) ?? {seconds: [], memory: []};
					known.seconds.push(seconds);
					known.memory.push(memory);
					costs.set(`${entrant.id} ${mode}`, known);
				}
			written.push(await writeFileAlone(uploadSize));
		}
		const of = ({id}: Entrant, mode: Mode) => costs.get(`${id} ${mode}`);
		const rows = modes.flatMap(([mode, words]) =>
			[followthrough, limit].map(entrant => [
				entrant === limit ? 'plain node:http with SHA-256' : entrant.title,
				words,
				spread(of(entrant, mode)?.seconds ?? []),
				spread(of(entrant, mode)?.memory ?? []),
			]),
		);
		return {
			title: `Upload of ${uploadSize / mebibyte} MiB, redirected and replayed`,
			how: 'A client in another process sends a body of which no two stretches are alike, and follows as curl does: answered early it stops, closes the connection and sends everything to the Location; with Expect it sends no body before 100. Seconds until the 201; a new server process each time, whose peak of resident memory is held against that at idle. In the journal both must be there, linked, and no rule broken. Who records a body writes it once, whatever that takes: the last line has a plain write of as many bytes to a temporary file.',
			columns: ['server', 'redirect', 'seconds', 'MiB over idle'],
			rows: [...rows, ['no server: a file of that size is written', '-', spread(written), '-']],
			targets: targetsOf(mode => of(followthrough, mode), of(limit, 'after')),
			skipped: ['the peers: they keep whole bodies in memory'],
		};
	},
};

/** Milliseconds that an upload may take. */
const patience = 120_000;

async function send(
	entrant: Entrant,
	mode: Mode,
	{form}: Bench,
): Promise<{seconds: number; memory: number}> {
	await using server = await start(entrant, {mode});
	const client = fork(uploadFile, [], {execArgv: ['--disable-warning=ExperimentalWarning']});
	const gone = once(client, 'exit');
	try {
		await setTimeout(200);
		const idle = await server.ask('rss');
		client.send({
			port: server.port,
			size: form.uploadSize,
			expects: mode === 'continue',
		} satisfies Upload);
		const [uploaded]: (Uploaded | undefined)[] = await once(client, 'message', {
			signal: AbortSignal.timeout(patience),
		});
		if (uploaded === undefined || uploaded.fault !== undefined)
			throw new Error(`${entrant.title}, ${mode}: ${uploaded?.fault}`);
		if (mode !== 'after' && uploaded.sentFirst === form.uploadSize && form.name !== 'short')
			throw new Error(`${entrant.title}, ${mode}: all was sent before the answer came.`);
		const memory = ((await server.ask('peak')) - idle) / mebibyte;
		await server.ask('check', 1);
		await server.ask('judge', 1);
		return {seconds: uploaded.seconds, memory};
	} finally {
		client.kill();
		await gone;
	}
}

function targetsOf(mine: (mode: Mode) => Costs | undefined, plain: Costs | undefined): Target[] {
	const after = mine('after');
	if (!after || !plain) return [];
	return [
		{
			what: 'upload, redirected after the body: speed',
			value: ratio(plain.seconds, after.seconds),
			sense: 'at least',
			limit: 0.6,
			unit: 'x a server that hashes and keeps nothing',
		},
		...modes.map(
			([mode, words]): Target => ({
				what: `upload, redirected ${words}: peak memory over idle`,
				value: median(mine(mode)?.memory ?? []),
				sense: 'at most',
				limit: 60,
				unit: 'MiB',
			}),
		),
		...modes.slice(1).map(
			([mode, words]): Target => ({
				what: `upload, redirected ${words}: speed`,
				value: ratio(after.seconds, mine(mode)?.seconds ?? []),
				sense: 'at least',
				limit: 1.5,
				unit: 'x redirected after the body',
			}),
		),
	];
}
