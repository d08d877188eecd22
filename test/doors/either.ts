import {connect as connectTls} from 'node:tls';
import test from 'ava';
import {createApp} from '../../src/app/app.ts';
import {loopback} from '../../src/doors/binding.ts';
import {listen} from '../../src/doors/listen.ts';
import {startDouble} from '../../src/start-double.ts';
import {appPartsOf} from '../helpers/app-parts.ts';
import {connectTo, headOf, RawClient} from '../helpers/raw-client.ts';

const target = 'https://api.example.test/api/v2/users';

/** A connection with TLS to where a URL points, for a host that a certificate is wanted for. */
async function secured(url: string, ca: string, host?: string): Promise<RawClient> {
	const {socket} = await connectTo(url);
	const secure = connectTls({
		socket,
		host: host ?? '127.0.0.1',
		ca,
		...(host !== undefined && {servername: host}),
	});
	return new RawClient(secure);
}

function post(host: string): string {
	return headOf([`POST /api/v1/users HTTP/1.1`, `Host: ${host}`, 'Content-Length: 0']);
}

test('the listener of an https origin speaks TLS with a client that begins it, and leads it on over TLS', async t => {
	await using double = await startDouble('api-move');
	const {host} = new URL(double.url);
	using client = await secured(double.url, await double.ca.pem());
	client.send(post(host));
	const {status, headers} = await client.response();
	t.is(status, 307);
	const [, location] = headers.find(([name]) => name === 'Location') ?? [];
	t.is(location, double.urlOf(target).replace('http:', 'https:'));
	client.send(headOf(['POST /api/v2/users HTTP/1.1', `Host: ${host}`, 'Content-Length: 0']));
	t.is((await client.response()).status, 201);
	const {redirect, followUp} = await double.hop();
	t.truthy(redirect.connection.tls);
	t.is(followUp.request.url, target);
	t.deepEqual(double.verdict().broken, []);
});

test('a client with a connect override gets each Location as documented', async t => {
	await using double = await startDouble('api-move');
	t.deepEqual(double.resolve(), {
		'https://api.example.test': `api.example.test:443:${new URL(double.url).host}`,
	});
	using client = await secured(double.url, await double.ca.pem(), 'api.example.test');
	client.send(post('api.example.test'));
	const {headers} = await client.response();
	t.deepEqual(
		headers.filter(([name]) => name === 'Location'),
		[['Location', target]],
	);
});

test('a client that names the documented host with its port, or in capitals, gets it as documented too', async t => {
	await using double = await startDouble('api-move');
	for (const host of ['api.example.test:443', 'API.example.test']) {
		using client = await connectTo(double.url);
		client.send(post(host));
		const {headers} = await client.response();
		t.is(headers.find(([name]) => name === 'Location')?.[1], target);
	}
});

test('where no certificate can be made, the client is let go, and the record says why', async t => {
	const origin = 'https://api.example.test';
	const parts = await appPartsOf('api-move');
	const {recorder} = parts;
	const app = createApp(origin, parts);
	const leafOnDemand = () => Promise.reject(new Error('out of entropy'));
	const listener = await listen({app, origin, recorder, binding: loopback, port: 0, leafOnDemand});
	t.teardown(async () => {
		await listener.close();
		await recorder.close();
	});
	using client = await connectTo(listener.url);
	connectTls({socket: client.socket, host: '127.0.0.1'}).on('error', () => {});
	const {request, response} = await recorder.waitFor(() => true);
	t.like(request.malformed, {
		code: 'ERR_TLS_CERT_UNAVAILABLE',
		message: `the double has no certificate for ${origin}: out of entropy`,
	});
	t.is(request.malformed?.bytes[0], 0x16);
	t.is(response, undefined);
	await client.rest();
});
