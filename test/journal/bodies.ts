import {createHash} from 'node:crypto';
import {buffer} from 'node:stream/consumers';
import test from 'ava';
import {startDouble} from '../../src/index.ts';
import {ask, chunked, connectTo, headOf} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const scenario = {name: 'sink', routes: [{request: `* ${api}/*rest`, response: {status: 204}}]};
const everyByte = Uint8Array.from({length: 256}, (_, byte) => byte);
const post = (...fields: string[]) => headOf(['POST /x HTTP/1.1', 'Host: h', ...fields]);

const bodies = [
	['no body at all', undefined],
	['an empty body', new Uint8Array()],
	['every byte', everyByte],
	['a body that fits in memory to the byte', new Uint8Array(64 * 1024).fill(7)],
	['a body that is one byte too large for memory', new Uint8Array(64 * 1024 + 1).fill(7)],
	['a body of megabytes', bytesOf(3_000_017)],
] as const;

for (const [what, body] of bodies)
	test(`${what} is recorded byte for byte`, async t => {
		await using double = await startDouble(scenario);
		const length = body === undefined ? [] : [`Content-Length: ${body.length}`];
		await ask(double.url, ['POST /x HTTP/1.1', 'Host: h', ...length], body);

		const {request} = await double.journal.waitFor(() => true);
		const expected = body ?? new Uint8Array();
		t.is(request.framing, body === undefined ? 'none' : 'content-length');
		t.is(request.body.size, expected.length);
		t.is(request.body.sha256, createHash('sha256').update(expected).digest('hex'));
		t.true(request.body.complete);
		t.true(Buffer.from(expected).equals(await request.body.bytes()));
		t.true(Buffer.from(expected).equals(await buffer(request.body.stream())));
	});

test('a chunked body is recorded without its chunks, with its trailers', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	client.send(post('Transfer-Encoding: chunked', 'Trailer: X-Sum'));
	client.send(chunked(['he', 'llo'], ['X-Sum: 5', 'x-sum: five']));
	await client.response();

	const {request} = await double.journal.waitFor(() => true);
	t.is(request.framing, 'chunked');
	t.is(await request.body.text(), 'hello');
	t.true(request.body.complete);
	t.deepEqual(request.trailers, [
		['X-Sum', '5'],
		['x-sum', 'five'],
	]);
	t.true(request.headers.every(([name]) => name.toLowerCase() !== 'x-sum'));
});

const cuts = [
	['with a length', 'Content-Length: 10', 'hello', 'hello'],
	['in chunks, after a chunk', 'Transfer-Encoding: chunked', '5\r\nhello\r\n', 'hello'],
	['in chunks, within a chunk', 'Transfer-Encoding: chunked', 'a\r\nhello', 'hello'],
	['in chunks, before the last one', 'Transfer-Encoding: chunked', '', ''],
] as const;

for (const [how, framing, sent, came] of cuts)
	test(`a body ${how} that is cut off is incomplete, and holds the bytes that came`, async t => {
		await using double = await startDouble(scenario);
		using client = await connectTo(double.url);
		client.send(post(framing) + sent);
		client.socket.end();

		const {request, response} = await double.journal.waitFor(() => true);
		t.false(request.body.complete);
		t.is(await request.body.text(), came);
		t.is(response, undefined);
		t.is(request.malformed, undefined);
		t.is(typeof request.endedAt, 'number');
	});

test('a large body that is cut off holds every byte that came', async t => {
	await using double = await startDouble(scenario);
	const sent = bytesOf(2_500_000);
	for (let round = 1; round <= 10; round++) {
		using client = await connectTo(double.url);
		client.send(post('Content-Length: 3000000'));
		client.send(sent);
		client.socket.end();
		const {request} = await double.journal.waitFor(({number}) => number === round);
		t.false(request.body.complete);
		t.is(request.body.size, sent.length);
		t.true(Buffer.from(sent).equals(await request.body.bytes()));
	}
});

test('a client that leaves without a goodbye leaves an incomplete body', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	client.send(`${post('Content-Length: 10')}hello`);
	while (double.exchanges.length === 0) await new Promise(resolve => setImmediate(resolve));
	client.socket.resetAndDestroy();
	const {request} = await double.journal.waitFor(() => true);
	t.false(request.body.complete);
	t.true(request.body.size <= 5);
});

test('equal bodies have one digest and do not differ', async t => {
	await using double = await startDouble(scenario);
	const head = ['POST /x HTTP/1.1', 'Host: h', 'Content-Length: 5'];
	await ask(double.url, head, 'hello');
	await ask(double.url, head, 'hello');
	await ask(double.url, head, 'other');
	await double.journal.waitFor(({number}) => number === 3);
	const [one, two, three] = double.exchanges.map(({request}) => request.body);
	t.is(one?.sha256, two?.sha256);
	t.is(two && one?.firstDifference(two), undefined);
	t.is(three && one?.firstDifference(three), 0);
});

/** Bytes without a pattern that repeats within a piece. */
function bytesOf(size: number): Uint8Array {
	return Uint8Array.from({length: size}, (_, at) => (at * 31 + (at >> 8)) & 0xff);
}
