import {createServer} from 'node:net';
import {networkInterfaces} from 'node:os';
import test from 'ava';
import {type ScenarioInput, type StartOptions, startDouble} from '../src/index.ts';
import {handshake} from './helpers/proxy-client.ts';
import {connectTo, headOf} from './helpers/raw-client.ts';

const api = 'https://api.example.test';
const move: ScenarioInput = {
	name: 'move',
	routes: [
		{request: `POST ${api}/a`, response: {status: 307, headers: {Location: `${api}/b`}}},
		{request: `POST ${api}/b`, response: {status: 201}},
	],
};

const hasIpv6 = Object.values(networkInterfaces()).some(addresses =>
	addresses?.some(({address}) => address === '::1'),
);

/** What the options make of the host in the URLs. */
const hosts: readonly (readonly [StartOptions, string])[] = [
	[{}, '127.0.0.1'],
	[{host: '127.0.0.2'}, '127.0.0.2'],
	[{host: '0.0.0.0'}, '127.0.0.1'],
	[{host: '0.0.0.0', advertise: 'localhost'}, 'localhost'],
	[{advertise: 'LOCALHOST'}, 'localhost'],
	[{advertise: '127.0.0.1'}, '127.0.0.1'],
	...(hasIpv6
		? ([
				[{host: '::1'}, '[::1]'],
				[{host: '::'}, '127.0.0.1'],
				[{host: '::', advertise: '::1'}, '[::1]'],
				[{host: '::', advertise: '[0:0::1]'}, '[::1]'],
			] as const)
		: []),
];

for (const [options, host] of hosts)
	test(`with ${JSON.stringify(options)} clients are told ${host}`, async t => {
		await using double = await startDouble(move, options);
		for (const url of [double.url, double.proxy, double.urlOf(`${api}/a`)])
			t.is(new URL(url).hostname, host);
		const response = await fetch(double.urlOf(`${api}/a`), {method: 'POST', redirect: 'manual'});
		t.is(response.headers.get('location'), double.urlOf(`${api}/b`));
		await fetch(double.urlOf(`${api}/b`), {method: 'POST'});
		double.assertFollowedThrough();
		t.is((await double.env())['HTTPS_PROXY'], double.proxy);
		const {port} = new URL(double.url);
		t.deepEqual(double.resolve(), {[api]: `api.example.test:443:${host}:${port}`});
		const {peer} = double.exchanges[0]?.connection ?? {};
		t.regex(peer ?? '', host === '[::1]' ? /^\[::1\]:\d+$/ : /^127\.0\.0\.\d:\d+$/);
	});

test('localhost is what stands for it on this machine', async t => {
	await using double = await startDouble(move, {host: 'localhost'});
	t.true(['127.0.0.1', '[::1]'].includes(new URL(double.url).hostname));
	t.is((await fetch(`${double.url}/b`, {method: 'POST'})).status, 201);
});

test('a name that nobody here can resolve stands in all that clients are told', async t => {
	const advertise = 'Double.Example.Test';
	await using double = await startDouble(move, {advertise});
	const {port} = new URL(double.url);
	t.is(double.url, `http://double.example.test:${port}`);
	using client = await connectTo(`http://127.0.0.1:${port}`);
	client.send(
		headOf(['POST /a HTTP/1.1', `Host: double.example.test:${port}`, 'Content-Length: 0']),
	);
	const {headers} = await client.response();
	t.true(headers.some(([, value]) => value === `${double.url}/b`));
});

test('a request-target may name the listener by any address that leads there', async t => {
	const advertise = 'double.example.test';
	await using double = await startDouble(move, {host: '0.0.0.0', advertise});
	const {port} = new URL(double.url);
	using client = await connectTo(`http://127.0.0.1:${port}`);
	const ask = async (authority: string) => {
		client.send(
			headOf([`POST http://${authority}/b HTTP/1.1`, `Host: ${authority}`, 'Content-Length: 0']),
		);
		return (await client.response()).status;
	};
	t.is(await ask(`127.0.0.1:${port}`), 201);
	t.is(await ask(`double.example.test:${port}`), 201);
	t.is(await ask('api.example.test'), 421);
	t.is(await ask(`127.0.0.1:${Number(port) - 1}`), 421);
	t.is(await ask(`127.0.0.2:${port}`), 421);
});

test('the certificates hold for the host that clients are told, and for the address', async t => {
	const options = {tls: true, host: '127.0.0.3', advertise: 'double.example.test'};
	await using double = await startDouble(move, options);
	const {port, protocol} = new URL(double.url);
	t.is(protocol, 'https:');
	const ca = await double.ca.pem();
	for (const name of ['double.example.test', 'api.example.test', 'localhost']) {
		const {socket} = await connectTo(`http://127.0.0.3:${port}`);
		const secure = await handshake(socket, `${name}:${port}`, ca, 'http/1.1');
		t.true(secure.authorized, name);
		const {subjectaltname = ''} = secure.getPeerCertificate();
		t.true(subjectaltname.split(', ').includes('IP Address:127.0.0.3'), subjectaltname);
		secure.destroy();
	}
});

const wrong: readonly (readonly [StartOptions, RegExp])[] = [
	[{host: ''}, /option host is "";/],
	[{host: '203.0.113.9'}, /option host is 203\.0\.113\.9, which is no address of this machine/],
	[{host: 'no-such-host.invalid'}, /option host is "no-such-host\.invalid", which stands for no/],
	[{advertise: ''}, /option advertise is "";/],
	[{advertise: 'a.test:80'}, /option advertise is "a\.test:80"; expected the host name/],
	[{advertise: 'http://a.test'}, /option advertise is "http:\/\/a\.test";/],
	[{advertise: '0.0.0.0'}, /option advertise is "0\.0\.0\.0";/],
	[{advertise: '::'}, /option advertise is "::";/],
	[{advertise: 'fe80::1%eth0'}, /option advertise is "fe80::1%eth0";/],
	[{advertise: 'a b'}, /option advertise is "a b";/],
	[{proxyPort: 70_000}, /option proxyPort is 70000; expected a whole number from 0 to 65535/],
	[{proxyPort: -1}, /option proxyPort is -1;/],
];

for (const [options, message] of wrong)
	test(`${JSON.stringify(options)} is refused`, async t => {
		await t.throwsAsync(startDouble(move, options), {code: 'OPTION_INVALID', message});
	});

test('an option of another type is refused', async t => {
	// @ts-expect-error The types do not allow it.
	await t.throwsAsync(startDouble(move, {host: 7}), {code: 'OPTION_INVALID'});
});

test('the proxy gets the port that was asked for, and says so where it is in use', async t => {
	const taken = createServer();
	await new Promise<void>(resolve => void taken.listen(0, '127.0.0.1', resolve));
	const address = taken.address();
	const port = address === null || typeof address === 'string' ? 0 : address.port;
	await t.throwsAsync(startDouble(move, {proxyPort: port}), {
		code: 'PORT_IN_USE',
		message: `Port ${port} of 127.0.0.1, asked for the proxy, is in use. Leave the port out to get a free one.`,
	});
	await new Promise(resolve => taken.close(resolve));
	await using double = await startDouble(move, {proxyPort: port});
	t.is(double.proxy, `http://127.0.0.1:${port}`);
	await t.throwsAsync(startDouble(move, {ports: {[api]: port}}), {
		code: 'PORT_IN_USE',
		message: new RegExp(`Port ${port} of 127\\.0\\.0\\.1, asked for ${api}, is in use`),
	});
});
