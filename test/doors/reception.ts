import {spawnSync} from 'node:child_process';
import {once} from 'node:events';
import test from 'ava';
import {type Double, startDouble} from '../../src/index.ts';
import {connectHttp2} from '../helpers/http2-client.ts';
import {ask, connectTo, headOf} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const scenario = {name: 'sink', routes: [{request: `* ${api}/*rest`, response: {status: 204}}]};

async function closed(double: Double, number: number): Promise<void> {
	const isClosed = () =>
		double.journal.connections.find(each => each.number === number)?.closedAt !== undefined;
	while (!isClosed()) await new Promise(resolve => setImmediate(resolve));
}

test('a request that comes byte by byte is understood', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	client.socket.setNoDelay(true);
	for (const byte of headOf(['PROPFIND /x HTTP/1.1', 'Host: h'])) {
		client.send(byte);
		await new Promise(resolve => setImmediate(resolve));
	}
	t.is((await client.response()).status, 204);
	t.is(double.exchanges[0]?.request.method, 'PROPFIND');
});

const beginnings = [
	['that breaks off', 'PRI * HT', true, 'HPE_INVALID_EOF_STATE'],
	['of another version', 'PRI * HTTP/3.0\r\n\r\nSM\r\n\r\n', false, undefined],
	['that goes on as something else', 'PRI * HTTP/2.0\r\n\r\nXY\r\n\r\n', false, undefined],
] as const;

for (const [what, bytes, ends, code] of beginnings)
	test(`a preface ${what} is recorded as malformed, and answered`, async t => {
		await using double = await startDouble(scenario);
		using client = await connectTo(double.url);
		client.socket.allowHalfOpen = true;
		client.send(bytes);
		if (ends) client.socket.end();
		t.is((await client.response()).status, 400);
		const {request} = await double.journal.waitFor(() => true);
		if (code === undefined) t.truthy(request.malformed?.code);
		else t.is(request.malformed?.code, code);
		t.is(Buffer.from(request.malformed?.bytes ?? []).toString(), bytes);
	});

test('every connection is listed, with what became of it', async t => {
	await using double = await startDouble(scenario);
	using silent = await connectTo(double.url);
	silent.leave();
	await closed(double, 1);
	await ask(double.url, ['GET /x HTTP/1.1', 'Host: h']);
	await closed(double, 2);
	using client = await connectHttp2(double.url);
	await client.ask({':path': '/x'});
	t.like(double.journal.connections, [
		{number: 1, protocol: undefined, exchanges: 0, door: 'listener'},
		{number: 2, protocol: 'http/1.1', exchanges: 1},
		{number: 3, protocol: 'h2', exchanges: 1, closedAt: undefined},
	]);
	for (const {openedAt, closedAt = Number.POSITIVE_INFINITY, peer} of double.journal.connections) {
		t.true(closedAt >= openedAt);
		t.regex(peer, /^127\.0\.0\.1:\d+$/);
	}
	t.true(Object.isFrozen(double.journal.connections[0]));
	t.deepEqual(double.journal.connections, double.journal.connections);
});

test('a reset forgets the connections that have closed', async t => {
	await using double = await startDouble(scenario);
	await ask(double.url, ['GET /x HTTP/1.1', 'Host: h']);
	await closed(double, 1);
	using client = await connectTo(double.url);
	client.send(headOf(['GET /x HTTP/1.1', 'Host: h']));
	await client.response();
	await double.reset();
	t.deepEqual(
		double.journal.connections.map(({number, openedAt}) => [number, openedAt < 0]),
		[[2, true]],
	);
});

test('with a limit, connections that have closed go with their exchanges', async t => {
	await using double = await startDouble(scenario, {maxExchanges: 2});
	for (let number = 1; number <= 5; number++) {
		using silent = await connectTo(double.url);
		silent.leave();
		await ask(double.url, ['GET /x HTTP/1.1', 'Host: h']);
	}
	while (double.journal.connections.length > 2) await new Promise(resolve => setImmediate(resolve));
	await Promise.all([8, 10].map(number => closed(double, number)));
	t.deepEqual(
		double.journal.connections.map(({number}) => number),
		[8, 10],
	);
});

test('a request with thousands of header lines is kept with all of them', async t => {
	await using double = await startDouble(scenario);
	const lines = [...Array(2500).keys()].map(number => `a:${number % 10}`);
	t.is((await ask(double.url, ['GET /x HTTP/1.1', ...lines])).status, 204);
	t.is(double.exchanges[0]?.request.headers.length, 2500);
	using client = await connectHttp2(double.url);
	const fields = Object.fromEntries([...Array(600).keys()].map(number => [`a${number}`, '1']));
	t.is((await client.ask({':path': '/x', ...fields})).status, 204);
	t.is(double.exchanges[1]?.request.headers.length, 600);
});

test('a client that ends its side of a session has it ended', async t => {
	await using double = await startDouble(scenario);
	using client = await connectHttp2(double.url);
	await client.ask({':path': '/x'});
	client.session.socket.destroySoon();
	await closed(double, 1);
	t.is(double.exchanges.length, 1);
});

test('a client that resets its connection leaves the double alive', async t => {
	await using double = await startDouble(scenario);
	for (const bytes of ['', 'P', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'GET /x HT']) {
		const client = await connectTo(double.url);
		client.send(bytes);
		await new Promise(resolve => setImmediate(resolve));
		const gone = once(client.socket, 'close');
		client.socket.resetAndDestroy();
		await gone;
	}
	t.is((await ask(double.url, ['GET /x HTTP/1.1', 'Host: h'])).status, 204);
	t.true(double.exchanges.every(({sealed}) => sealed));
});

test('a client that has gone before its connection is taken leaves no record', async t => {
	await using double = await startDouble(scenario);
	for (const url of [double.url, double.proxy]) {
		const {port} = new URL(url);
		// This process accepts nothing while the other one runs.
		const script = `const s = require('node:net').connect(${port}, '127.0.0.1', () => s.resetAndDestroy())`;
		t.is(spawnSync(process.execPath, ['-e', script]).status, 0);
		await ask(url, ['GET / HTTP/1.1', 'Host: h']);
	}
	t.deepEqual(
		double.journal.connections.map(({number, door}) => [number, door]),
		[
			[1, 'listener'],
			[2, 'proxy'],
		],
	);
});
