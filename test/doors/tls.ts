import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {connect as connectTls, type TLSSocket} from 'node:tls';
import {promisify} from 'node:util';
import test from 'ava';
import {Agent, fetch as undiciFetch} from 'undici';
import {type Double, startDouble} from '../../src/index.ts';
import {connectHttp2} from '../helpers/http2-client.ts';
import {lacksCurl} from '../helpers/needs-curl.ts';
import {ask, connectTo, headOf, RawClient} from '../helpers/raw-client.ts';

const run = promisify(execFile);
const api = 'https://api.example.test';
const old = 'http://old.example.test';
const scenario = {
	name: 'two',
	routes: [
		{request: `* ${api}/*rest`, response: {status: 204}},
		{request: `* ${old}/*rest`, response: {status: 307, headers: {Location: `${api}/new`}}},
	],
};

async function handshake(
	double: Double,
	options: {
		ca?: string;
		ALPNProtocols?: string[];
		maxVersion?: 'TLSv1.2';
		servername?: string;
	} = {},
): Promise<TLSSocket> {
	const {hostname, port} = new URL(double.urlOf(api));
	const ca = await double.ca.pem();
	const socket = connectTls({host: hostname, port: Number(port), ca, ...options});
	await once(socket, 'secureConnect');
	return socket;
}

test('with tls, https origins speak TLS, and http origins stay plain', async t => {
	await using double = await startDouble(scenario, {tls: true});
	t.regex(double.url, /^https:\/\/127\.0\.0\.1:\d+$/);
	t.regex(double.urlOf(old), /^http:\/\/127\.0\.0\.1:\d+$/);
	const {headers, status} = await ask(double.urlOf(old), ['GET /x HTTP/1.1', 'Host: h']);
	t.is(status, 307);
	t.true(
		headers.some(([name, value]) => name === 'Location' && value === double.urlOf(`${api}/new`)),
	);
});

test('tls is true or false', async t => {
	const options: object = {tls: 'yes'};
	await t.throwsAsync(startDouble(scenario, options), {
		code: 'OPTION_INVALID',
		message: 'The option tls is yes; expected true or false.',
	});
});

test('a port that is taken leaves nothing open behind a double with TLS', async t => {
	await using first = await startDouble(scenario, {tls: true});
	const {port} = new URL(first.url);
	const start = startDouble(scenario, {tls: true, ports: {[api]: Number(port)}});
	await t.throwsAsync(start, {code: 'PORT_IN_USE'});
});

const protocols = [
	['h2', ['h2', 'http/1.1'], 'h2', {}],
	['http/1.1', ['http/1.1'], 'http/1.1', {}],
	['http/1.1 where nothing was offered', undefined, undefined, {}],
	['TLS 1.2', ['http/1.1'], 'http/1.1', {maxVersion: 'TLSv1.2'}],
] as const;

for (const [what, offered, alpn, options] of protocols)
	test(`a connection tells how it is secured: ${what}`, async t => {
		await using double = await startDouble(scenario, {tls: true});
		const socket = await handshake(double, {
			...options,
			servername: 'api.example.test',
			...(offered && {ALPNProtocols: [...offered]}),
		});
		t.is(socket.alpnProtocol || undefined, alpn);
		const cipher = socket.getCipher().standardName;
		if (alpn === 'h2') {
			while (double.journal.connections[0]?.tls === undefined)
				await new Promise(resolve => setImmediate(resolve));
		} else {
			using client = new RawClient(socket);
			client.send(headOf(['GET /x HTTP/1.1', 'Host: h']));
			t.is((await client.response()).status, 204);
			const {connection} = await double.journal.waitFor(() => true);
			t.deepEqual(connection.tls, double.journal.connections[0]?.tls);
			t.like(connection, {number: 1, exchange: 1});
		}
		t.deepEqual(double.journal.connections[0]?.tls, {
			protocol: 'maxVersion' in options ? options.maxVersion : 'TLSv1.3',
			cipher,
			...(alpn !== undefined && {alpn}),
			serverName: 'api.example.test',
		});
		socket.destroy();
	});

test('HTTP/2 over TLS is recorded with both', async t => {
	await using double = await startDouble(scenario, {tls: true});
	using client = await connectHttp2(double.url, {ca: await double.ca.pem()});
	t.is((await client.ask({':path': '/x'})).status, 204);
	const {request, connection} = await double.journal.waitFor(() => true);
	t.is(request.url, `${api}/x`);
	t.is(request.http2?.stream, 1);
	t.is(connection.tls?.alpn, 'h2');
	t.like(double.journal.connections[0], {number: 1, protocol: 'h2', exchanges: 1});
});

for (const allowH2 of [true, false])
	test(`undici follows a 307 over TLS, ${allowH2 ? 'on HTTP/2' : 'on HTTP/1.1'}`, async t => {
		await using double = await startDouble('api-move', {tls: true});
		const dispatcher = new Agent({allowH2, connect: {ca: await double.ca.pem()}});
		t.teardown(() => dispatcher.destroy());
		const url = double.urlOf(`${api}/api/v1/users`);
		const response = await undiciFetch(url, {method: 'POST', body: '{"name":"Ada"}', dispatcher});
		t.is(response.status, 201);
		await response.arrayBuffer();
		const {redirect, followUp} = await double.hop();
		t.is(redirect.request.httpVersion, allowH2 ? '2.0' : '1.1');
		t.is(await followUp.request.body.text(), '{"name":"Ada"}');
		t.notThrows(() => double.assertFollowedThrough());
	});

test('plain HTTP to an https port is recorded, and answered so that its client can read it', async t => {
	await using double = await startDouble(scenario, {tls: true});
	using client = await connectTo(double.url.replace('https:', 'http:'));
	const bytes = headOf(['GET /x HTTP/1.1', 'Host: h']);
	client.send(bytes);
	t.is((await client.response()).status, 400);
	t.is((await client.rest()).length, 0);
	const {request, response, connection} = await double.journal.waitFor(() => true);
	t.is(request.malformed?.code, 'ERR_SSL_HTTP_REQUEST');
	t.is(request.malformed?.message, 'plain HTTP was spoken to an https port');
	t.is(Buffer.from(request.malformed?.bytes ?? []).toString(), bytes);
	t.like(request, {method: '', url: '', origin: api});
	t.like(response, {status: 400, complete: true});
	t.is(connection.tls, undefined);
});

const garbage = [
	['another protocol', '\x00\x01\x02\x03', 'ERR_SSL_WRONG_VERSION_NUMBER'],
	['a TLS record of nonsense', '\x16\x03\x01\x00\x05hello', undefined],
] as const;

for (const [what, bytes, code] of garbage)
	test(`${what} on an https port is recorded, and the double lives on`, async t => {
		await using double = await startDouble(scenario, {tls: true});
		using client = await connectTo(double.url);
		client.send(bytes);
		await client.rest();
		const {request, response} = await double.journal.waitFor(() => true);
		t.truthy(request.malformed?.message);
		if (code !== undefined) t.is(request.malformed?.code, code);
		t.is(Buffer.from(request.malformed?.bytes ?? []).toString('latin1'), bytes);
		t.is(response, undefined);
		(await handshake(double)).destroy();
	});

test('a client that leaves in the middle of its handshake is recorded; one that says nothing is not', async t => {
	await using double = await startDouble(scenario, {tls: true});
	using silent = await connectTo(double.url);
	silent.socket.end();
	await silent.rest();
	using client = await connectTo(double.url);
	client.send('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03');
	client.socket.end();
	await client.rest();
	const {request, connection} = await double.journal.waitFor(() => true);
	t.regex(request.malformed?.message ?? '', /handshake/);
	t.is(connection.number, 2);
	t.is(double.exchanges.length, 1);
});

test('a protocol by ALPN that nobody speaks here is recorded', async t => {
	await using double = await startDouble(scenario, {tls: true});
	await t.throwsAsync(handshake(double, {ALPNProtocols: ['spdy/1']}));
	const {request} = await double.journal.waitFor(() => true);
	t.regex(request.malformed?.message ?? '', /the TLS handshake failed/);
});

test('a wait that ends in vain tells of a client that left in the handshake', async t => {
	await using double = await startDouble(scenario, {tls: true});
	await t.throwsAsync(fetch(double.url));
	await double.journal.waitFor(() => true);
	const error = await t.throwsAsync(double.hop({timeout: 1}), {code: 'WAIT_TIMED_OUT'});
	t.regex(error?.message ?? '', /no HTTP \(.*trust the double's CA.*give it double\.ca/);
});

test('a wait that ends in vain tells of TLS connections without a request', async t => {
	await using double = await startDouble(scenario, {tls: true});
	const socket = await handshake(double, {maxVersion: 'TLSv1.2'});
	socket.destroy();
	const error = await t.throwsAsync(double.hop({timeout: 100}), {code: 'WAIT_TIMED_OUT'});
	t.regex(error?.message ?? '', /No request came on 1 TLS connection: .* give it double\.ca\./);
});

test('a client that does not trust the CA is recorded with what it says, and told what to do', async t => {
	if (lacksCurl(t)) return;
	await using double = await startDouble(scenario, {tls: true});
	await t.throwsAsync(run('curl', ['-sS', '--max-time', '20', double.url]), {
		message: /certificate/,
	});
	const {request, response} = await double.journal.waitFor(() => true);
	t.is(request.malformed?.code, 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA');
	t.is(
		request.malformed?.message,
		"the client does not trust the double's CA (tlsv1 alert unknown ca): give it double.ca",
	);
	t.is(response, undefined);
	t.is(double.exchanges.length, 1);
});

const curls = [
	['HTTP/2 over TLS', '--http2', '2.0', 'h2'],
	['HTTP/1.1 over TLS', '--http1.1', '1.1', 'http/1.1'],
] as const;

for (const [what, option, version, alpn] of curls)
	test(`curl follows on ${what}`, async t => {
		if (lacksCurl(t)) return;
		const move = {status: 307, headers: {Location: `${api}/new`}};
		const routes = [
			{request: `PUT ${api}/old`, response: move},
			{request: `PUT ${api}/new`, response: {status: 204}},
		];
		await using double = await startDouble({name: 'move', routes}, {tls: true});
		const ca = ['--cacert', await double.ca.file()];
		const body = 'x'.repeat(300_000);
		const args = ['-sS', '--max-time', '20', '-L', '-X', 'PUT', '-d', '@-', option, ...ca];
		const curl = run('curl', [...args, double.urlOf(`${api}/old`)]);
		curl.child.stdin?.end(body);
		await curl;
		const {redirect, followUp} = await double.hop();
		for (const {request, connection} of [redirect, followUp]) {
			t.is(request.httpVersion, version);
			t.is(connection.tls?.alpn, alpn);
			t.is(await request.body.text(), body);
		}
		t.notThrows(() => double.assertFollowedThrough());
	});

test('garbage inside TLS is recorded as it is outside', async t => {
	await using double = await startDouble(scenario, {tls: true});
	using client = new RawClient(await handshake(double));
	client.send('hello there\r\n\r\n');
	t.is((await client.response()).status, 400);
	const {request, connection} = await double.journal.waitFor(() => true);
	t.is(request.malformed?.code, 'HPE_INVALID_METHOD');
	t.is(connection.tls?.protocol, 'TLSv1.3');
});

test('HTTP/1.1 where ALPN agreed on HTTP/2 is recorded with its bytes', async t => {
	await using double = await startDouble(scenario, {tls: true});
	using client = new RawClient(await handshake(double, {ALPNProtocols: ['h2']}));
	const bytes = headOf(['GET /x HTTP/1.1', 'Host: h']);
	client.send(bytes);
	await client.rest();
	const {request} = await double.journal.waitFor(() => true);
	t.is(request.malformed?.code, 'ERR_HTTP2_ERROR');
	t.is(Buffer.from(request.malformed?.bytes ?? []).toString(), bytes);
});

test('close ends clients that shake hands, wait, or are idle over TLS', async t => {
	const double = await startDouble(scenario, {tls: true});
	using silent = await connectTo(double.url);
	using half = await connectTo(double.url);
	half.send('\x16\x03\x01\x02\x00\x01');
	using secured = new RawClient(await handshake(double));
	using http2 = await connectHttp2(double.url, {ca: await double.ca.pem()});
	await double.close();
	await Promise.all([silent.rest(), half.rest(), secured.rest(), http2.closed()]);
	t.deepEqual(double.exchanges, []);
});
