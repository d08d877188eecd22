import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {promisify} from 'node:util';
import test from 'ava';
import {type Double, startDouble} from '../../src/index.ts';
import {connectHttp2} from '../helpers/http2-client.ts';
import {
	endHeaders,
	endStream,
	fieldBlock,
	frame,
	opening,
	requestHead,
	reset,
} from '../helpers/http2-frames.ts';
import {lacksCurl} from '../helpers/needs-curl.ts';
import {connectTo} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const scenario = {
	name: 'sink',
	routes: [
		{request: `* ${api}/slow`, response: {delay: 600_000}},
		{request: `POST ${api}/move`, response: {status: 307, headers: {Location: `${api}/moved`}}},
		{request: `* ${api}/*rest`, response: {status: 201, json: {id: 1}}},
	],
};
const users = `${api}/api/v1/users`;

async function began(double: Double, count = 1): Promise<void> {
	while (double.exchanges.length < count) await new Promise(resolve => setImmediate(resolve));
}

test('a plain listener speaks HTTP/2 with a client that knows that it does', async t => {
	await using double = await startDouble(scenario);
	using client = await connectHttp2(double.url);
	const {status, body} = await client.ask({':path': '/x?a=1', 'x-a': ['1', '2'], 'x-b': '3'});
	t.is(status, 201);
	t.deepEqual(JSON.parse(body.toString()), {id: 1});
	const {request, response, connection} = await double.journal.waitFor(() => true);
	const authority = new URL(double.url).host;
	t.deepEqual(request.http2, {
		stream: 1,
		pseudoHeaders: [
			[':path', '/x?a=1'],
			[':method', 'GET'],
			[':authority', authority],
			[':scheme', 'http'],
		],
	});
	t.deepEqual(request.headers, [
		['x-a', '1'],
		['x-a', '2'],
		['x-b', '3'],
	]);
	t.like(request, {
		method: 'GET',
		target: '/x?a=1',
		url: `${api}/x?a=1`,
		httpVersion: '2.0',
		framing: 'none',
	});
	t.like(response, {status: 201, reason: '', complete: true});
	t.like(connection, {number: 1, exchange: 1, door: 'listener'});
	t.is(connection.tls, undefined);
	t.like(double.journal.connections[0], {number: 1, protocol: 'h2', exchanges: 1});
});

const framings = [
	['content-length', {'content-length': '5'}, 'hello'],
	['frames', {}, 'hello'],
	['none', {}, undefined],
] as const;

for (const [framing, fields, body] of framings)
	test(`a body framed by ${framing} is told as such, and kept whole`, async t => {
		await using double = await startDouble(scenario);
		using client = await connectHttp2(double.url);
		t.is((await client.ask({':method': 'POST', ':path': '/x', ...fields}, body)).status, 201);
		const {request} = await double.journal.waitFor(() => true);
		t.is(request.framing, framing);
		t.is(await request.body.text(), body ?? '');
		t.true(request.body.complete);
	});

test('trailers are kept', async t => {
	await using double = await startDouble(scenario);
	using client = await connectHttp2(double.url);
	const trailers = {'x-sum': 'abc', 'x-more': '1'};
	await client.ask({':method': 'POST', ':path': '/x'}, 'hello', trailers);
	const {request} = await double.journal.waitFor(() => true);
	t.deepEqual(request.trailers, [
		['x-sum', 'abc'],
		['x-more', '1'],
	]);
});

test('a hundred streams at once are exchanges of one connection, each with its own body', async t => {
	await using double = await startDouble(scenario);
	using client = await connectHttp2(double.url);
	const numbers = [...Array(100).keys()];
	const answers = await Promise.all(
		numbers.map(number => client.ask({':method': 'PUT', ':path': `/${number}`}, `body ${number}`)),
	);
	t.true(answers.every(({status}) => status === 201));
	await double.settle({quiet: 10});
	t.is(double.exchanges.length, 100);
	for (const {request, connection, sealed} of double.exchanges) {
		t.true(sealed);
		t.is(await request.body.text(), `body ${request.target.slice(1)}`);
		t.is(connection.number, 1);
		t.is(request.http2?.stream, connection.exchange * 2 - 1);
	}
	t.is(double.journal.connections[0]?.exchanges, 100);
});

/** This client of HTTP/2 announces none. */
const aboutLengths = new Set(['content-length-matches', 'length-known-stays-known']);

test('a 307 that is followed on HTTP/2 is linked, and judged as on HTTP/1.1', async t => {
	await using over1 = await startDouble('api-move');
	await using over2 = await startDouble('api-move');
	for (const path of ['/api/v1/users', '/api/v2/users'])
		await (
			await fetch(over1.urlOf(api + path), {method: 'POST', body: '{}', redirect: 'manual'})
		).arrayBuffer();
	using client = await connectHttp2(over2.url);
	const post = {':method': 'POST', 'content-type': 'text/plain;charset=UTF-8', accept: '*/*'};
	const {headers} = await client.ask({...post, ':path': '/api/v1/users'}, '{}');
	t.is(headers.location, over2.urlOf(`${api}/api/v2/users`));
	await client.ask({...post, ':path': '/api/v2/users'}, '{}');
	const judged = async (double: Double) =>
		(await double.hop())
			.findings()
			.filter(({rule}) => !aboutLengths.has(rule))
			.map(({rule, outcome}) => [rule, outcome]);
	t.deepEqual(await judged(over2), await judged(over1));
	t.notThrows(() => over2.assertFollowedThrough());
	t.is((await over2.hop()).redirect.request.url, users);
});

test('the authority that a follow-up names is held against the Location', async t => {
	await using double = await startDouble('api-move');
	using client = await connectHttp2(double.url);
	await client.ask({':method': 'POST', ':path': '/api/v1/users'}, '{}');
	const other = {':method': 'POST', ':path': '/api/v2/users', ':authority': 'other.example.test'};
	await client.ask(other, '{}');
	const hop = await double.hop();
	const broken = hop.findings().filter(({outcome}) => outcome === 'broken');
	t.deepEqual(
		broken.map(({rule, actual}) => [rule, actual]),
		[['host-matches-target', 'other.example.test']],
	);
});

test('curl speaks HTTP/2 with prior knowledge', async t => {
	if (lacksCurl(t)) return;
	await using double = await startDouble(scenario);
	const args = ['-sS', '--max-time', '20', '--http2-prior-knowledge', '-d', 'a=b'];
	await promisify(execFile)('curl', [...args, `${double.url}/x`]);
	const {request, response} = await double.journal.waitFor(() => true);
	t.like(request, {method: 'POST', httpVersion: '2.0', framing: 'content-length'});
	t.is(await request.body.text(), 'a=b');
	t.is(response?.status, 201);
});

test('a stream that its client resets is recorded with the code, and what came of its body', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	client.send(Buffer.concat([opening, requestHead(1, '/slow'), frame('data', 0, 1, 'half')]));
	await began(double);
	client.send(reset(1, 8));
	const {request, response} = await double.journal.waitFor(() => true);
	t.is(request.http2?.reset, 8);
	t.is(await request.body.text(), 'half');
	t.false(request.body.complete);
	t.is(response, undefined);
	client.send(requestHead(3, '/x', {flags: endHeaders | endStream}));
	const next = await double.journal.waitFor(({number}) => number === 2);
	t.is(next.response?.status, 201);
	t.is(next.request.http2?.reset, undefined);
});

test('fields are kept in their order and bytes, repeated ones too', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	const fields = [
		['x-b', '1'],
		['cookie', 'a=b'],
		['x-a', '\xe9'],
		['cookie', 'c=d'],
		['x-b', ''],
	] as const;
	client.send(opening);
	client.send(requestHead(1, '/x', {fields, flags: endHeaders | endStream}));
	const {request} = await double.journal.waitFor(() => true);
	t.deepEqual(request.headers, fields);
	t.deepEqual(
		request.http2?.pseudoHeaders.map(([name]) => name),
		[':scheme', ':method', ':path', ':authority'],
	);
	t.throws(() => Reflect.apply(Array.prototype.push, request.http2?.pseudoHeaders, [1]));
});

test('a client that leaves in the middle of a stream has reset nothing', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	client.send(Buffer.concat([opening, requestHead(1, '/slow'), frame('data', 0, 1, 'half')]));
	await began(double);
	client.leave();
	const {request} = await double.journal.waitFor(() => true);
	t.is(request.http2?.stream, 1);
	t.is(request.http2?.reset, undefined);
	t.false(request.body.complete);
});

test('a stream that is over as soon as it has begun is recorded with its head', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	const fields = [['content-length', '10']] as const;
	const head = requestHead(1, '/x', {fields});
	client.send(Buffer.concat([opening, head, frame('data', endStream, 1, 'abc')]));
	const {request, connection, response} = await double.journal.waitFor(() => true);
	t.like(request, {method: 'POST', target: '/x', framing: 'content-length'});
	t.false(request.body.complete);
	t.like(connection, {number: 1, exchange: 1});
	t.is(response, undefined);
});

test('frames that break the rules end the connection, and leave the request before them on record', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	const onStreamZero = frame('headers', endHeaders, 0, fieldBlock([[':method', 'GET']]));
	client.send(Buffer.concat([opening, requestHead(1, '/slow'), onStreamZero]));
	await client.rest();
	const {request, response} = await double.journal.waitFor(({number}) => number === 1);
	t.is(request.target, '/slow');
	t.false(request.body.complete);
	t.is(response, undefined);
});

test('a GOAWAY is kept with the connection that it came on', async t => {
	await using double = await startDouble(scenario);
	using client = await connectHttp2(double.url);
	await client.ask({':path': '/x'});
	client.session.goaway(11, 0);
	while (double.journal.connections[0]?.goaway === undefined)
		await new Promise(resolve => setImmediate(resolve));
	t.deepEqual(double.journal.connections[0]?.goaway, {code: 11, lastStream: 0});
});

test('a CONNECT on HTTP/2 is recorded and answered as any request', async t => {
	await using double = await startDouble(scenario);
	using client = await connectHttp2(double.url);
	const stream = client.session.request({
		':method': 'CONNECT',
		':authority': 'api.example.test:443',
	});
	stream.on('error', () => {});
	const [head] = await once(stream, 'response');
	t.is(head[':status'], 501);
	const {request, response} = await double.journal.waitFor(() => true);
	t.like(request, {method: 'CONNECT', target: 'api.example.test:443', framing: 'frames'});
	t.is(request.http2?.reset, undefined);
	t.true(response?.complete);
});

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

const garbage = [
	['garbage behind the preface', `${preface}this is no frame, and never will be one`],
	['a frame that is too large', `${preface}\xff\xff\xff\x04\x00\x00\x00\x00\x00`],
	['a first frame that is no SETTINGS', `${preface}\x00\x00\x08\x06\x00\x00\x00\x00\x0012345678`],
] as const;

for (const [what, bytes] of garbage)
	test(`${what} is recorded with its bytes, and the double lives on`, async t => {
		await using double = await startDouble(scenario);
		using raw = await connectTo(double.url);
		raw.send(bytes);
		await raw.rest();
		const {request, response} = await double.journal.waitFor(() => true);
		t.is(request.malformed?.code, 'ERR_HTTP2_ERROR');
		t.is(Buffer.from(request.malformed?.bytes ?? []).toString('latin1'), bytes);
		t.is(response, undefined);
		using client = await connectHttp2(double.url);
		t.is((await client.ask({':path': '/x'})).status, 201);
	});

test('a preface that comes byte by byte is understood', async t => {
	await using double = await startDouble(scenario);
	using raw = await connectTo(double.url);
	raw.socket.setNoDelay(true);
	for (const byte of preface) {
		raw.send(byte);
		await new Promise(resolve => setImmediate(resolve));
	}
	raw.send('\x00\x00\x00\x04\x00\x00\x00\x00\x00');
	const [answer] = await once(raw.socket, 'data');
	// The server's own SETTINGS: frame type 4.
	t.is(answer[3], 4);
	t.deepEqual(double.exchanges, []);
	t.is(double.journal.connections[0]?.protocol, 'h2');
});

test('close ends sessions with streams that wait', async t => {
	const double = await startDouble(scenario);
	using client = await connectHttp2(double.url);
	const stream = client.begin({':method': 'PUT', ':path': '/slow'});
	stream.on('error', () => {});
	await began(double);
	await double.close();
	await client.closed();
	t.true(double.exchanges.every(({sealed}) => sealed));
});
