import test from 'ava';
import {startDouble} from '../../src/index.ts';
import {ask} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const cdn = 'https://cdn.example.test';
const fields = ['Origin: https://www.example.test', 'User-Agent: browser/1'];
const asking = ['Access-Control-Request-Method: PUT', 'Access-Control-Request-Headers: x-a'];
const preflight = ({host, pathname, search}: URL) => [
	`OPTIONS ${pathname}${search} HTTP/1.1`,
	`Host: ${host}`,
	...fields,
	...asking,
];

for (const links of ['exact', 'tagged'] as const)
	test(`a CORS preflight at the target is no follow-up, and the request behind it is, with ${links} links`, async t => {
		await using double = await startDouble({
			name: 'moved',
			links,
			routes: [
				{request: `PUT ${api}/v1`, response: {status: 307, headers: {Location: `${cdn}/v2`}}},
				{request: `* ${cdn}/v2`, response: {status: 200}},
			],
		});
		const put = ({host, pathname, search}: URL) => [
			`PUT ${pathname}${search} HTTP/1.1`,
			`Host: ${host}`,
			...fields,
			'X-A: 1',
			'Content-Length: 3',
		];
		const from = new URL(double.urlOf(`${api}/v1`));
		const {headers} = await ask(from.href, put(from), 'abc');
		const to = new URL(headers.find(([name]) => name === 'Location')?.[1] ?? '');
		await ask(to.href, preflight(to));
		const asked = double.hops()[0];
		t.is(asked?.state, 'waiting');
		await ask(to.href, put(to), 'abc');
		t.is((await double.hop()).followUp.request.method, 'PUT');
		t.deepEqual(double.verdict().broken, []);
	});

test('the preflight of a browser that follows the redirect of a preflight is a follow-up', async t => {
	await using double = await startDouble({
		name: 'moved',
		routes: [
			{request: `* ${api}/v1`, response: {status: 307, headers: {Location: '/v2'}}},
			{request: `* ${api}/v2`, response: {status: 200}},
		],
	});
	for (const path of ['/v1', '/v2'])
		await ask(double.url, preflight(new URL(double.urlOf(api + path))));
	t.is((await double.hop()).followUp.request.method, 'OPTIONS');
});

test('a preflight at another address is no follow-up of a redirected preflight', async t => {
	await using double = await startDouble({
		name: 'moved',
		routes: [
			{request: `* ${api}/v1/users`, response: {status: 307, headers: {Location: '/v2/users'}}},
		],
	});
	for (const path of ['/v1/users', '/other/users'])
		await ask(double.url, preflight(new URL(double.urlOf(api + path))));
	t.is(double.hops()[0]?.state, 'waiting');
});
