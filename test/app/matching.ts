import test from 'ava';
import {type ScenarioInput, startDouble} from '../../src/index.ts';
import {ask, type RawResponse} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
type Request = ScenarioInput['routes'][number]['request'];

/** What a route with this request says to a request: 200 when it takes it, 501 otherwise. */
async function statusOf(route: Request, line: string, fields: string[] = [], body = '') {
	await using double = await startDouble({name: 'one', routes: [{request: route, response: {}}]});
	const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
	const head = [`${line} HTTP/1.1`, 'Host: h', ...fields, ...length];
	return (await ask(double.url, head, Buffer.from(body))).status;
}

type Row = readonly [line: string, fields: string[], body: string, taken: boolean];

function rows(route: Request, title: string, cases: readonly Row[]): void {
	for (const [line, fields, body, taken] of cases) {
		const sent = [line, ...fields, ...(body === '' ? [] : [body])].join(', ');
		test(`a route for ${title} ${taken ? 'takes' : 'does not take'} ${sent}`, async t => {
			t.is(await statusOf(route, line, fields, body), taken ? 200 : 501);
		});
	}
}

rows(`PUT|PATCH ${api}/uploads/:id`, 'two methods', [
	['PUT /uploads/1', [], '', true],
	['PATCH /uploads/1', [], '', true],
	['POST /uploads/1', [], '', false],
	['PUT /uploads/1/parts', [], '', false],
	['PUT /uploads/', [], '', false],
	['PUT /Uploads/1', [], '', false],
	['PUT /uploads/1/', [], '', false],
	['PUT /uploads/a%2Fb', [], '', true],
	['PUT /uploads/1?part=2', [], '', true],
]);

rows(`GET ${api}/x`, 'GET', [
	['HEAD /x', [], '', true],
	['OPTIONS /x', [], '', false],
]);

rows(`* ${api}/files/*rest`, 'any method and a rest', [
	['PURGE /files/a', [], '', true],
	['QUERY /files/a/b/c', [], '', true],
	['GET /files', [], '', false],
	['GET /file/a', [], '', false],
]);

rows(
	{
		method: 'GET',
		url: `${api}/x`,
		headers: {'X-Api-Key': 'k', Accept: {pattern: 'json'}, 'X-Old': false},
	},
	'header fields',
	[
		['GET /x', ['x-api-key: k', 'Accept: application/json'], '', true],
		['GET /x', ['X-Api-Key: K', 'Accept: application/json'], '', false],
		['GET /x', ['X-Api-Key: k'], '', false],
		['GET /x', ['X-Api-Key: k', 'Accept: a/b', 'Accept: application/json'], '', true],
		['GET /x', ['X-Api-Key: k', 'Accept: application/json', 'X-Old: 1'], '', false],
	],
);

rows({url: `${api}/x?v=2`, query: {page: true, tag: {pattern: '^a'}}}, 'query parameters', [
	['GET /x?v=2&page=1&tag=b&tag=a%62', [], '', true],
	['GET /x?page=&tag=a&v=2', [], '', true],
	['GET /x?v=2&tag=a', [], '', false],
	['GET /x?v=3&page=1&tag=a', [], '', false],
]);

rows({method: 'POST', url: `${api}/x`, json: {user: {name: 'Ada'}}}, 'JSON', [
	['POST /x', [], '{"user":{"age":36,"name":"Ada"},"x":1}', true],
	['POST /x', [], '{"user":{"name":"Bob"}}', false],
	['POST /x', [], '{"user":', false],
	['POST /x', [], '', false],
]);

rows({url: `${api}/x`, text: {pattern: '^\u00e9+$'}}, 'text', [
	['POST /x', [], '\u00e9\u00e9', true],
	['POST /x', [], 'e', false],
]);

test('routes are tried in order, and the first that takes the request answers', async t => {
	await using double = await startDouble({
		name: 'order',
		routes: [
			{request: {url: `${api}/users/:id`, headers: {'X-A': true}}, response: {status: 201}},
			{request: `* ${api}/users/me`, response: {status: 202}},
			{request: `* ${api}/users/:id`, response: {status: 203}},
		],
	});
	const statuses = [];
	for (const [target, field] of [
		['/users/me', 'X-A: 1'],
		['/users/me', 'X-B: 1'],
		['/users/7', 'X-B: 1'],
	])
		statuses.push((await ask(double.url, [`GET ${target} HTTP/1.1`, `${field}`])).status);
	t.deepEqual(statuses, [201, 202, 203]);
	await double.journal.waitFor(({number}) => number === 3);
	t.deepEqual(
		double.exchanges.map(({response}) => response?.route),
		[0, 1, 2],
	);
});

test('routes of one origin do not answer for another', async t => {
	await using double = await startDouble({
		name: 'two',
		routes: [
			{request: `* ${api}/x`, response: {status: 201}},
			{request: '* https://cdn.example.test/y', response: {status: 202}},
		],
	});
	const cdn = double.urlOf('https://cdn.example.test');
	const statuses = await Promise.all(
		[`${double.url}/x`, `${double.url}/y`, `${cdn}/x`, `${cdn}/y`].map(async url => {
			const {pathname, origin} = new URL(url);
			return (await ask(origin, [`GET ${pathname} HTTP/1.1`, 'Host: h'])).status;
		}),
	);
	t.deepEqual(statuses, [201, 501, 501, 202]);
});

test('parameters stay raw in headers and are decoded in bodies', async t => {
	await using double = await startDouble({
		name: 'parameters',
		routes: [
			{
				request: `* ${api}/uploads/:id`,
				response: {
					status: 307,
					headers: {Location: `${api}/edge-2/:id?from=:id`, 'X-Id': [':id', 'raw']},
					json: {id: ':id', at: 'upload :id'},
				},
			},
			{request: `* ${api}/text/:id`, response: {text: 'id :id, \\:id'}},
			{request: `* ${api}/rest/*rest`, response: {status: 307, headers: {Location: '/new/*rest'}}},
		],
	});
	const get = (target: string) => ask(double.url, [`GET ${target} HTTP/1.1`, 'Host: h']);
	const first = await get('/uploads/a%2Fb%22c%25');
	t.deepEqual(
		first.headers.filter(([name]) => name === 'Location' || name === 'X-Id'),
		[
			['Location', `${double.url}/edge-2/a%2Fb%22c%25?from=a%2Fb%22c%25`],
			['X-Id', 'a%2Fb%22c%25'],
			['X-Id', 'raw'],
		],
	);
	t.deepEqual(JSON.parse(first.body.toString()), {id: 'a/b"c%', at: 'upload a/b"c%'});
	t.is((await get('/text/%C3%A9%zz')).body.toString(), 'id %C3%A9%zz, :id');
	t.is((await get('/text/%C3%A9')).body.toString(), 'id \u00e9, :id');
	t.is(locationOf(await get('/rest/a%2Fb/c//d')), '/new/a%2Fb/c//d');
});

function locationOf({headers}: RawResponse): string | undefined {
	return headers.find(([name]) => name === 'Location')?.[1];
}
