import {once} from 'node:events';
import {createServer, type Socket} from 'node:net';
import test from 'ava';
import {resetConnection} from '../../src/app/break-off.ts';
import {defaultLimits} from '../../src/doors/limits.ts';
import {startDouble} from '../../src/index.ts';
import {secureTo} from '../helpers/fuzzed/honest.ts';
import {connectHttp2} from '../helpers/http2-client.ts';
import {
	endHeaders,
	endStream,
	fieldBlock,
	frame,
	opening,
	requestHead,
} from '../helpers/http2-frames.ts';
import {chunked, connectTo, headOf, type RawClient} from '../helpers/raw-client.ts';
import {receiving} from '../helpers/receiving.ts';
import {watch} from '../helpers/wire.ts';

const api = 'https://api.example.test';
const scenario = {
	name: 'sink',
	routes: [
		{request: `* ${api}/large`, response: {text: 'x'.repeat(500_000)}},
		{request: `* ${api}/*rest`, response: {status: 204}},
	],
};

const get = headOf(['GET /x HTTP/1.1', 'Host: h']);
const chunkedHead = headOf(['POST /x HTTP/1.1', 'Host: h', 'Transfer-Encoding: chunked']);
const MiB = 2 ** 20;

const tooLarge = [
	['100,000 header lines', headOf(['GET /x HTTP/1.1', ...Array(100_000).fill('a: b')]), 431],
	['a header of 10 MiB', headOf(['GET /x HTTP/1.1', `X: ${'x'.repeat(10 * MiB)}`]), 431],
	['a request line of 1 MiB', headOf([`GET /${'x'.repeat(MiB)} HTTP/1.1`]), 431],
	['1 MiB of trailers', `${chunkedHead}${chunked(['abc'], [`X: ${'x'.repeat(MiB)}`])}`, 431],
	['a chunk extension of 4 MiB', `${chunkedHead}1;a=${'x'.repeat(4 * MiB)}\r\nx\r\n0\r\n\r\n`, 413],
] as const;

for (const [what, bytes, status] of tooLarge)
	test(`${what}: the client reads a ${status}, not a reset, and it is recorded`, async t => {
		await using double = await startDouble(scenario);
		using client = await connectTo(double.url);
		const wire = watch(client.socket);
		client.send(bytes);
		t.is((await client.response()).status, status);
		t.is((await wire).ending, 'fin');
		const {request, response} = await double.journal.waitFor(() => true);
		t.regex(request.malformed?.code ?? '', /^HPE_.*OVERFLOW$/);
		t.like(response, {status, complete: true});
		t.is(double.exchanges.length, 1);
	});

test('a head that is as large as the limit is taken', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	const size = defaultLimits.headSize - 200;
	client.send(headOf(['GET /x HTTP/1.1', `Cookie: ${'x'.repeat(size)}`]));
	t.is((await client.response()).status, 204);
});

const late: readonly (readonly [what: string, bytes: string])[] = [
	['a head', 'GET /x HTTP/1.1\r\nX-Slow:'],
	['a preface of HTTP/2', 'PRI * HT'],
];

for (const [what, bytes] of late)
	test(`${what} that does not come to its end is answered 408, and recorded`, async t => {
		await using door = await receiving(scenario, {...defaultLimits, headTimeout: 40});
		using client = await connectTo(door.url);
		client.send(bytes);
		t.is((await client.response()).status, 408);
		const {request, response} = await door.recorder.waitFor(() => true);
		t.is(request.malformed?.code, 'ERR_HTTP_REQUEST_TIMEOUT');
		t.like(response, {status: 408, complete: true});
	});

test('a TLS handshake that does not come to its end is ended, and recorded', async t => {
	await using door = await receiving(scenario, {...defaultLimits, handshakeTimeout: 40}, 'tls');
	using client = await connectTo(door.url);
	client.send('\x16\x03\x01');
	await client.rest();
	const {request} = await door.recorder.waitFor(() => true);
	t.is(request.malformed?.code, 'ERR_TLS_HANDSHAKE_TIMEOUT');
});

test('who was refused and goes on sending is not read for ever', async t => {
	await using door = await receiving(scenario, {...defaultLimits, linger: 40});
	const {socket} = await connectTo(door.url, {allowHalfOpen: true});
	socket.write('no HTTP\r\n\r\n');
	const timer = setInterval(() => socket.write('more'), 5);
	const closed = new Promise(resolve => socket.once('close', resolve));
	await Promise.race([once(socket, 'error').catch(() => {}), closed]);
	clearInterval(timer);
	socket.destroy();
	t.is((await door.recorder.waitFor(() => true)).response?.status, 400);
	t.is(door.recorder.exchanges.length, 1);
});

test('2,000 connections at once each get their answer', async t => {
	await using double = await startDouble(scenario);
	const clients = await crowd(double.url, 2000);
	for (const client of clients) client.send(get);
	const answers = await Promise.all(clients.map(client => client.response()));
	t.true(answers.every(({status}) => status === 204));
	t.is(double.exchanges.length, 2000);
	for (const client of clients) client.leave();
});

test('2,000 connections that are opened and left, or kept, are no exchanges, and close() ends them', async t => {
	const double = await startDouble(scenario);
	const clients = await crowd(double.url, 2000);
	// What the system has not handed over yet, it may forget.
	while (double.journal.connections.length < 2000)
		await new Promise(resolve => setTimeout(resolve, 10));
	for (const client of clients.slice(1000)) client.leave();
	await double.close();
	await Promise.all(clients.map(client => client.rest()));
	t.is(double.exchanges.length, 0);
	t.true(double.journal.connections.every(({closedAt}) => closedAt !== undefined));
});

test('connections that never finish the TLS handshake do not keep close() waiting', async t => {
	const double = await startDouble(scenario, {tls: true});
	const clients = await crowd(double.url, 100);
	for (const client of clients) client.send('\x16\x03\x01');
	await double.close();
	await Promise.all(clients.map(client => client.rest()));
	t.is(double.exchanges.length, 0);
});

test('10,000 requests on one connection, sent at once, are answered and recorded in order', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	const count = 10_000;
	client.socket.removeAllListeners('data');
	let size = 0;
	client.socket.on('data', (piece: Buffer) => {
		size += piece.length;
	});
	const all = Array.from({length: count}, (_, i) => headOf([`GET /${i} HTTP/1.1`, 'Host: h']));
	client.send(all.join(''));
	await double.journal.waitFor(({number}) => number === count, {timeout: 30_000});
	t.true(size > 0);
	t.true(double.exchanges.every(({request}, index) => request.target === `/${index}`));
});

test('1,000 streams of one HTTP/2 connection are answered', async t => {
	await using double = await startDouble(scenario);
	using client = await connectHttp2(double.url);
	const asked = Array.from({length: 1000}, () => client.ask({':path': '/x'}));
	const answers = await Promise.all(asked);
	t.true(answers.every(({status}) => status === 204));
	t.is(double.exchanges.length, 1000);
});

test('a body of 100,000 tiny chunks comes whole', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	client.send(`${chunkedHead}${chunked(Array(100_000).fill('x'))}`);
	t.is((await client.response()).status, 204);
	const {request} = await double.journal.waitFor(() => true);
	t.like(request.body, {size: 100_000, complete: true});
});

test('a body that never comes keeps its record open, and nothing else: close() seals it', async t => {
	const double = await startDouble(scenario);
	using client = await connectTo(double.url);
	client.send(headOf(['POST /x HTTP/1.1', 'Host: h', 'Content-Length: 10']));
	while (double.exchanges.length === 0) await new Promise(resolve => setImmediate(resolve));
	t.false(double.exchanges[0]?.sealed);
	await double.close();
	await client.rest();
	t.true(double.exchanges[0]?.sealed);
	t.false(double.exchanges[0]?.request.body.complete);
});

test('a peer of HTTP/2 that never reads does not keep close() waiting', async t => {
	const double = await startDouble(scenario);
	using client = await connectHttp2(double.url);
	for (let i = 0; i < 100; i++)
		client.session
			.request({':path': '/large'})
			.on('error', () => {})
			.pause();
	while (double.exchanges.length < 100) await new Promise(resolve => setImmediate(resolve));
	await double.close();
	t.true(double.exchanges.every(({sealed}) => sealed));
});

test('a client of HTTP/2 over TLS that goes while it is answered is noticed', async t => {
	await using double = await startDouble(scenario, {tls: true});
	const socket = await secureTo(double.url, await double.ca.pem(), 'h2');
	const heads = Array.from({length: 300}, (_, i) =>
		requestHead(2 * i + 1, '/x', {flags: endStream | endHeaders}),
	);
	await new Promise(resolve => socket.write(Buffer.concat([opening, ...heads]), resolve));
	setImmediate(() => socket.destroy());
	const isOpen = () => double.journal.connections.some(({closedAt}) => closedAt === undefined);
	while (isOpen()) await new Promise(resolve => setTimeout(resolve, 10));
	t.true(double.exchanges.every(({sealed}) => sealed));
});

test('a HEAD of HTTP/2 whose client leaves before it is answered is sealed', async t => {
	await using double = await startDouble(scenario);
	const client = await connectTo(double.url);
	client.send(Buffer.concat([opening, requestHead(1, '/x', {method: 'HEAD'})]));
	while (double.exchanges.length === 0) await new Promise(resolve => setImmediate(resolve));
	client.leave();
	const {request, response} = await double.journal.waitFor(() => true);
	t.is(request.method, 'HEAD');
	t.is(response, undefined);
});

test('fields of HTTP/2 that are too many have their stream refused, and others go on', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	const wire = watch(client.socket);
	const line = ['x-a', ''] as const;
	const block = (count: number) =>
		fieldBlock([
			[':method', 'GET'],
			[':path', '/x'],
			[':scheme', 'http'],
			[':authority', 'a'],
			...Array.from({length: count}, () => line),
		]);
	const large = block(9000);
	const sent = Array.from({length: 4}, (_, i) => large.subarray(i * 16_000, (i + 1) * 16_000));
	client.send(
		Buffer.concat([
			opening,
			frame('headers', endStream, 1, sent[0]),
			...sent.slice(1, -1).map(piece => frame('continuation', 0, 1, piece)),
			frame('continuation', endHeaders, 1, sent.at(-1)),
			frame('headers', endStream | endHeaders, 3, block(1)),
		]),
	);
	await double.journal.waitFor(({request}) => request.http2?.stream === 3);
	t.is(double.exchanges.length, 1);
	client.leave();
	await wire;
});

test('a connection that is being ended can be reset, and closes', async t => {
	const server = createServer({allowHalfOpen: true}, (socket: Socket) => {
		socket.on('error', () => {});
		socket.end('x', () => {});
		resetConnection(socket);
		socket.once('close', () => server.close());
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('It has no port.');
	const {socket} = await connectTo(`http://127.0.0.1:${address.port}`, {allowHalfOpen: true});
	await once(server, 'close');
	socket.destroy();
	t.pass();
});

/** So many connections, some of them opened at a time: systems queue only so many. */
async function crowd(url: string, count: number): Promise<RawClient[]> {
	const clients: RawClient[] = [];
	while (clients.length < count)
		clients.push(...(await Promise.all(Array.from({length: 200}, () => connectTo(url)))));
	return clients.slice(0, count);
}
