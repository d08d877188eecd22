import test from 'ava';
import {type Double, startDouble} from '../../src/index.ts';
import {createGate} from '../helpers/gate.ts';
import {ask} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const scenario = {
	name: 'move',
	routes: [
		{request: `* ${api}/v1/users`, response: {status: 307, headers: {Location: '/v2/users'}}},
		{request: `* ${api}/*rest`, response: {status: 204}},
	],
};

async function post(double: Double, path: string, body = ''): Promise<void> {
	await ask(
		double.url,
		[`POST ${path} HTTP/1.1`, 'Host: h', `Content-Length: ${body.length}`],
		body,
	);
}

const numbers = (double: Double) => double.exchanges.map(({number}) => number);

test('nothing is dropped unless a limit is set', async t => {
	await using double = await startDouble(scenario);
	for (let i = 0; i < 30; i++) await post(double, '/x');
	t.is(double.exchanges.length, 30);
	t.is(double.journal.dropped, 0);
});

test('a limit drops the oldest', async t => {
	await using double = await startDouble(scenario, {maxExchanges: 2});
	for (const path of ['/1', '/2', '/3']) await post(double, path);
	await double.journal.waitFor(({number}) => number === 3);
	t.deepEqual(numbers(double), [2, 3]);
	t.is(double.journal.dropped, 1);
});

test('an exchange that goes on is never dropped', async t => {
	await using double = await startDouble(scenario, {maxExchanges: 1});
	const release = createGate();
	const held = [createGate(), createGate()];
	double.app.use(async (ctx, next) => {
		const gate = held[Number(ctx.query['held'])];
		gate?.open();
		if (gate) await release.passed;
		await next();
	});
	const asked = [post(double, '/?held=0')];
	await held[0]?.passed;
	asked.push(post(double, '/?held=1'));
	await held[1]?.passed;
	await post(double, '/quick');
	t.deepEqual(numbers(double), [1, 2]);
	release.open();
	await Promise.all(asked);
	await post(double, '/last');
	await double.journal.waitFor(({number}) => number === 4);
	t.deepEqual(numbers(double), [4]);
	t.is(double.journal.dropped, 3);
});

test('a hop goes with its redirect, and hops keep their numbers', async t => {
	await using double = await startDouble(scenario, {maxExchanges: 2});
	for (const path of ['/v1/users', '/v2/users', '/v1/users', '/v2/users']) await post(double, path);
	await double.journal.waitFor(({number}) => number === 4);
	t.deepEqual(numbers(double), [3, 4]);
	t.deepEqual(
		double
			.hops()
			.map(({number, redirect, followUp}) => [number, redirect.number, followUp?.number]),
		[[2, 3, 4]],
	);
	await t.throwsAsync(double.hop({timeout: 1}), {code: 'HOP_AMBIGUOUS'});
});

test('a verdict on what was dropped says that it was not observed', async t => {
	await using double = await startDouble(scenario, {maxExchanges: 2});
	for (const path of ['/x', '/v1/users', '/v2/users']) await post(double, path);
	await double.journal.waitFor(({number}) => number === 3);
	const finding = double
		.verdict()
		.notObserved.find(({rule}) => rule === 'original-address-kept-in-use');
	t.is(finding?.reason, 'the journal has dropped 1 exchanges, and no later call is left in it');
});

test('a body that is kept for another exchange stays when one of them is dropped', async t => {
	await using double = await startDouble(scenario, {maxExchanges: 2});
	const large = 'x'.repeat(100_000);
	await post(double, '/1', large);
	const one = (await double.journal.waitFor(() => true)).request.body;
	await post(double, '/2', large);
	await post(double, '/3');
	await double.journal.waitFor(({number}) => number === 3);
	t.is((await one.bytes()).length, large.length);
	await post(double, '/4');
	await double.journal.waitFor(({number}) => number === 4);
	t.is(double.journal.dropped, 2);
});

for (const maxExchanges of [0, -1, 1.5, Number.NaN])
	test(`a limit of ${maxExchanges} is refused`, async t => {
		await t.throwsAsync(startDouble(scenario, {maxExchanges}), {
			code: 'OPTION_INVALID',
			message: `The option maxExchanges is ${maxExchanges}; expected a whole number of 1 or more.`,
		});
	});
