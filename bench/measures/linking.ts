import {createHash} from 'node:crypto';
import {Records} from '../../src/journal/records.ts';
import {type BodySetting, StoredBody} from '../../src/journal/stored-body.ts';
import type {Measure} from '../measure.ts';
import {median, shown} from '../statistics.ts';
import {bodyOf} from '../task.ts';

const origin = 'http://api.example.test';

/** What it costs to find the redirect that a request follows, while many wait. */
export const linking: Measure = {
	id: 'linking',
	run: async ({form}) => {
		const {waiting, followUps, rounds} = form;
		const simulation = simulated();
		const kinds = [
			['distinct requests', true],
			['equal requests', false],
		] as const;
		const counts = [0, waiting];
		const rows: string[][] = [];
		let worst = Number.NaN;
		for (const [name, distinct] of kinds) {
			const found = counts.map(count => {
				simulation(count, followUps, distinct);
				const runs = Array.from({length: rounds}, () => simulation(count, followUps, distinct));
				return {
					followUp: median(runs.map(run => run.followUp)),
					redirect: median(runs.map(run => run.redirect)),
				};
			});
			for (const [index, {followUp, redirect}] of found.entries())
				rows.push([name, String(counts[index]), shown(followUp), shown(redirect)]);
			worst = Math.max(...[worst, found[1]?.followUp ?? Number.NaN].filter(Number.isFinite));
		}
		return {
			title: `${shown(waiting)} redirects waiting, ${shown(followUps)} follow-ups`,
			how: 'Without a wire: the time in which the journal finds the redirect of a request, and the time in which it takes in an answered redirect, traits and index included. Each follow-up takes one redirect away and another comes, so that as many always wait; every follow-up must be linked.',
			columns: ['requests', 'waiting', 'us for a follow-up', 'us for a redirect'],
			rows,
			targets: [
				{
					what: `linking with ${shown(waiting)} redirects waiting adds to each follow-up`,
					value: worst,
					sense: 'under',
					limit: 5,
					unit: 'us',
				},
			],
			skipped: [],
		};
	},
};

type Head = BodySetting['request'];

/**
 * The journal without sockets, from its sources, as the build gives out no part of it; returns the
 * mean microseconds of a step, of as many as are made.
 */
function simulated() {
	return (waiting: number, followUps: number, distinct: boolean) => {
		const records = new Records({callFields: []}, () => undefined);
		// A recorder keeps one body for equal requests.
		const bodies = new Map<string, StoredBody>();
		const bodyFor = (request: Head, bytes: Buffer) => {
			const content = {kind: 'memory', bytes, size: bytes.length} as const;
			const sha256 = createHash('sha256').update(bytes).digest('hex');
			const checkJson = async () => [];
			return new StoredBody({content, sha256, complete: true}, {request, checkJson});
		};
		const begin = (path: string, call: number) => {
			const bytes = Buffer.from(bodyOf(distinct ? call : 1));
			const headers = [
				['Host', '127.0.0.1:41234'],
				['User-Agent', 'bench/1'],
				['Accept', '*/*'],
				['Content-Type', 'application/json'],
				['Content-Length', '200'],
			] as const;
			const url = origin + path;
			const head = {
				method: 'POST',
				target: path,
				url,
				origin,
				headers: headers.map(l => [...l] as const),
			};
			const body = distinct ? bodyFor(head, bytes) : (bodies.get(path) ?? bodyFor(head, bytes));
			bodies.set(path, body);
			const recording = records.begin(
				{...head, httpVersion: '1.1', framing: 'content-length'},
				{number: call % 64, exchange: 1, peer: '127.0.0.1:5000', door: 'listener'},
				body,
			);
			recording.endRequest(body, []);
			return recording;
		};
		const resolved = {origin, targets: ['/api/v2/users']};
		const location = {documented: '/api/v2/users', sent: '/api/v2/users', resolved};
		const answer = {status: 307, reason: '', headers: [], location} as const;
		const redirect = (call: number) => {
			const recording = begin('/api/v1/users', call);
			const began = performance.now();
			recording.matched(0);
			recording.answer(answer);
			const took = performance.now() - began;
			recording.seal(true);
			return took;
		};
		for (let call = 0; call < waiting; call++) redirect(call);
		const times: {followUp: number[]; redirect: number[]} = {followUp: [], redirect: []};
		for (let call = 0; call < followUps; call++) {
			times.redirect.push(redirect(waiting + call));
			const recording = begin('/api/v2/users', call);
			const began = performance.now();
			recording.matched(0);
			times.followUp.push(performance.now() - began);
			recording.answer({status: 201, reason: '', headers: []});
			recording.seal(true);
		}
		const linked = records.hops.hops().filter(({followUp}) => followUp !== undefined).length;
		if (linked !== followUps) throw new Error(`Of ${followUps} follow-ups, ${linked} were linked.`);
		return {followUp: mean(times.followUp) * 1000, redirect: mean(times.redirect) * 1000};
	};
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
