import {everybody, singleProcess} from '../contestants/index.ts';
import {type Running, startAll, stopAll} from '../contestants/start.ts';
import type {Bench, Measure, Result, Target} from '../measure.ts';
import {median, ratio, spread} from '../statistics.ts';

/** What one contestant did at one number of connections, a value for each round. */
interface Turns {
	readonly perSecond: number[];
	/** Microseconds of processor time of the server for each pair. */
	readonly cpu: number[];
}

const concurrency = [16, 64];

/** Redirect pairs per second, and what each costs the server. */
export const pairs: Measure = {
	id: 'pairs',
	run: async bench => {
		const {running, skipped} = await startAll(everybody);
		try {
			const turns = new Map(concurrency.map(connections => [connections, noTurns(running)]));
			for (const connections of concurrency)
				for (const each of running) await turn(each, connections, bench.form.warmUp, bench);
			for (let round = 1; round <= bench.form.rounds; round++) {
				bench.say(`round ${round} of ${bench.form.rounds}`);
				for (const [connections, byName] of turns)
					for (const each of alternating(running, round)) {
						const {perSecond, cpu} = await turn(each, connections, bench.form.turn, bench);
						byName.get(each.entrant.id)?.perSecond.push(perSecond);
						byName.get(each.entrant.id)?.cpu.push(cpu);
					}
			}
			return resultOf(turns, running, skipped);
		} finally {
			await stopAll(running);
		}
	},
};

function noTurns(running: readonly Running[]): Map<string, Turns> {
	return new Map(running.map(({entrant}) => [entrant.id, {perSecond: [], cpu: []}]));
}

/** Every other round goes the other way, so that nobody always comes behind the same. */
function alternating(running: readonly Running[], round: number): readonly Running[] {
	return round % 2 === 0 ? running.toReversed() : running;
}

async function turn(
	each: Running,
	connections: number,
	milliseconds: number,
	{load}: Bench,
): Promise<{perSecond: number; cpu: number}> {
	const before = await each.ask('cpu');
	const {pairs, seconds} = await load.run({port: each.port, connections, milliseconds});
	const cpu = ((await each.ask('cpu')) - before) / pairs;
	await each.ask('check', pairs);
	await each.ask('reset');
	return {perSecond: pairs / seconds, cpu};
}

function resultOf(
	turns: ReadonlyMap<number, ReadonlyMap<string, Turns>>,
	running: readonly Running[],
	skipped: readonly string[],
): Result {
	const cells = (id: string) =>
		[...turns.values()].flatMap(byName => {
			const mine = byName.get(id);
			return mine ? [spread(mine.perSecond), spread(mine.cpu)] : ['-', '-'];
		});
	return {
		title: 'Redirect pairs under load',
		how: 'Each connection sends a POST of 200 bytes of JSON, reads the 307, sends it again to the Location, and reads the 201; kept alive, from another process, with equal bytes for all. After each turn the journal must hold every request, linked and whole; then it is emptied. CPU is the processor time of the server.',
		columns: [
			'server',
			...concurrency.flatMap(count => [`pairs/s, ${count} connections`, `CPU us/pair, ${count}`]),
		],
		rows: running.map(({entrant}) => [entrant.title, ...cells(entrant.id)]),
		targets: [...turns].flatMap(([connections, byName]) => targetsOf(connections, byName)),
		skipped,
		bars: {
			title: 'Redirect pairs per second, 64 connections',
			better: 'more',
			bars: running.map(({entrant}) => ({
				name: entrant.title,
				value: median(turns.get(64)?.get(entrant.id)?.perSecond ?? []),
			})),
		},
	};
}

function targetsOf(connections: number, byName: ReadonlyMap<string, Turns>): Target[] {
	const mine = byName.get('followthrough');
	const against = (
		what: string,
		facts: keyof Turns,
		id: string | undefined,
		goal: Pick<Target, 'sense' | 'limit' | 'unit'>,
	): Target[] => {
		const theirs = id === undefined ? undefined : byName.get(id);
		if (!mine || !theirs) return [];
		const value = ratio(mine[facts], theirs[facts]);
		return [{what: `${what}, ${connections} connections`, value, ...goal}];
	};
	const best = [...byName]
		.filter(([id]) => singleProcess.includes(id))
		.sort(([, a], [, b]) => median(b.perSecond) - median(a.perSecond))[0]?.[0];
	const rate = 'pairs per second';
	return [
		...against(rate, 'perSecond', 'bare-koa', {sense: 'at least', limit: 0.9, unit: 'x bare Koa'}),
		...against(rate, 'perSecond', 'plain-node', {
			sense: 'at least',
			limit: 0.6,
			unit: 'x the limit',
		}),
		...against(rate, 'perSecond', best, {sense: 'at least', limit: 2.5, unit: `x ${best}`}),
		...against('server CPU per pair', 'cpu', 'bare-koa', {
			sense: 'at most',
			limit: 1.2,
			unit: 'x bare Koa',
		}),
	];
}
