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

async function post(double: Double, path: string): Promise<void> {
	await ask(double.url, [`POST ${path} HTTP/1.1`, 'Host: h', 'Content-Length: 5'], 'hello');
}

const first = `  exchange 1: POST ${api}/v1/users, 5 bytes -> 307`;

test('chain waits for a response that is no redirect', async t => {
	await using double = await startDouble({
		name: 'three',
		routes: [
			{request: `* ${api}/1`, response: {status: 307, headers: {Location: '/2'}}},
			{request: `* ${api}/2`, response: {status: 308, headers: {Location: '/3'}}},
			{request: `* ${api}/3`, response: {status: 200}},
		],
	});
	const coming = double.chain();
	for (const path of ['/1', '/2', '/3']) await post(double, path);
	const {hops, exchanges} = await coming;
	t.deepEqual(
		hops.map(({number, state}) => [number, state]),
		[
			[1, 'followed'],
			[2, 'followed'],
		],
	);
	t.deepEqual(
		exchanges.map(({number, sealed}) => [number, sealed]),
		[
			[1, true],
			[2, true],
			[3, true],
		],
	);
});

test('chain says that no redirect was answered', async t => {
	await using double = await startDouble(scenario);
	await t.throwsAsync(double.chain({timeout: 1}), {
		code: 'WAIT_TIMED_OUT',
		message:
			'No chain came to its end: no redirect was answered within 1 ms. What came:\n  No request came.',
	});
});

test('chain says that its last redirect was not followed', async t => {
	await using double = await startDouble(scenario);
	await post(double, '/v1/users');
	await t.throwsAsync(double.chain({timeout: 1}), {
		code: 'WAIT_TIMED_OUT',
		message: `No chain came to its end: its last redirect (exchange 1) was not followed to a final response within 1 ms. What came:\n${first}`,
	});
});

test('chain fails at once when there are several', async t => {
	await using double = await startDouble(scenario);
	const failing = t.throwsAsync(double.chain({timeout: 2 ** 31 - 1}), {
		code: 'HOP_AMBIGUOUS',
		message: [
			'There is no single chain: more than one chain began. Use chains() and choose. What came:',
			first,
			`  exchange 2: POST ${api}/v1/users, 5 bytes -> 307`,
		].join('\n'),
	});
	await post(double, '/v1/users');
	await post(double, '/v1/users');
	await failing;
	t.is(double.chains().length, 2);
});
