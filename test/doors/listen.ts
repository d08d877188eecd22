import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {createServer} from 'node:net';
import test from 'ava';
import {type Double, startDouble} from '../../src/index.ts';
import {createGate} from '../helpers/gate.ts';
import {ask, connectTo, headOf} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const cdn = 'https://cdn.example.test';
const scenario = {
	name: 'two',
	routes: [
		{request: `* ${api}/slow`, response: {delay: 600_000}},
		{request: `* ${api}/*rest`, response: {status: 204}},
		{request: `* ${cdn}/*rest`, response: {status: 204}},
	],
};
const head = (line: string, ...fields: string[]) => headOf([line, 'Host: h', ...fields]);

async function began(double: Double): Promise<void> {
	while (double.exchanges.length === 0) await new Promise(resolve => setImmediate(resolve));
}

test('each origin has a port of its own on the loopback interface', async t => {
	await using double = await startDouble(scenario);
	t.deepEqual(
		double.origins.map(({documented}) => documented),
		[api, cdn],
	);
	const [one, two] = double.origins.map(({url}) => url);
	t.not(one, two);
	for (const url of [one, two]) t.regex(url ?? '', /^http:\/\/127\.0\.0\.1:\d+$/);
	await ask(two ?? '', ['GET /x HTTP/1.1', 'Host: h']);
	const {request} = await double.journal.waitFor(() => true);
	t.is(request.origin, cdn);
	t.is(request.url, `${cdn}/x`);
});

/** What a client is at when the double closes; each gets a connection and leaves it in that state. */
const states: Readonly<Record<string, (double: Double) => Promise<{rest(): Promise<Buffer>}>>> = {
	'has sent nothing': ({url}) => connectTo(url),
	'is idle after a response': async ({url}) => {
		const client = await connectTo(url);
		client.send(head('GET /x HTTP/1.1'));
		await client.response();
		return client;
	},
	'has closed its side': async double => {
		const client = await connectTo(double.url);
		client.socket.allowHalfOpen = true;
		client.send(head('GET /slow HTTP/1.1'));
		await began(double);
		client.socket.end();
		return client;
	},
	'is in the middle of a head': async ({url}) => {
		const client = await connectTo(url);
		client.send('GET /x HT');
		return client;
	},
	'is in the middle of a body': async double => {
		const client = await connectTo(double.url);
		client.send(`${head('POST /x HTTP/1.1', 'Content-Length: 10')}hello`);
		await began(double);
		return client;
	},
	'waits for a delayed response': async double => {
		const client = await connectTo(double.url);
		client.send(head('GET /slow HTTP/1.1'));
		await began(double);
		return client;
	},
};

for (const [state, connect] of Object.entries(states))
	test(`close ends the connection of a client that ${state}`, async t => {
		const double = await startDouble(scenario);
		const client = await connect(double);
		await double.close();
		t.is((await client.rest()).length, 0);
		t.true(double.exchanges.every(({sealed}) => sealed));
	});

test('close during a handler that never ends does not wait for it', async t => {
	const double = await startDouble(scenario);
	const reached = createGate();
	const never = createGate();
	double.app.use(async () => {
		reached.open();
		await never.passed;
	});
	using client = await connectTo(double.url);
	client.send(head('GET /x HTTP/1.1'));
	await reached.passed;
	await double.close();
	t.is((await client.rest()).length, 0);
	t.true(double.exchanges[0]?.sealed);
	never.open();
});

test('close is bound and may be called again', async t => {
	const {close, url} = await startDouble(scenario, {ports: {[api]: await freePort()}});
	await Promise.all([close(), close()]);
	await close();
	await refused(url);
	t.pass();
});

test('a double closes at the end of its block', async t => {
	let url = '';
	{
		await using double = await startDouble(scenario, {ports: {[api]: await freePort()}});
		url = double.url;
		t.is((await ask(url, ['GET /x HTTP/1.1', 'Host: h'])).status, 204);
	}
	await refused(url);
});

test('records stay readable after close', async t => {
	const double = await startDouble(scenario);
	await ask(double.url, ['POST /x HTTP/1.1', 'Host: h', 'Content-Length: 2'], 'hi');
	await double.close();
	t.is(await double.exchanges[0]?.request.body.text(), 'hi');
	t.is(double.exchanges[0]?.response?.status, 204);
	t.deepEqual(double.verdict().broken, []);
});

test('doubles in one process do not see each other', async t => {
	await using one = await startDouble(scenario);
	await using two = await startDouble(scenario);
	t.not(one.url, two.url);
	await ask(one.url, ['GET /1 HTTP/1.1', 'Host: h']);
	await ask(two.url, ['GET /2 HTTP/1.1', 'Host: h']);
	t.deepEqual(
		[one, two].map(({exchanges}) => exchanges.map(({number, request}) => [number, request.target])),
		[[[1, '/1']], [[1, '/2']]],
	);
	await one.close();
	t.is((await ask(two.url, ['GET /x HTTP/1.1', 'Host: h'])).status, 204);
});

test('a fixed port is taken, and is free again after close', async t => {
	const port = await freePort();
	for (let round = 0; round < 2; round++) {
		await using double = await startDouble(scenario, {ports: {[`${cdn}:443`]: port}});
		t.is(double.urlOf(cdn), `http://127.0.0.1:${port}`);
		using client = await connectTo(double.urlOf(cdn));
		client.send(head('GET /x HTTP/1.1'));
		t.is((await client.response()).status, 204);
	}
});

test('a port in use is an error, and nothing is left open', async t => {
	const taken = createServer();
	taken.listen(0, '127.0.0.1');
	await once(taken, 'listening');
	t.teardown(() => taken.close());
	const {port} = addressOf(taken.address());
	const free = await freePort();
	const error = await t.throwsAsync(startDouble(scenario, {ports: {[api]: free, [cdn]: port}}), {
		name: 'FollowthroughError',
		code: 'PORT_IN_USE',
		message: `Port ${port} of 127.0.0.1, asked for ${cdn}, is in use. Leave the port out to get a free one.`,
	});
	t.like(error.cause, {code: 'EADDRINUSE'});
	await refused(`http://127.0.0.1:${free}`);
});

async function refused(url: string): Promise<void> {
	const error: unknown = await connectTo(url).then(
		client => client.leave(),
		(reason: unknown) => reason,
	);
	if (!(error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED'))
		throw new Error(`${url} is still open`);
}

/** A port that nobody uses, below those that systems give to whoever asks for any. */
async function freePort(): Promise<number> {
	for (;;) {
		const port = 20_000 + Math.floor(Math.random() * 10_000);
		const server = createServer();
		server.listen(port, '127.0.0.1');
		const isFree = await once(server, 'listening').then(
			() => true,
			() => false,
		);
		if (!isFree) continue;
		server.close();
		await once(server, 'close');
		return port;
	}
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
	if (address === null || typeof address === 'string') throw new Error('No port.');
	return address;
}
