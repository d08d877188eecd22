import test from 'ava';
import {type Double, startDouble} from '../../src/index.ts';
import {ask} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const scenario = {
	name: 'move',
	routes: [
		{request: `* ${api}/v1/users`, response: {status: 307, headers: {Location: '/v2/users'}}},
		{request: `* ${api}/v2/users`, response: {status: 201}},
	],
};
/** The same for POST alone, and a call of its own that is documented. */
const posted = {
	name: 'posted',
	routes: [
		{request: `POST ${api}/v1/users`, response: {status: 307, headers: {Location: '/v2/users'}}},
		{request: `POST ${api}/v2/users`, response: {status: 201}},
		{request: `GET ${api}/v3/users`, response: {}},
	],
};
/** Far longer than a test may take: what waits for its end never passes. */
const forEver = 2 ** 31 - 1;

async function get(double: Double, path: string, ...headers: string[]): Promise<void> {
	await ask(double.url, [`GET ${path} HTTP/1.1`, 'Host: h', ...headers]);
}

test('a client that declines passes, and its hop is declined from then on', async t => {
	await using double = await startDouble(scenario);
	await get(double, '/v1/users');
	t.is(double.hops()[0]?.state, 'waiting');
	await double.assertDeclined({within: 1});
	t.is(double.hops()[0]?.state, 'declined');
	t.like(double.verdict().hops, {followed: 0, declined: 1, waiting: 0});
});

test('a client that follows fails at once', async t => {
	await using double = await startDouble(scenario);
	await get(double, '/v1/users');
	const failing = t.throwsAsync(double.assertDeclined({within: forEver}), {
		name: 'AssertionError',
		code: 'ERR_ASSERTION',
		message: [
			'The client followed a redirect that it should have declined.',
			'',
			'hop 1',
			`  sent first  GET ${api}/v1/users                                       exchange 1`,
			'  was told    307 Temporary Redirect, Location: /v2/users',
			`  sent then   GET ${api}/v2/users                                       exchange 2`,
		].join('\n'),
	});
	await get(double, '/v2/users');
	const error = await failing;
	t.like(error, {actual: 'followed', expected: 'declined', operator: 'assertDeclined'});
});

test('a client that has followed already fails at once', async t => {
	await using double = await startDouble(scenario);
	await get(double, '/v1/users');
	await get(double, '/v2/users');
	await t.throwsAsync(double.assertDeclined({within: forEver}), {name: 'AssertionError'});
});

test('a follow-up that comes after all makes the hop a followed one', async t => {
	await using double = await startDouble(scenario);
	await get(double, '/v1/users');
	await double.assertDeclined({within: 1});
	await get(double, '/v2/users');
	t.is((await double.hop()).state, 'followed');
	await t.throwsAsync(double.assertDeclined({within: 1}), {name: 'AssertionError'});
});

test('where no redirect was answered, none was declined', async t => {
	await using double = await startDouble(scenario);
	await get(double, '/v2/users');
	const error = await t.throwsAsync(double.assertDeclined({within: 1}), {
		name: 'AssertionError',
		message: 'No redirect was answered within 1 ms, so none was declined.',
	});
	t.like(error, {actual: 'no hop', expected: 'declined'});
});

test('a retry of the original request is no follow-up', async t => {
	await using double = await startDouble(scenario);
	await get(double, '/v1/users');
	await get(double, '/v1/users');
	await double.assertDeclined({within: 1});
	t.deepEqual(
		double.hops().map(({state}) => state),
		['declined', 'declined'],
	);
});

test('where exchanges were dropped, absence was not observed', async t => {
	await using double = await startDouble(scenario, {maxExchanges: 1});
	await get(double, '/lost');
	await get(double, '/v1/users');
	await double.journal.waitFor(({number}) => number === 2);
	const error = await t.throwsAsync(double.assertDeclined({within: 1}), {
		message:
			'Not observed: the journal has dropped 1 exchanges, so a follow-up may have come. Raise maxExchanges.',
	});
	t.like(error, {actual: 'not observed'});
});

for (const path of ['/v2/users?x=1', '//v2/users', '/V2/USER', '/v1/v2/users'])
	test(`a request to ${path} that nothing explains may be a follow-up: absence was not observed`, async t => {
		await using double = await startDouble(posted);
		await ask(double.url, ['POST /v1/users HTTP/1.1', 'Host: h', 'Content-Length: 3'], 'Ada');
		await get(double, path);
		const error = await t.throwsAsync(double.assertDeclined({within: 1}), {
			message: `Not observed: exchange 2 (GET ${api}${path}) came after a redirect, and no route of the scenario takes it; it may be a follow-up that missed the Location. If it is a call of its own, give it a route.`,
		});
		t.like(error, {actual: 'not observed', expected: 'declined'});
	});

const preflight = ['Origin: http://page.example.test', 'Access-Control-Request-Method: POST'];

test('what was explained says nothing against a client that declined', async t => {
	await using double = await startDouble(posted);
	await get(double, '/before');
	const lines = ['POST /v1/users HTTP/1.1', 'Host: h', 'Content-Length: 3'];
	await ask(double.url, [...lines, 'User-Agent: one/1', 'Sec-Fetch-Dest: empty'], 'Ada');
	// A documented call, the same address once more, a preflight, a browser's icon, and another program.
	await get(double, '/v3/users');
	await get(double, '/v1/users');
	await ask(double.url, ['OPTIONS /elsewhere HTTP/1.1', 'Host: h', ...preflight]);
	await get(double, '/favicon.ico', 'User-Agent: one/1', 'Sec-Fetch-Dest: image');
	await get(double, '/health', 'User-Agent: monitor/2');
	await t.notThrowsAsync(double.assertDeclined({within: 1}));
	t.is(double.hops()[0]?.state, 'declined');
});
