import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Duplex} from 'node:stream';
import test from 'ava';
import {divert} from '../../src/app/divert.ts';
import {Packets} from '../../src/app/packets.ts';
import {type ScenarioInput, startDouble} from '../../src/index.ts';
import {ask, connectTo, headOf} from '../helpers/raw-client.ts';
import {untilEnd} from '../helpers/wire.ts';

type Response = NonNullable<
	Exclude<ScenarioInput['routes'][number]['response'], (...args: never[]) => unknown>
>;

const headers = {Date: 'today', Connection: 'close'};
const head =
	'HTTP/1.1 200 OK\r\nDate: today\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 10\r\n\r\n';

function doubleWith(response: Response) {
	const routes = [{request: '* https://api.example.test/x', response}];
	return startDouble({name: 'paced', routes});
}

const paces: readonly Partial<Response>[] = [
	{bodyDelay: 5},
	{bytesPerSecond: 1000},
	{packetSize: 1},
	{packetSize: 7},
	{packetSize: 100_000},
	{bodyDelay: 5, bytesPerSecond: 1000, packetSize: 3},
];

for (const pace of paces)
	test(`a response with ${JSON.stringify(pace)} is whole, and the connection goes on`, async t => {
		await using double = await doubleWith({text: '0123456789', headers: {Date: 'today'}, ...pace});
		using client = await connectTo(double.url);
		for (const path of ['/x', '/x']) {
			client.send(headOf([`GET ${path} HTTP/1.1`, 'Host: h']));
			const {status, body} = await client.response();
			t.deepEqual([status, body.toString()], [200, '0123456789']);
		}
		await double.journal.waitFor(({number, sealed}) => sealed && number === 2);
		for (const {response, connection} of double.exchanges) {
			t.like(response, {complete: true, bodySize: 10});
			t.is(connection.number, 1);
		}
	});

test('pipelined responses at a pace come one after another, the others at their own', async t => {
	const routes = [
		{
			request: 'GET https://api.example.test/x',
			response: {text: '0123456789', packetSize: 3, bytesPerSecond: 1000},
		},
		{request: 'GET https://api.example.test/y', response: {text: 'y'.repeat(10)}},
	];
	await using double = await startDouble({name: 'paced', routes});
	using client = await connectTo(double.url);
	for (const path of ['/x', '/y', '/x']) client.send(headOf([`GET ${path} HTTP/1.1`, 'Host: h']));
	const bodies: string[] = [];
	while (bodies.length < 3) bodies.push((await client.response()).body.toString());
	t.deepEqual(bodies, ['0123456789', 'yyyyyyyyyy', '0123456789']);
});

test('the head comes alone when the body is delayed', async t => {
	await using double = await doubleWith({text: '0123456789', headers, bodyDelay: 600_000});
	using client = await connectTo(double.url);
	let text = '';
	client.socket.on('data', (piece: Buffer) => {
		text += piece.toString('latin1');
	});
	client.send(headOf(['GET /x HTTP/1.1', 'Host: h']));
	while (text.length < head.length) await new Promise(resolve => setImmediate(resolve));
	t.is(text, head);
});

const waits: readonly Partial<Response>[] = [{bodyDelay: 600_000}, {bytesPerSecond: 1}];

for (const wait of waits)
	test(`a client that leaves while ${JSON.stringify(wait)} lasts is recorded, and nothing waits on`, async t => {
		await using double = await doubleWith({text: '0123456789', headers, ...wait});
		using client = await connectTo(double.url);
		client.send(headOf(['GET /x HTTP/1.1', 'Host: h']));
		await new Promise(resolve => client.socket.once('data', resolve));
		client.leave();
		const {response} = await double.journal.waitFor(({sealed}) => sealed);
		t.like(response, {status: 200, complete: false});
	});

test('a file in packets at a speed comes whole, and the connection goes on', async t => {
	const folder = await mkdtemp(join(tmpdir(), 'pace-test-'));
	t.teardown(() => rm(folder, {recursive: true}));
	const content = Buffer.from(Array.from({length: 200_000}, (_, at) => at & 0xff));
	await writeFile(join(folder, 'body.bin'), content);
	const response = {file: 'body.bin', packetSize: 1000, bytesPerSecond: 10_000_000};
	const routes = [{request: '* https://api.example.test/x', response}];
	await writeFile(join(folder, 'paced.json'), JSON.stringify({name: 'paced', routes}));
	await using double = await startDouble(join(folder, 'paced.json'));
	using client = await connectTo(double.url);
	for (const path of ['/x', '/x']) {
		client.send(headOf([`GET ${path} HTTP/1.1`, 'Host: h']));
		t.true(content.equals((await client.response()).body));
	}
	await double.journal.waitFor(({number, sealed}) => sealed && number === 2);
	t.true(double.exchanges.every(({response: sent}) => sent?.complete));
});

test('a double that closes ends what is under way', async t => {
	const double = await doubleWith({text: '0123456789', headers, bodyDelay: 600_000});
	const asked = ask(double.url, ['GET /x HTTP/1.1', 'Host: h']);
	while (double.exchanges[0]?.response === undefined)
		await new Promise(resolve => setImmediate(resolve));
	await double.close();
	await t.throwsAsync(asked);
	t.true(double.exchanges[0]?.sealed);
});

test('a response in packets of one byte has all its bytes', async t => {
	await using double = await doubleWith({text: '0123456789', headers, packetSize: 1});
	const {text, pieces} = await untilEnd(double.url, ['GET /x HTTP/1.1', 'Host: h']);
	t.is(text, `${head}0123456789`);
	t.true(pieces.length > 1);
});

/** A stream whose pieces pass through packets, and what it is given to send. */
function packeted(size: number): {stream: Duplex; sent: string[]; restore: () => void} {
	const sent: string[] = [];
	const stream = new Duplex({
		decodeStrings: false,
		read: () => {},
		write: (piece, _encoding, done) => {
			sent.push(String(piece));
			setImmediate(done);
		},
	});
	const packets = new Packets(stream, size);
	const restore = divert(stream, (bytes, write, hasMore) => packets.send(bytes, write, hasMore));
	return {stream, sent, restore};
}

const cuts: readonly (readonly [number, readonly string[], readonly string[]])[] = [
	[4, ['head', 'body'], ['head', 'body']],
	[3, ['head', 'body'], ['hea', 'dbo', 'dy']],
	[5, ['head', 'body', ''], ['headb', 'ody']],
	[100, ['head', 'body'], ['headbody']],
	[1, ['abc'], ['a', 'b', 'c']],
	[Number.POSITIVE_INFINITY, ['head', 'body'], ['head', 'body']],
];

for (const [size, written, expected] of cuts)
	test(`${written.join(' and ')} in packets of ${size} are ${expected.join(' ')}`, async t => {
		const {stream, sent, restore} = packeted(size);
		stream.cork();
		for (const piece of written) stream.write(piece, 'latin1');
		stream.uncork();
		stream.end();
		await new Promise(resolve => stream.once('finish', resolve));
		restore();
		t.deepEqual(sent, [...expected]);
	});

test('no more packets are sent when their stream is destroyed', async t => {
	const {stream, sent} = packeted(1);
	stream.write('0123456789');
	while (sent.length < 3) await new Promise(resolve => setImmediate(resolve));
	stream.destroy();
	const before = sent.length;
	for (let turns = 0; turns < 20; turns++) await new Promise(resolve => setImmediate(resolve));
	t.is(sent.length, before);
});

test('a stream that is no longer diverted sends as before', async t => {
	const {stream, sent, restore} = packeted(1);
	restore();
	stream.end('abc');
	await new Promise(resolve => stream.once('finish', resolve));
	t.deepEqual(sent, ['abc']);
});
