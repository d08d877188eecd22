import test from 'ava';
import {type Double, type ScenarioInput, startDouble} from '../../src/index.ts';
import {ask} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';

async function statusOf(double: Double, target = '/x', method = 'GET'): Promise<number> {
	return (await ask(double.url, [`${method} ${target} HTTP/1.1`, 'Host: h'])).status;
}

async function statuses(double: Double, count: number): Promise<number[]> {
	const all: number[] = [];
	for (let i = 0; i < count; i++) all.push(await statusOf(double));
	return all;
}

const sequence = {
	name: 'sequence',
	routes: [
		{
			request: `* ${api}/x`,
			responses: [
				{status: 307, times: 2, headers: {Location: '/y'}},
				{status: 503, times: 1},
				{status: 200},
			],
		},
	],
};

test('a sequence gives each response so many times, and its last one for ever', async t => {
	await using double = await startDouble(sequence);
	t.deepEqual(await statuses(double, 6), [307, 307, 503, 200, 200, 200]);
});

test('a reset begins a sequence anew', async t => {
	await using double = await startDouble(sequence);
	await statuses(double, 4);
	await double.reset();
	t.deepEqual(await statuses(double, 3), [307, 307, 503]);
});

test('a route whose responses are used up lets the next one answer, and then none', async t => {
	await using double = await startDouble({
		name: 'used-up',
		routes: [
			{request: `GET ${api}/x`, response: {status: 307, times: 1, headers: {Location: '/y'}}},
			{request: `* ${api}/x`, responses: [{status: 200, times: 2}]},
		],
	});
	t.deepEqual(await statuses(double, 5), [307, 200, 200, 501, 501]);
});

test('two doubles of one scenario count for themselves', async t => {
	await using one = await startDouble(sequence);
	await using two = await startDouble(sequence);
	t.deepEqual(await statuses(one, 3), [307, 307, 503]);
	t.deepEqual(await statuses(two, 1), [307]);
});

function shares(seed: number): ScenarioInput {
	const responses = [
		{status: 307, weight: 3, headers: {Location: '/y'}},
		{status: 200, weight: 1},
	];
	return {name: 'shares', seed, routes: [{request: `* ${api}/x`, responses}]};
}

test('shares are the same for the same seed, and others for another', async t => {
	await using one = await startDouble(shares(7));
	await using two = await startDouble(shares(7));
	await using three = await startDouble(shares(8));
	const chosen = await statuses(one, 40);
	t.deepEqual(await statuses(two, 40), chosen);
	t.notDeepEqual(await statuses(three, 40), chosen);
	await one.reset();
	t.deepEqual(await statuses(one, 40), chosen);
});

test('shares are about what was asked for', async t => {
	await using double = await startDouble(shares(1), {maxExchanges: 1});
	const count = 2000;
	const redirected = (await statuses(double, count)).filter(status => status === 307).length;
	// Five standard deviations of 2000 choices, which the seed makes the same each time.
	t.true(Math.abs(redirected - count * 0.75) < 5 * Math.sqrt(count * 0.75 * 0.25), `${redirected}`);
});

const phases: ScenarioInput = {
	name: 'maintenance',
	phases: ['before', 'during', 'after'],
	routes: [
		{request: `* ${api}/x`, phase: 'before', response: {status: 200}},
		{
			request: `* ${api}/x`,
			phase: 'during',
			responses: [
				{status: 307, times: 1, headers: {Location: '/y'}},
				{status: 307, times: 1, headers: {Location: '/z'}, switchTo: 'after'},
			],
		},
		{request: `* ${api}/x`, phase: ['after'], response: {status: 204}},
		{request: `* ${api}/always`, response: {status: 202}},
	],
};

test('a double begins in the first phase and is switched by name', async t => {
	await using double = await startDouble(phases);
	t.is(double.phase, 'before');
	t.is(await statusOf(double), 200);
	double.switchTo('after');
	t.is(double.phase, 'after');
	t.is(await statusOf(double), 204);
	t.is(await statusOf(double, '/always'), 202);
});

test('a sequence switches the phase with its last response', async t => {
	await using double = await startDouble(phases);
	double.switchTo('during');
	t.is(await statusOf(double), 307);
	t.is(double.phase, 'during');
	t.is(await statusOf(double), 307);
	t.is(double.phase, 'after');
	t.is(await statusOf(double), 204);
});

test('a reset goes back to the first phase', async t => {
	await using double = await startDouble(phases);
	double.switchTo('after');
	await double.reset();
	t.is(double.phase, 'before');
	t.is(await statusOf(double), 200);
});

test('a phase that there is not is refused', async t => {
	await using double = await startDouble(phases);
	t.throws(() => double.switchTo('later'), {
		code: 'PHASE_UNKNOWN',
		message: 'The scenario has no phase "later". It has before, during, after.',
	});
	await using plain = await startDouble(sequence);
	t.is(plain.phase, undefined);
	t.throws(() => plain.switchTo('later'), {
		code: 'PHASE_UNKNOWN',
		message: 'The scenario has no phase "later". It has none.',
	});
});
