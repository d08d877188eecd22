import {once} from 'node:events';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import test from 'ava';
import {type Double, startDouble} from '../../src/index.ts';
import {timeless} from '../helpers/after-answer.ts';
import {api, redirecting} from '../helpers/early-scenario.ts';
import {connectTo, headOf, type RawClient} from '../helpers/raw-client.ts';

function head(length: number, ...more: string[]): string {
	return headOf(['POST /x HTTP/1.1', 'Host: h', `Content-Length: ${length}`, ...more]);
}

const next = headOf(['GET /y HTTP/1.1', 'Host: h']);

function sealed(double: Double, number = 1) {
	return double.journal.waitFor(exchange => exchange.number === number);
}

/** Everything that comes until the server ends its side. */
async function untilEnd({socket}: RawClient): Promise<void> {
	if (!socket.readableEnded) await once(socket, 'end');
}

test('a redirect before the body is sent while the body is due, and the connection goes on', async t => {
	await using double = await startDouble(redirecting({answer: 'before-body'}));
	using client = await connectTo(double.url);
	client.send(`${head(10)}abc`);
	const redirect = await client.response();
	t.is(redirect.status, 307);
	t.false(double.exchanges[0]?.sealed);
	client.send(`defghij${next}`);
	t.is((await client.response()).status, 201);
	const {request, response} = await sealed(double);
	t.deepEqual(timeless(request), {before: 3, after: 7, ending: 'finished'});
	t.is(await request.body.text(), 'abcdefghij');
	t.like(response, {status: 307, complete: true});
	t.is((await sealed(double, 2)).connection.exchange, 2);
});

test('of a body in chunks, bytes are counted without what frames them', async t => {
	await using double = await startDouble(redirecting({answer: 'before-body'}));
	using client = await connectTo(double.url);
	client.send(headOf(['POST /x HTTP/1.1', 'Host: h', 'Transfer-Encoding: chunked']));
	client.send('3\r\nabc\r\n');
	await client.response();
	client.send(`4\r\ndefg\r\n0\r\nX-Sum: 7\r\n\r\n${next}`);
	t.is((await client.response()).status, 201);
	const {request} = await sealed(double);
	t.deepEqual(timeless(request), {before: 3, after: 4, ending: 'finished'});
	t.deepEqual(request.trailers, [['X-Sum', '7']]);
});

test('a response after some bytes waits for them, and for no more', async t => {
	await using double = await startDouble(redirecting({answer: {afterBytes: 5}}));
	using client = await connectTo(double.url);
	client.send(`${head(10)}abcd`);
	while (double.exchanges.length === 0) await new Promise(setImmediate);
	t.is(double.exchanges[0]?.response, undefined);
	client.send('e');
	t.is((await client.response()).status, 307);
	client.send('fghij');
	t.deepEqual(timeless((await sealed(double)).request), {
		before: 5,
		after: 5,
		ending: 'finished',
	});
});

test('a body that is shorter than the bytes that are waited for is waited for to its end', async t => {
	await using double = await startDouble(redirecting({answer: {afterBytes: 100}}));
	using client = await connectTo(double.url);
	client.send(`${head(3)}abc`);
	t.is((await client.response()).status, 307);
	t.is((await sealed(double)).request.afterAnswer, undefined);
});

for (const fields of [[], ['Content-Length: 0']])
	test(`a request without a body is answered as ever (${fields})`, async t => {
		await using double = await startDouble(redirecting({answer: 'before-body'}));
		using client = await connectTo(double.url);
		client.send(headOf(['POST /x HTTP/1.1', 'Host: h', ...fields]));
		t.is((await client.response()).status, 307);
		const {request} = await sealed(double);
		t.is(request.afterAnswer, undefined);
		t.true(request.body.complete);
	});

const leaving = [
	['stops and leaves in good order', (client: RawClient) => client.socket.end(), 'stopped'],
	['breaks off', (client: RawClient) => client.socket.resetAndDestroy(), 'reset'],
	['does nothing any more', () => undefined, 'silent'],
] as const;
for (const afterwards of ['keep-alive', 'close', 'stop-reading'] as const)
	for (const [what, leave, ending] of leaving)
		test(`a client that ${what} after an early redirect is recorded so (${afterwards})`, async t => {
			await using double = await startDouble(redirecting({answer: 'before-body', afterwards}));
			using client = await connectTo(double.url, {allowHalfOpen: true});
			client.send(`${head(10)}abc`);
			t.is((await client.response()).status, 307);
			leave(client);
			const {request, response} = await sealed(double);
			t.deepEqual(timeless(request), {before: 3, after: 0, ending});
			t.false(request.body.complete);
			t.true(response?.complete);
		});

test('a client that is silent has its connection ended', async t => {
	await using double = await startDouble(redirecting({answer: 'before-body'}));
	using client = await connectTo(double.url);
	client.send(head(10));
	await client.response();
	t.is((await client.rest()).length, 0);
	t.is(double.exchanges[0]?.request.afterAnswer?.ending, 'silent');
});

const mebibyte = Buffer.alloc(1024 * 1024, 'm');

test('close ends the connection in good order while 16 MiB are under way', async t => {
	await using double = await startDouble(
		redirecting({answer: 'before-body', afterwards: 'close', text: 'moved'}),
	);
	using client = await connectTo(double.url, {allowHalfOpen: true});
	const errors: Error[] = [];
	client.socket.on('error', error => errors.push(error));
	client.send(head(16 * mebibyte.length));
	// All of it is written before anything of the response is looked at.
	for (let count = 0; count < 16; count++) client.send(mebibyte);
	const {status, headers, body} = await client.response();
	t.is(status, 307);
	t.is(body.toString(), 'moved');
	t.true(headers.some(([name, value]) => name === 'Connection' && value === 'close'));
	await untilEnd(client);
	const {request} = await sealed(double);
	t.like(request.afterAnswer, {ending: 'finished'});
	t.is(request.body.size, 16 * mebibyte.length);
	client.socket.end();
	await client.rest();
	t.deepEqual(errors, []);
});

test('reset breaks the connection off when the response is out', async t => {
	for (const [answer, after] of [
		['before-body', {before: 3, after: 0, ending: 'cut'}],
		['after-body', undefined],
	] as const) {
		await using double = await startDouble(redirecting({answer, afterwards: 'reset'}));
		using client = await connectTo(double.url);
		const codes: unknown[] = [];
		client.socket.on('error', error => codes.push('code' in error && error.code));
		client.send(`${head(answer === 'after-body' ? 3 : 10)}abc`);
		t.is((await client.response()).status, 307);
		await client.rest();
		t.deepEqual(codes, ['ECONNRESET']);
		const {request, response} = await sealed(double);
		t.deepEqual(timeless(request), after);
		t.true(response?.complete);
	}
});

test('a request on a connection that the double has closed is recorded, and not answered', async t => {
	await using double = await startDouble(redirecting({answer: 'before-body', afterwards: 'close'}));
	using client = await connectTo(double.url, {allowHalfOpen: true});
	client.send(`${head(5)}abc`);
	t.is((await client.response()).status, 307);
	await untilEnd(client);
	client.send(`de${next}`);
	const {request, response, connection} = await sealed(double, 2);
	t.is(request.url, `${api}/y`);
	t.is(response, undefined);
	t.is(connection.number, 1);
	const [hop] = double.hops();
	t.is(hop?.followUp?.number, 2);
});

for (const answer of ['before-body', 'after-body'] as const)
	for (const afterwards of ['reset', 'stop-reading'] as const)
		test(`${afterwards} is kept to with a client that wants to close (${answer})`, async t => {
			await using double = await startDouble(redirecting({answer, afterwards}));
			using client = await connectTo(double.url);
			const codes: unknown[] = [];
			client.socket.on('error', error => codes.push('code' in error && error.code));
			const body = answer === 'after-body' ? 'abcde' : 'abc';
			client.send(`${head(5, 'Connection: close')}${body}`);
			t.is((await client.response()).status, 307);
			t.is((await client.rest()).length, 0);
			if (afterwards === 'reset') t.deepEqual(codes, ['ECONNRESET']);
			await sealed(double);
		});

test('close after the whole body ends the connection', async t => {
	await using double = await startDouble(redirecting({afterwards: 'close'}));
	using client = await connectTo(double.url);
	client.send(`${head(3)}abc`);
	const {headers} = await client.response();
	t.true(headers.some(([name, value]) => name === 'Connection' && value === 'close'));
	t.is((await client.rest()).length, 0);
});

test('a client that waits until the double reads what the scenario leaves unread hangs', async t => {
	await using double = await startDouble(
		redirecting({answer: 'before-body', afterwards: 'stop-reading'}),
	);
	using client = await connectTo(double.url);
	client.send(head(64 * mebibyte.length));
	await client.response();
	for (let count = 0; count < 64; count++) client.send(mebibyte);
	const {request} = await sealed(double);
	t.is(request.afterAnswer?.ending, 'hung');
	t.true(request.body.size < 64 * mebibyte.length);
	await client.rest();
	t.true(client.socket.destroyed);
});

test('a client whose whole body was under way when reading stopped has finished', async t => {
	await using double = await startDouble(
		redirecting({answer: 'before-body', afterwards: 'stop-reading'}),
	);
	using client = await connectTo(double.url);
	client.send(`${head(7)}abc`);
	await client.response();
	client.send('defg');
	t.deepEqual(timeless((await sealed(double)).request), {
		before: 3,
		after: 4,
		ending: 'finished',
	});
});

test('a follow-up behind a body that was left unread for a while is answered', async t => {
	await using double = await startDouble(
		redirecting({answer: 'before-body', afterwards: 'stop-reading'}),
	);
	using client = await connectTo(double.url);
	client.send(`${head(7)}abc`);
	await client.response();
	client.send(`defg${next}`);
	t.is((await client.response()).status, 201);
	t.is((await sealed(double)).request.afterAnswer?.ending, 'finished');
	t.is(double.hops()[0]?.state, 'followed');
});

test('where reading stops after the whole body, no next request is read', async t => {
	await using double = await startDouble(redirecting({afterwards: 'stop-reading'}));
	using client = await connectTo(double.url);
	client.send(`${head(3)}abc`);
	t.is((await client.response()).status, 307);
	await sealed(double);
	client.send(next);
	t.is((await client.rest()).length, 0);
	t.is(double.exchanges.length, 1);
});

test('a client of HTTP/1.0 has its early response before the connection ends', async t => {
	await using double = await startDouble(redirecting({answer: 'before-body'}));
	using client = await connectTo(double.url, {allowHalfOpen: true});
	client.send(headOf(['POST /x HTTP/1.0', 'Content-Length: 5', 'Expect: 100-continue']));
	t.is((await client.response()).status, 307);
	await untilEnd(client);
	client.send('abcde');
	const {request, interim} = await sealed(double);
	t.like(request.afterAnswer, {after: 5, ending: 'finished'});
	t.is(interim, undefined);
});

test('a request behind an early answer waits until the body before it has ended', async t => {
	await using double = await startDouble(redirecting({answer: 'before-body'}));
	using client = await connectTo(double.url);
	client.send(head(6));
	t.is((await client.response()).status, 307);
	client.send(`abcdef${head(6)}`);
	t.is((await client.response()).status, 307);
	client.send(`ghijkl${next}${next}`);
	t.deepEqual([(await client.response()).status, (await client.response()).status], [201, 201]);
	await sealed(double, 4);
	t.deepEqual(
		double.exchanges.map(({request: {afterAnswer, body}}) => [afterAnswer?.ending, body.size]),
		[
			['finished', 6],
			['finished', 6],
			[undefined, 0],
			[undefined, 0],
		],
	);
});

test('many early answers on one connection leave nothing behind', async t => {
	await using double = await startDouble(redirecting({answer: 'before-body'}));
	const warnings: Error[] = [];
	const warn = (warning: Error) => warnings.push(warning);
	process.on('warning', warn);
	t.teardown(() => process.off('warning', warn));
	using client = await connectTo(double.url);
	for (let count = 0; count < 40; count++) {
		client.send(head(2));
		t.is((await client.response()).status, 307);
		client.send('ab');
	}
	await sealed(double, 40);
	t.deepEqual(warnings, []);
});

test('a client that leaves before its answer is due is not answered, and takes no response', async t => {
	const redirect = {status: 307, headers: {Location: '/y'}};
	await using double = await startDouble({
		name: 'sequence',
		routes: [
			{
				request: `* ${api}/x`,
				responses: [
					{...redirect, answer: {afterBytes: 5}, times: 1},
					{status: 200, answer: 'before-body'},
				],
			},
		],
	});
	using first = await connectTo(double.url);
	first.send(`${head(10)}abc`);
	while (double.exchanges.length === 0) await new Promise(setImmediate);
	first.socket.end();
	const {request, response} = await sealed(double);
	t.is(response, undefined);
	t.is(request.afterAnswer, undefined);
	t.is(request.body.size, 3);
	using second = await connectTo(double.url);
	second.send(`${head(10)}abcde`);
	t.is((await second.response()).status, 307);
	using third = await connectTo(double.url);
	third.send(head(10));
	t.is((await third.response()).status, 200);
});

test('of requests that wait for the same response the first one that is due gets it', async t => {
	await using double = await startDouble({
		name: 'once',
		phases: ['one', 'two'],
		routes: [
			{
				request: `* ${api}/x`,
				phase: 'one',
				response: {status: 202, answer: {afterBytes: 2}, times: 1, switchTo: 'two'},
			},
			{request: `* ${api}/x`, phase: 'two', response: {status: 203, answer: {afterBytes: 3}}},
		],
	});
	using slow = await connectTo(double.url);
	slow.send(`${head(5)}a`);
	using quick = await connectTo(double.url);
	quick.send(`${head(5)}a`);
	while (double.exchanges.length < 2) await new Promise(setImmediate);
	quick.send('b');
	t.is((await quick.response()).status, 202);
	slow.send('b');
	slow.send('c');
	t.is((await slow.response()).status, 203);
	t.is(double.phase, 'two');
});

test('a middleware of a user has the whole body, and only then the early answer comes', async t => {
	await using double = await startDouble(redirecting({answer: 'before-body'}));
	const bodies: string[] = [];
	double.app.use(async (ctx, go) => {
		bodies.push(await ctx.recorded.body.text());
		await go();
	});
	using client = await connectTo(double.url);
	client.send(`${head(6)}abc`);
	while (double.exchanges.length === 0) await new Promise(setImmediate);
	client.send('def');
	t.is((await client.response()).status, 307);
	t.deepEqual(bodies, ['abcdef']);
	t.is((await sealed(double)).request.afterAnswer, undefined);
});

test('a double that is closed seals nothing as the doing of a client', async t => {
	const double = await startDouble(redirecting({answer: 'before-body'}));
	using client = await connectTo(double.url);
	client.send(`${head(10)}abc`);
	await client.response();
	await double.close();
	await new Promise(setImmediate);
	const [exchange] = double.exchanges;
	t.true(exchange?.sealed);
	t.is(exchange?.request.afterAnswer?.ending, 'cut');
});

test('a client that gets no 100 and sends its body all the same keeps its connection', async t => {
	await using double = await startDouble(redirecting({continue: 'withhold'}));
	using client = await connectTo(double.url);
	client.send(`${head(3, 'Expect: 100-continue')}abc`);
	const {status, headers} = await client.response();
	t.is(status, 307);
	t.is(headers.find(([name]) => name === 'Connection')?.[1], 'keep-alive');
	client.send(next);
	t.is((await client.response()).status, 201);
	const {request, interim} = await sealed(double);
	t.is(request.afterAnswer, undefined);
	t.is(interim, undefined);
	t.is((await sealed(double, 2)).connection.exchange, 2);
});

for (const afterwards of ['close', 'reset'] as const)
	test(`a request behind one with which the double ends the connection is not answered (${afterwards})`, async t => {
		await using double = await startDouble(redirecting({afterwards}));
		using client = await connectTo(double.url);
		client.send(`${head(3)}abc${head(3)}abc${next}`);
		t.is((await client.response()).status, 307);
		t.is((await client.rest()).length, 0);
		for (const number of [2, 3]) t.is((await sealed(double, number)).response, undefined);
		t.is(double.hops().length, 1);
	});

test('a request that is pipelined behind a slow one is answered in its turn', async t => {
	const {name, routes} = redirecting({});
	const slow = {request: `* ${api}/slow`, response: {delay: 20}};
	await using double = await startDouble({name, routes: [...routes, slow]});
	const order: string[] = [];
	double.app.use(async (ctx, go) => {
		await go();
		order.push(ctx.path);
	});
	using client = await connectTo(double.url);
	client.send(`${headOf(['GET /slow HTTP/1.1', 'Host: h'])}${head(3)}abc${next}`);
	const statuses = [];
	for (let count = 0; count < 3; count++) statuses.push((await client.response()).status);
	t.deepEqual(statuses, [200, 307, 201]);
	t.deepEqual(order, ['/x', '/y', '/slow']);
	const times = double.exchanges.map(({response}) => response?.sentAt ?? 0);
	t.deepEqual(
		times,
		times.toSorted((one, other) => one - other),
	);
});

test('the file of a response that has no turn is closed', async t => {
	const folder = await mkdtemp(join(tmpdir(), 'timing-test-'));
	t.teardown(() => rm(folder, {recursive: true}));
	const {name, routes} = redirecting({afterwards: 'close'});
	const large = {request: `* ${api}/file`, response: {file: 'content.txt'}};
	await writeFile(join(folder, 'content.txt'), 'content');
	await writeFile(
		join(folder, 'scenario.json'),
		JSON.stringify({name, routes: [...routes, large]}),
	);
	await using double = await startDouble(join(folder, 'scenario.json'));
	const given = new Promise<unknown>(resolve => {
		double.app.use(async (ctx, go) => {
			await go();
			if (ctx.path === '/file') resolve(ctx.body);
		});
	});
	using client = await connectTo(double.url);
	client.send(`${head(3)}abc${headOf(['GET /file HTTP/1.1', 'Host: h'])}`);
	await client.rest();
	await sealed(double, 2);
	const stream = await given;
	if (!(stream instanceof Readable)) return t.fail('no stream');
	if (!stream.closed) await once(stream, 'close');
	t.true(stream.destroyed);
});
