import test from 'ava';
import {type Exchange, startDouble} from '../../src/index.ts';
import {ask, connectTo, headOf} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const scenario = {name: 'sink', routes: [{request: `* ${api}/*rest`, response: {json: {}}}]};

/** The exchange of a request that is sent on a connection of its own. */
async function exchangeOf(...head: string[]): Promise<Exchange> {
	await using double = await startDouble(scenario);
	await ask(double.url, head);
	return await double.journal.waitFor(() => true);
}

test('header lines are recorded with their names, order, case and duplicates', async t => {
	const {request} = await exchangeOf(
		'GET /x HTTP/1.1',
		'hOST: h',
		'X-Tag: 1',
		'x-tag:2',
		'X-Tag:  3\t',
		'X-Empty:',
		'X-Raw: \xe9',
	);
	t.deepEqual(request.headers, [
		['hOST', 'h'],
		['X-Tag', '1'],
		['x-tag', '2'],
		['X-Tag', '3'],
		['X-Empty', ''],
		['X-Raw', '\xe9'],
	]);
});

const targets = [
	['/a%2Fb/../c?x=%20&x#', '/a%2Fb/../c?x=%20&x#'],
	['//double//slash', '//double//slash'],
	['/x?', '/x?'],
] as const;

for (const [target, recorded] of targets)
	test(`the target ${target} is recorded byte for byte`, async t => {
		const {request} = await exchangeOf(`GET ${target} HTTP/1.1`, 'Host: h');
		t.is(request.target, recorded);
		t.is(request.url, api + recorded);
		t.is(request.origin, api);
	});

test('a target in absolute form is the URL', async t => {
	const {request} = await exchangeOf(`GET ${api}/x HTTP/1.1`, 'Host: h');
	t.is(request.target, `${api}/x`);
	t.is(request.url, `${api}/x`);
});

test('a target that is an asterisk is the origin', async t => {
	const {request} = await exchangeOf('OPTIONS * HTTP/1.1', 'Host: h');
	t.is(request.target, '*');
	t.is(request.url, api);
});

test('HTTP/1.0 is recorded as such', async t => {
	const {request, response} = await exchangeOf('GET /x HTTP/1.0');
	t.is(request.httpVersion, '1.0');
	t.deepEqual(request.headers, []);
	t.is(response?.status, 200);
});

test('a request without a body has a body of nothing, which is whole', async t => {
	const {request} = await exchangeOf('GET /x HTTP/1.1', 'Host: h');
	t.is(request.framing, 'none');
	t.is(request.body.size, 0);
	t.true(request.body.complete);
	t.deepEqual(request.trailers, []);
});

test('connections and their exchanges are numbered in order', async t => {
	await using double = await startDouble(scenario);
	const head = headOf(['GET /x HTTP/1.1', 'Host: h']);
	using one = await connectTo(double.url);
	one.send(head);
	await one.response();
	using two = await connectTo(double.url);
	two.send(head);
	await two.response();
	one.send(head);
	await one.response();
	t.deepEqual(
		double.exchanges.map(({number, connection}) => [
			number,
			connection.number,
			connection.exchange,
		]),
		[
			[1, 1, 1],
			[2, 2, 1],
			[3, 1, 2],
		],
	);
	t.is(double.exchanges[0]?.connection.peer, `127.0.0.1:${one.socket.localPort}`);
});

test('what was answered is recorded as it went out', async t => {
	const {response} = await exchangeOf('GET /x HTTP/1.1', 'Host: h');
	t.like(response, {
		status: 200,
		reason: 'OK',
		headers: [
			['Content-Type', 'application/json'],
			['Content-Length', '2'],
		],
		bodySize: 2,
		route: 0,
		complete: true,
	});
});

test('times count from the start and never run back', async t => {
	const {request, response} = await exchangeOf('GET /x HTTP/1.1', 'Host: h');
	const times = [0, request.beganAt, request.endedAt ?? -1, response?.sentAt ?? -1];
	t.deepEqual(
		times,
		[...times].sort((a, b) => a - b),
	);
});

test('a sealed exchange can not be changed, nor anything in it', async t => {
	await using double = await startDouble({
		name: 'move',
		routes: [
			{
				request: `* ${api}/x`,
				response: {
					status: 307,
					headers: {Location: '/y', 'X-Tag': ['1', '2']},
					interim: [{status: 103, headers: {Link: '</y>; rel=preload'}}],
				},
			},
		],
	});
	using client = await connectTo(double.url);
	client.send(headOf(['POST /x HTTP/1.1', 'Host: h', 'Content-Length: 2']));
	client.send('hi');
	t.is((await client.response()).status, 103);
	t.is((await client.response()).status, 307);
	const exchange = await double.journal.waitFor(() => true);
	t.deepEqual(thawed(exchange, 'exchange'), []);
});

/** The paths of all objects in `value` that are not frozen. */
function thawed(value: unknown, path: string): string[] {
	if (typeof value !== 'object' || value === null) return [];
	const inside = Object.entries(value).flatMap(([name, each]) => thawed(each, `${path}.${name}`));
	return Object.isFrozen(value) ? inside : [path, ...inside];
}
