import {once} from 'node:events';
import {connect as connectHttp2} from 'node:http2';
import {connect, createServer} from 'node:net';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {connect as connectTls} from 'node:tls';
import test from 'ava';
import {FollowthroughError} from '../../src/errors.ts';
import {openProxied, type Proxied} from '../helpers/proxied.ts';
import {
	absolute,
	fieldOf,
	handshake,
	secureOver,
	secureTunnelTo,
	tunnelTo,
} from '../helpers/proxy-client.ts';
import {ask, connectTo, headOf, type RawClient} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const site = 'http://www.example.test';
const odd = 'https://odd.example.test:8443';
const apiHost = 'api.example.test:443';

const scenario = {
	name: 'tunnels',
	routes: [
		{
			request: `POST ${api}/v1/users`,
			response: {status: 307, headers: {Location: `${api}/v2/users`}},
		},
		{request: `POST ${api}/v2/users`, response: {status: 201, json: {id: 123}}},
		{request: `* ${site}/`, response: {status: 200, text: 'home'}},
		{request: `* ${odd}/`, response: {status: 200, text: 'odd'}},
		{request: 'GET http://both.example.test:9000/', response: {status: 200, text: 'plain'}},
		{request: 'GET https://both.example.test:9000/', response: {status: 200, text: 'secure'}},
		{request: `GET ${site}/slow`, response: {status: 200, delay: 20}},
	],
};

const connectLine = (authority: string) =>
	headOf([`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`]);

async function secure(proxied: Proxied, authority = apiHost): Promise<RawClient> {
	const {pem} = await proxied.authority();
	return secureTunnelTo(proxied.url, authority, pem);
}

function post(path: string, body: string): string {
	const head = [
		`POST ${path} HTTP/1.1`,
		'Host: api.example.test',
		`Content-Length: ${body.length}`,
	];
	return headOf(head) + body;
}

test('a redirect is followed over TLS, in a tunnel that is no exchange', async t => {
	await using proxied = await openProxied(scenario);
	using client = await secure(proxied);
	client.send(post('/v1/users', 'Ada'));
	t.is(fieldOf(await client.response(), 'location'), `${api}/v2/users`);
	client.send(post('/v2/users', 'Ada'));
	t.is((await client.response()).status, 201);
	const {redirect, followUp} = await proxied.journal.hop();
	t.is(proxied.journal.exchanges.length, 2);
	t.like(redirect.request, {target: '/v1/users', url: `${api}/v1/users`, origin: api});
	t.like(redirect.connection, {number: 1, exchange: 1, door: 'proxy', tunnel: apiHost});
	t.like(followUp.connection, {number: 1, exchange: 2, door: 'proxy', tunnel: apiHost});
	t.is(redirect.connection.tls?.serverName, 'api.example.test');
	t.is(redirect.response?.location?.sent, `${api}/v2/users`);
	t.deepEqual(proxied.verdict().broken, []);
});

test('HTTP/2 is spoken in a tunnel where ALPN agrees on it', async t => {
	await using proxied = await openProxied(scenario);
	const {pem} = await proxied.authority();
	const {socket} = await tunnelTo(proxied.url, apiHost);
	const secured = await handshake(socket, apiHost, pem, 'h2');
	const session = connectHttp2(api, {createConnection: () => secured});
	for (const [path, status] of [
		['/v1/users', 307],
		['/v2/users', 201],
	] as const) {
		const stream = session.request({':method': 'POST', ':path': path});
		stream.end('Ada');
		const [headers] = await once(stream, 'response');
		t.is(headers[':status'], status);
		stream.resume();
		await once(stream, 'close');
	}
	session.destroy();
	const {redirect, followUp} = await proxied.journal.hop();
	t.is(redirect.response?.location?.sent, `${api}/v2/users`);
	for (const {connection, request} of [redirect, followUp]) {
		t.is(request.httpVersion, '2.0');
		t.like(connection, {number: 1, door: 'proxy', tunnel: apiHost, tls: {alpn: 'h2'}});
	}
	t.deepEqual(proxied.verdict().broken, []);
});

/** What a client asks a tunnel to, what it speaks there, and what answers. */
const tunnels = [
	['www.example.test:80', 'plain', 'home', site],
	['WWW.Example.Test:80', 'plain', 'home', site],
	['odd.example.test:8443', 'tls', 'odd', odd],
	['both.example.test:9000', 'plain', 'plain', 'http://both.example.test:9000'],
	['both.example.test:9000', 'tls', 'secure', 'https://both.example.test:9000'],
] as const;

for (const [authority, protocol, text, origin] of tunnels)
	test(`a tunnel to ${authority} takes ${protocol} to ${origin}`, async t => {
		await using proxied = await openProxied(scenario);
		using client =
			protocol === 'tls'
				? await secure(proxied, authority)
				: await tunnelTo(proxied.url, authority);
		client.send(headOf(['GET / HTTP/1.1', `Host: ${authority}`]));
		t.is((await client.response()).body.toString(), text);
		const {request, connection} = await proxied.exchange();
		t.is(request.origin, origin);
		t.is(connection.tunnel, authority);
		t.is(connection.tls !== undefined, protocol === 'tls');
	});

test('the first bytes may come together with the CONNECT', async t => {
	await using proxied = await openProxied(scenario);
	using client = await connectTo(proxied.url);
	const request = headOf(['GET / HTTP/1.1', 'Host: www.example.test']);
	client.send(connectLine('www.example.test:80') + request);
	t.is((await client.response()).statusLine, 'HTTP/1.1 200 Connection Established');
	t.is((await client.response()).body.toString(), 'home');
});

test('the first byte of TLS may come together with the CONNECT', async t => {
	await using proxied = await openProxied(scenario);
	const {pem} = await proxied.authority();
	using client = await connectTo(proxied.url);
	const {socket} = client;
	const hello = await firstFlight(pem);
	socket.write(Buffer.concat([Buffer.from(connectLine(apiHost)), hello.subarray(0, 1)]));
	await client.response();
	socket.write(hello.subarray(1));
	const [answer] = await once(socket, 'data');
	t.is(answer[0], 0x16, 'the server goes on with the handshake');
});

const heads = [
	[
		'Proxy-Authorization',
		[
			'CONNECT api.example.test:443 HTTP/1.1',
			'Host: api.example.test:443',
			'Proxy-Authorization: Basic QTpi',
		],
	],
	['another Host', ['CONNECT api.example.test:443 HTTP/1.1', 'Host: elsewhere.test']],
	['no Host', ['CONNECT api.example.test:443 HTTP/1.1']],
	['HTTP/1.0', ['CONNECT api.example.test:443 HTTP/1.0']],
] as const;

for (const [what, head] of heads)
	test(`a CONNECT with ${what} opens a tunnel`, async t => {
		await using proxied = await openProxied(scenario);
		const {pem} = await proxied.authority();
		const plain = await connectTo(proxied.url);
		plain.send(headOf(head));
		t.is((await plain.response()).status, 200);
		using client = await secureOver(plain.socket, apiHost, pem);
		client.send(post('/v2/users', 'Ada'));
		t.is((await client.response()).status, 201);
	});

const refused = [
	['elsewhere.test:443', 502, 'https://elsewhere.test', /^https:\/\/elsewhere\.test is no origin/],
	[
		'api.exmaple.test:443',
		502,
		'https://api.exmaple.test',
		/did you mean "https:\/\/api\.example\.test"\?/,
	],
	[
		'api.example.test:80',
		502,
		'http://api.example.test',
		/did you mean "https:\/\/api\.example\.test"\?/,
	],
	[
		'www.example.test:443',
		502,
		'https://www.example.test',
		/did you mean "http:\/\/www\.example\.test"\?/,
	],
	['api.example.test:8443', 502, 'https://api.example.test:8443', /is no origin/],
	['api.example.test', 400, '', /expected a host and a port/],
	['api.example.test:', 400, '', /expected a host and a port/],
	['ada@api.example.test:443', 400, '', /expected a host and a port/],
	['[::1]:443', 502, 'https://[::1]', /https:\/\/\[::1\] is no origin/],
] as const;

for (const [authority, status, origin, detail] of refused)
	test(`a CONNECT to ${authority} is refused with ${status}, recorded, and the connection ends`, async t => {
		await using proxied = await openProxied(scenario);
		using client = await connectTo(proxied.url);
		client.send(connectLine(authority));
		const response = await client.response();
		t.is(response.status, status);
		t.is(fieldOf(response, 'connection'), 'close');
		t.regex(JSON.parse(response.body.toString()).detail, detail);
		t.is((await client.rest()).length, 0);
		const exchange = await proxied.exchange();
		t.like(exchange.request, {method: 'CONNECT', target: authority, origin});
		t.like(exchange.response, {status, complete: true});
		t.false(proxied.isAuthorityMade);
	});

test('a refused CONNECT with bytes behind it ends its connection on both sides', async t => {
	await using proxied = await openProxied(scenario);
	using client = await connectTo(proxied.url);
	client.send(connectLine('elsewhere.test:443'));
	client.send('x'.repeat(100_000));
	t.is((await client.response()).status, 502);
	await client.rest();
	await proxied.journal.settle(20, 5000);
	await until(() => proxied.journal.connections[0]?.closedAt !== undefined);
	t.is(proxied.journal.exchanges.length, 1);
});

test('plain HTTP in a tunnel to an https origin is refused with words', async t => {
	await using proxied = await openProxied(scenario);
	using client = await tunnelTo(proxied.url, apiHost);
	client.send(post('/v1/users', 'Ada'));
	const response = await client.response();
	t.is(response.status, 400);
	t.like(JSON.parse(response.body.toString()), {
		title: 'Plain HTTP in a tunnel to an https origin',
	});
	const {request, connection} = await proxied.exchange();
	t.like(request, {url: 'http://api.example.test:443/v1/users', target: '/v1/users'});
	t.like(connection, {number: 1, tunnel: apiHost});
});

test('TLS in a tunnel to an http origin is recorded as at a listener', async t => {
	await using proxied = await openProxied(scenario);
	using client = await tunnelTo(proxied.url, 'www.example.test:80');
	client.send('\x16\x03\x01\x02\x00\x01\x00\xff');
	t.is((await client.response()).status, 400);
	const {request} = await proxied.exchange();
	t.regex(request.malformed?.message ?? '', /a TLS handshake/);
	t.is(request.origin, site);
});

test('a CONNECT behind a request that is being answered waits for its turn', async t => {
	await using proxied = await openProxied(scenario);
	using client = await connectTo(proxied.url);
	client.send(absolute('GET', `${site}/slow`) + connectLine('www.example.test:80'));
	t.is((await client.response()).statusLine, 'HTTP/1.1 200 OK');
	t.is((await client.response()).statusLine, 'HTTP/1.1 200 Connection Established');
	client.send(headOf(['GET / HTTP/1.1', 'Host: h']));
	t.is((await client.response()).body.toString(), 'home');
	await proxied.exchange(1);
	t.deepEqual(
		proxied.journal.exchanges.map(({connection: {number, exchange, tunnel}}) => [
			number,
			exchange,
			tunnel,
		]),
		[
			[1, 1, undefined],
			[1, 2, 'www.example.test:80'],
		],
	);
});

test('a tunnel through which nothing came is a connection of the journal', async t => {
	await using proxied = await openProxied(scenario);
	const client = await tunnelTo(proxied.url, apiHost);
	client.socket.end();
	await client.rest();
	const [connection] = proxied.journal.connections;
	t.like(connection, {number: 1, door: 'proxy', tunnel: apiHost, exchanges: 0});
	t.deepEqual(proxied.journal.exchanges, []);
});

test('clients that leave at any point of a tunnel leave the proxy alive', async t => {
	await using proxied = await openProxied(scenario);
	const {pem} = await proxied.authority();
	for (const leave of ['end', 'destroy', 'resetAndDestroy'] as const) {
		const early = await connectTo(proxied.url);
		early.send(connectLine(apiHost));
		early.socket[leave]();
		const refusedOne = await connectTo(proxied.url);
		refusedOne.send(connectLine('elsewhere.test:443'));
		refusedOne.socket[leave]();
		const silent = await tunnelTo(proxied.url, apiHost);
		silent.socket[leave]();
		const hasty = await tunnelTo(proxied.url, apiHost);
		hasty.send((await firstFlight(pem)).subarray(0, 20));
		hasty.socket[leave]();
		await Promise.all([early, refusedOne, silent, hasty].map(client => client.rest()));
	}
	using client = await secure(proxied);
	client.send(post('/v2/users', 'Ada'));
	t.is((await client.response()).status, 201);
	client.leave();
	await until(() => proxied.journal.connections.every(({closedAt}) => closedAt !== undefined));
	await proxied.journal.settle(20, 5000);
	t.true(proxied.journal.exchanges.every(({sealed}) => sealed));
});

test('a client that does not trust the CA leaves the proxy alive', async t => {
	await using proxied = await openProxied(scenario);
	const {socket} = await tunnelTo(proxied.url, apiHost);
	socket.removeAllListeners('data');
	const distrustful = connectTls({socket, servername: 'api.example.test'});
	const [error] = await once(distrustful, 'error');
	t.regex(String(error.code), /SELF_SIGNED|UNABLE_TO/);
	using client = await secure(proxied);
	client.send(post('/v2/users', 'Ada'));
	t.is((await client.response()).status, 201);
});

test('a tunnel for which no certificate can be made is refused with the reason', async t => {
	const fail = () => Promise.reject(new FollowthroughError('ORIGIN_UNKNOWN', 'no such thing'));
	await using proxied = await openProxied(scenario, fail);
	const response = await ask(proxied.url, ['CONNECT api.example.test:443 HTTP/1.1']);
	t.is(response.status, 502);
	t.regex(JSON.parse(response.body.toString()).detail, /no certificate.*no such thing/);
	t.like(await proxied.exchange(), {sealed: true});
});

test('open tunnels end when the proxy is closed', async t => {
	const proxied = await openProxied(scenario);
	const silent = await tunnelTo(proxied.url, apiHost);
	const {socket} = await secure(proxied);
	const busy = await tunnelTo(proxied.url, 'www.example.test:80');
	busy.send(headOf(['POST / HTTP/1.1', 'Host: h', 'Content-Length: 9']));
	await proxied.close();
	await Promise.all([silent.rest(), busy.rest(), socket.destroyed || once(socket, 'close')]);
	t.true(proxied.journal.exchanges.every(({sealed}) => sealed));
});

/** Looks again after each turn of the event loop. */
async function until(holds: () => boolean): Promise<void> {
	while (!holds()) await nextTurn();
}

/** The ClientHello of a client that goes no further. */
async function firstFlight(ca: string): Promise<Buffer> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	const plain = connect(address.port, '127.0.0.1');
	const [[peer]] = await Promise.all([once(server, 'connection'), once(plain, 'connect')]);
	const client = connectTls({socket: plain, ca, servername: 'api.example.test'});
	client.on('error', () => {});
	const [hello] = await once(peer, 'data');
	client.destroy();
	peer.destroy();
	server.close();
	return hello;
}
