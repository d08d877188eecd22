import test from 'ava';
import {defaultLimits} from '../../src/doors/limits.ts';
import {startDouble} from '../../src/index.ts';
import {ask, chunked, connectTo, headOf} from '../helpers/raw-client.ts';

const api = 'http://api.example.test';
const scenario = {name: 'sink', routes: [{request: `* ${api}/*rest`, response: {status: 204}}]};

const garbage = [
	['another protocol', '\x16\x03\x01\x02\x00\x01\x00\xff', 'HPE_INVALID_METHOD'],
	['words', 'hello there\r\n\r\n', 'HPE_INVALID_METHOD'],
	['an unknown method', 'IGLOO /x HTTP/1.1\r\nHost: h\r\n\r\n', 'HPE_INVALID_METHOD'],
	['another version', 'GET /x HTTP/9.9\r\nHost: h\r\n\r\n', 'HPE_INVALID_VERSION'],
	['a space in a target', 'GET /a b HTTP/1.1\r\nHost: h\r\n\r\n', 'HPE_INVALID_CONSTANT'],
	['a raw byte in a target', 'GET /\xe9 HTTP/1.1\r\nHost: h\r\n\r\n', 'HPE_INVALID_URL'],
	['a space before a colon', 'GET /x HTTP/1.1\r\nHost : h\r\n\r\n', 'HPE_INVALID_HEADER_TOKEN'],
	[
		'two framings',
		headOf(['POST /x HTTP/1.1', 'Content-Length: 1', 'Transfer-Encoding: chunked']),
		'HPE_INVALID_TRANSFER_ENCODING',
	],
	[
		'two lengths',
		headOf(['POST /x HTTP/1.1', 'Content-Length: 1', 'Content-Length: 2']),
		'HPE_UNEXPECTED_CONTENT_LENGTH',
	],
] as const;

for (const [what, bytes, code] of garbage)
	test(`${what} is recorded with its bytes and answered 400, and the double lives on`, async t => {
		await using double = await startDouble(scenario);
		using client = await connectTo(double.url);
		client.send(bytes);
		const {statusLine, headers} = await client.response();
		t.is(statusLine, 'HTTP/1.1 400 Bad Request');
		t.deepEqual(headers, [
			['Connection', 'close'],
			['Content-Length', '0'],
		]);
		t.is((await client.rest()).length, 0);

		const {request, response, connection} = await double.journal.waitFor(() => true);
		t.is(request.malformed?.code, code);
		t.truthy(request.malformed?.message);
		t.is(Buffer.from(request.malformed?.bytes ?? []).toString('latin1'), bytes);
		t.like(request, {
			method: '',
			target: '',
			url: '',
			origin: api,
			httpVersion: '',
			framing: 'none',
		});
		t.is(request.body.size, 0);
		t.like(response, {status: 400, reason: 'Bad Request', bodySize: 0, complete: true});
		t.like(connection, {number: 1, exchange: 1});
		t.is((await ask(double.url, ['GET /x HTTP/1.1', 'Host: h'])).status, 204);
		t.deepEqual(double.hops(), []);
	});

const broken = [
	['the size of a chunk', '3\r\nabc\r\nxyz\r\n', 'abc', 'HPE_INVALID_CHUNK_SIZE'],
	['the end of a chunk', '3\r\nabcdef\r\n', 'abc', 'HPE_STRICT'],
	['a trailer', '3\r\nabc\r\n0\r\nbad trailer\r\n\r\n', 'abc', 'HPE_INVALID_HEADER_TOKEN'],
] as const;

for (const [what, sent, came, code] of broken)
	test(`garbage in ${what} makes the request malformed, with the bytes that came before it`, async t => {
		await using double = await startDouble(scenario);
		using client = await connectTo(double.url);
		client.send(headOf(['POST /x HTTP/1.1', 'Host: h', 'Transfer-Encoding: chunked']) + sent);
		t.is((await client.response()).status, 400);
		const {request, response} = await double.journal.waitFor(() => true);
		t.is(double.exchanges.length, 1);
		t.is(request.malformed?.code, code);
		t.is(request.method, 'POST');
		t.is(request.target, '/x');
		t.is(await request.body.text(), came);
		t.false(request.body.complete);
		t.like(response, {status: 400, complete: true});
		t.is((await ask(double.url, ['GET /x HTTP/1.1', 'Host: h'])).status, 204);
	});

test('a head that is too large is answered 431', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	client.send(headOf(['GET /x HTTP/1.1', `X-Large: ${'x'.repeat(defaultLimits.headSize)}`]));
	t.is((await client.response()).statusLine, 'HTTP/1.1 431 Request Header Fields Too Large');
	const {request, response} = await double.journal.waitFor(() => true);
	t.is(request.malformed?.code, 'HPE_HEADER_OVERFLOW');
	t.is(response?.status, 431);
});

test('a head that breaks off is malformed', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	client.send('GET /x HT');
	client.socket.end();
	const {request} = await double.journal.waitFor(() => true);
	t.is(request.malformed?.code, 'HPE_INVALID_EOF_STATE');
});

test('a connection that opens and leaves is no exchange', async t => {
	await using double = await startDouble(scenario);
	for (const leave of ['end', 'resetAndDestroy'] as const) {
		using client = await connectTo(double.url);
		client.socket[leave]();
		await client.rest();
	}
	await ask(double.url, ['GET /x HTTP/1.1', 'Host: h']);
	const {number, connection} = await double.journal.waitFor(() => true);
	t.is(number, 1);
	t.is(connection.number, 3);
});

test('requests in one packet are exchanges of their own, in order', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	const one = headOf(['POST /1 HTTP/1.1', 'Transfer-Encoding: chunked']) + chunked(['abc']);
	client.send(one + headOf(['GET /2 HTTP/1.1']) + headOf(['GET /3 HTTP/1.1']));
	for (let i = 0; i < 3; i++) t.is((await client.response()).status, 204);
	await double.journal.waitFor(({number}) => number === 3);
	t.deepEqual(
		double.exchanges.map(({request, connection}) => [request.target, connection.exchange]),
		[
			['/1', 1],
			['/2', 2],
			['/3', 3],
		],
	);
});

test('what Node would answer by itself is recorded and answered as any request', async t => {
	await using double = await startDouble(scenario);
	t.is((await ask(double.url, ['GET /x HTTP/1.1'])).status, 204);
	t.is((await ask(double.url, ['GET /x HTTP/1.1', 'Host: h', 'Expect: the-best'])).status, 204);
	await ask(double.url, ['CONNECT api.example.test:443 HTTP/1.1', 'Host: h']);
	const {request, response} = await double.journal.waitFor(({number}) => number === 3);
	t.is(request.method, 'CONNECT');
	t.is(request.target, 'api.example.test:443');
	t.is(response?.status, 501);
});
