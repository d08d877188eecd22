import test from 'ava';
import {type Double, startDouble} from '../../src/index.ts';
import {createGate} from '../helpers/gate.ts';
import {ask, connectTo, headOf} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const scenario = {
	name: 'move',
	routes: [
		{request: `* ${api}/v1/users`, response: {status: 307, headers: {Location: '/v2/users'}}},
		{request: {url: `${api}/pattern`, text: {pattern: '^x+$'}}, response: {status: 200}},
		{request: `* ${api}/*rest`, response: {status: 204}},
	],
};

async function get(double: Double, path: string): Promise<number> {
	return (await ask(double.url, [`GET ${path} HTTP/1.1`, 'Host: h'])).status;
}

test('a reset double begins anew at the same address', async t => {
	await using double = await startDouble(scenario, {maxExchanges: 1});
	await get(double, '/v1/users');
	await get(double, '/v2/users');
	await double.journal.waitFor(({number}) => number === 2);
	const {url} = double;
	await double.reset();
	t.is(double.url, url);
	t.deepEqual(double.exchanges, []);
	t.deepEqual(double.hops(), []);
	t.deepEqual(double.chains(), []);
	t.is(double.journal.dropped, 0);
	await get(double, '/v1/users');
	t.deepEqual(
		double.hops().map(({number, redirect}) => [number, redirect.number]),
		[[1, 1]],
	);
});

test('a follow-up after a reset follows nothing that was before it', async t => {
	await using double = await startDouble(scenario);
	await get(double, '/v1/users');
	await double.reset();
	await get(double, '/v2/users');
	t.deepEqual(double.hops(), []);
});

test('a request that is under way is answered, and recorded no more', async t => {
	await using double = await startDouble(scenario);
	const reached = createGate();
	const release = createGate();
	double.app.use(async (ctx, next) => {
		if (ctx.path === '/v1/users') {
			reached.open();
			await release.passed;
		}
		await next();
	});
	const asked = get(double, '/v1/users');
	await reached.passed;
	const [forgotten] = double.exchanges;
	await double.reset();
	release.open();
	t.is(await asked, 307);
	await get(double, '/x');
	t.deepEqual(
		double.exchanges.map(({number, request}) => [number, request.target]),
		[[1, '/x']],
	);
	t.deepEqual(double.hops(), []);
	t.is(forgotten?.number, 1);
});

test('a large body that is under way is read to its end, and answered by what it is', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	client.send(headOf(['PUT /pattern HTTP/1.1', 'Host: h', 'Content-Length: 300000']));
	const begun = createGate();
	const watching = double.journal.waitFor(() => {
		begun.open();
		return false;
	});
	const ended = t.throwsAsync(watching, {code: 'DOUBLE_CLOSED'});
	client.send('x'.repeat(100_000));
	await exchangeBegan(double);
	await double.reset();
	await ended;
	client.send('x'.repeat(200_000));
	t.is((await client.response()).status, 200);
	t.deepEqual(double.exchanges, []);
});

/** Resolves when a request's head has arrived. */
async function exchangeBegan(double: Double): Promise<void> {
	while (double.exchanges.length === 0) await new Promise(resolve => setImmediate(resolve));
}
