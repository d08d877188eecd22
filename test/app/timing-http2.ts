import {once} from 'node:events';
import {connect} from 'node:net';
import test from 'ava';
import {type Double, startDouble} from '../../src/index.ts';
import {timeless} from '../helpers/after-answer.ts';
import {api, redirecting} from '../helpers/early-scenario.ts';
import {createGate} from '../helpers/gate.ts';
import {connectHttp2} from '../helpers/http2-client.ts';
import {
	endHeaders,
	endStream,
	frame,
	opening,
	requestHead,
	reset,
} from '../helpers/http2-frames.ts';
import {connectTo, type RawClient} from '../helpers/raw-client.ts';

function sealed(double: Double, number = 1) {
	return double.journal.waitFor(exchange => exchange.number === number);
}

const names = ['data', 'headers', 'priority', 'reset', 'settings', 'push', 'ping', 'goaway'];

/** The frames of stream 1 in which bytes consist, in words; a reset with its error code. */
function framesOf(bytes: Buffer): string[] {
	const frames: string[] = [];
	for (let at = 0; at + 9 <= bytes.length; ) {
		const length = bytes.readUIntBE(at, 3);
		const name = names[bytes.readUInt8(at + 3)] ?? 'another';
		const ends = (bytes.readUInt8(at + 4) & endStream) !== 0;
		const code = name === 'reset' ? ` ${bytes.readUInt32BE(at + 9)}` : '';
		if (bytes.readUInt32BE(at + 5) === 1) frames.push(`${name}${code}${ends ? ', end' : ''}`);
		at += 9 + length;
	}
	return frames;
}

/** A client that collects what comes until a frame of stream 1 is the one that is waited for. */
async function framesUntil({socket}: RawClient, last: string): Promise<string[]> {
	let bytes = Buffer.alloc(0);
	for (;;) {
		const [piece] = await once(socket, 'data');
		bytes = Buffer.concat([bytes, piece]);
		const frames = framesOf(bytes);
		if (frames.includes(last)) return frames;
	}
}

test('a redirect before the body leaves its stream open until the body has ended', async t => {
	await using double = await startDouble(redirecting({answer: 'before-body', text: 'moved'}));
	using client = await connectTo(double.url);
	client.send(Buffer.concat([opening, requestHead(1, '/x'), frame('data', 0, 1, 'abc')]));
	t.deepEqual(await framesUntil(client, 'data, end'), ['headers', 'data', 'data, end']);
	t.false(double.exchanges[0]?.sealed);
	client.send(frame('data', endStream, 1, 'defg'));
	const {request, response} = await sealed(double);
	t.deepEqual(timeless(request), {before: 3, after: 4, ending: 'finished'});
	t.true(request.body.complete);
	t.true(response?.complete);
});

for (const [afterwards, code] of [
	['close', 0],
	['reset', 8],
] as const)
	test(`${afterwards} resets the stream with code ${code} when the response is out`, async t => {
		await using double = await startDouble(
			redirecting({answer: 'before-body', afterwards, text: 'moved'}),
		);
		using client = await connectTo(double.url);
		client.send(Buffer.concat([opening, requestHead(1, '/x'), frame('data', 0, 1, 'abc')]));
		const frames = await framesUntil(client, `reset ${code}`);
		t.is(frames[0], 'headers');
		t.deepEqual(frames.slice(-2), ['data, end', `reset ${code}`]);
		const {request, response} = await sealed(double);
		t.deepEqual(timeless(request), {before: 3, after: 0, ending: 'cut'});
		t.false(request.body.complete);
		t.is(request.http2?.reset, undefined);
		t.true(response?.complete);
	});

test('a large response is whole before its stream is reset', async t => {
	const text = 'm'.repeat(4 * 1024 * 1024);
	await using double = await startDouble(
		redirecting({answer: 'before-body', afterwards: 'close', text}),
	);
	using client = await connectHttp2(double.url);
	const stream = client.begin({':method': 'POST', ':path': '/x'});
	let size = 0;
	stream.on('error', () => {});
	stream.on('data', (piece: Buffer) => {
		size += piece.length;
	});
	await once(stream, 'close');
	t.is(size, text.length);
	t.true((await sealed(double)).response?.complete);
});

for (const [afterwards, code] of [
	['close', 0],
	['reset', 8],
] as const)
	test(`where nothing is left of the stream, ${afterwards} ends the connection with code ${code}`, async t => {
		await using double = await startDouble(redirecting({afterwards}));
		using client = await connectHttp2(double.url);
		const told = new Promise(resolve => client.session.once('goaway', resolve));
		const ended = new Promise(resolve => client.session.once('close', resolve));
		t.is((await client.ask({':method': 'POST', ':path': '/x'}, 'abc')).status, 307);
		t.is(await told, code);
		await ended;
		const {request, response} = await sealed(double);
		t.is(request.afterAnswer, undefined);
		t.true(response?.complete);
	});

const leaving = [
	['gives up the stream', (client: RawClient) => client.send(reset(1, 8)), 'stopped'],
	['ends the connection', (client: RawClient) => client.socket.end(), 'stopped'],
	['breaks the connection off', (client: RawClient) => client.socket.resetAndDestroy(), 'reset'],
	['does nothing any more', () => undefined, 'silent'],
] as const;
for (const afterwards of ['keep-alive', 'stop-reading'] as const)
	for (const [what, leave, ending] of leaving)
		test(`a client that ${what} after an early redirect is recorded so (${afterwards})`, async t => {
			await using double = await startDouble(
				redirecting({answer: 'before-body', afterwards, text: 'moved'}),
			);
			using client = await connectTo(double.url);
			client.send(Buffer.concat([opening, requestHead(1, '/x'), frame('data', 0, 1, 'abc')]));
			await framesUntil(client, 'data, end');
			leave(client);
			const {request} = await sealed(double);
			t.deepEqual(timeless(request), {before: 3, after: 0, ending});
			t.false(request.body.complete);
			t.is(request.http2?.reset, what === 'gives up the stream' ? 8 : undefined);
		});

test('a body is cut off by the end of its connection, though its stream ends in good order', async t => {
	const {name, routes} = redirecting({answer: 'before-body'});
	const last = {request: `* ${api}/last`, response: {afterwards: 'reset'}} as const;
	await using double = await startDouble({name, routes: [...routes, last]});
	using client = await connectHttp2(double.url);
	const early = client.begin({':method': 'POST', ':path': '/x'});
	early.on('error', () => {}).resume();
	early.write('abc');
	await once(early, 'response');
	client
		.begin({':method': 'POST', ':path': '/last'})
		.on('error', () => {})
		.end();
	const {request} = await sealed(double);
	t.false(request.body.complete);
	t.deepEqual(timeless(request), {before: 3, after: 0, ending: 'cut'});
});

test('a stream that is left unread does not keep its client from the others', async t => {
	await using double = await startDouble(
		redirecting({answer: 'before-body', afterwards: 'stop-reading'}),
	);
	using client = await connectHttp2(double.url);
	const stream = client.begin({':method': 'POST', ':path': '/x'});
	stream.on('error', () => {});
	await once(stream.resume(), 'response');
	stream.write(Buffer.alloc(8 * 1024 * 1024));
	const other = await client.ask({':method': 'PUT', ':path': '/y'}, 'abc');
	t.is(other.status, 201);
	t.is((await sealed(double)).request.afterAnswer?.ending, 'silent');
});

test('many early answers on one connection leave nothing behind', async t => {
	await using double = await startDouble(redirecting({answer: 'before-body'}));
	using client = await connectHttp2(double.url);
	const warnings: Error[] = [];
	const warn = (warning: Error) => warnings.push(warning);
	process.on('warning', warn);
	t.teardown(() => process.off('warning', warn));
	const streams = Array.from({length: 40}, () =>
		client.begin({':method': 'POST', ':path': '/x'}).resume(),
	);
	await Promise.all(streams.map(stream => once(stream, 'response')));
	for (const stream of streams) stream.end('abc');
	await Promise.all(streams.map((_, index) => sealed(double, index + 1)));
	t.true(double.exchanges.every(({request}) => request.afterAnswer?.ending === 'finished'));
	t.deepEqual(warnings, []);
});

test('an expectation is met by the redirect, or by 100 where it is followed', async t => {
	await using double = await startDouble(redirecting({}));
	using client = await connectHttp2(double.url);
	for (const [path, interim, status] of [
		['/x', [], 307],
		['/y', [100], 201],
	] as const) {
		const stream = client.begin({':method': 'POST', ':path': path, expect: '100-continue'});
		const came: unknown[] = [];
		stream.on('continue', () => came.push(100));
		const response = once(stream.resume(), 'response');
		if (path === '/y') await once(stream, 'continue');
		stream.end('abc');
		const [headers] = await response;
		t.is(headers[':status'], status);
		t.deepEqual(came, interim);
	}
	const {redirect, followUp} = await double.hop();
	t.deepEqual(redirect.interim ?? [], []);
	t.deepEqual(
		followUp.interim?.map(({status}) => status),
		[100],
	);
});

test('a connection that ends with its listener was not left by its client', async t => {
	const double = await startDouble(redirecting({answer: 'before-body'}));
	const {hostname, port} = new URL(double.url);
	const socket = connect(Number(port), hostname);
	socket.on('error', () => {});
	socket.write(Buffer.concat([opening, requestHead(1, '/x'), frame('data', 0, 1, 'abc')]));
	while (double.exchanges[0]?.response === undefined) await once(socket, 'data');
	await double.close();
	while (!double.exchanges[0]?.sealed) await new Promise(setImmediate);
	t.is(double.exchanges[0]?.request.afterAnswer?.ending, 'cut');
});

test('a HEAD that its client gives up is waited for no more', async t => {
	const {name} = redirecting({});
	const slow = {request: `* ${api}/slow`, response: {delay: 600_000}};
	await using double = await startDouble({name, routes: [slow]});
	const over = createGate();
	double.app.use(async (_, go) => {
		await go();
		over.open();
	});
	using client = await connectTo(double.url);
	client.send(
		Buffer.concat([
			opening,
			requestHead(1, '/slow', {method: 'HEAD', flags: endHeaders | endStream}),
		]),
	);
	while (double.exchanges.length === 0) await new Promise(setImmediate);
	client.send(reset(1, 8));
	await over.passed;
	t.is((await sealed(double)).response, undefined);
});
