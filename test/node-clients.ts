import {execFile} from 'node:child_process';
import {Agent as HttpsAgent} from 'node:https';
import {promisify} from 'node:util';
import test from 'ava';
import axios from 'axios';
import got from 'got';
import {Agent, type Dispatcher, ProxyAgent, fetch as undiciFetch} from 'undici';
import type {Double} from '../src/double.ts';
import {startDouble} from '../src/start-double.ts';
import {documentedCalls} from './clients/real/calls.ts';
import type {RealClient, RealRequest} from './clients/real/client.ts';
import {sealed} from './clients/real/play.ts';

const run = promisify(execFile);

/** A client of Node, set up for a door of a double. */
interface Visitor {
	readonly name: string;
	readonly httpVersion: '1.1' | '2.0';
	readonly door: 'listener' | 'proxy';
	client(double: Double): Promise<RealClient['send']>;
}

const visitors: readonly Visitor[] = [
	{
		name: "undici's fetch over TLS",
		httpVersion: '1.1',
		door: 'listener',
		client: async double => fetchWith(new Agent({connect: {ca: await double.ca.pem()}})),
	},
	{
		name: "undici's fetch over HTTP/2",
		httpVersion: '2.0',
		door: 'listener',
		client: async double =>
			fetchWith(new Agent({allowH2: true, connect: {ca: await double.ca.pem()}})),
	},
	{
		name: "undici's fetch through the proxy",
		httpVersion: '1.1',
		door: 'proxy',
		client: async double =>
			fetchWith(new ProxyAgent({uri: double.proxy, requestTls: {ca: await double.ca.pem()}})),
	},
	{
		name: 'got over HTTP/2',
		httpVersion: '2.0',
		door: 'listener',
		async client(double) {
			const https = {certificateAuthority: await double.ca.pem()};
			return async ({url, ...options}) => {
				const {statusCode} = await got(url, {
					...options,
					https,
					http2: true,
					methodRewriting: false,
				});
				return statusCode;
			};
		},
	},
	{
		name: 'axios over TLS',
		httpVersion: '1.1',
		door: 'listener',
		async client(double) {
			const httpsAgent = new HttpsAgent({ca: await double.ca.pem()});
			return async ({method, url, headers, body}) => {
				const {status} = await axios.request({
					method,
					url,
					headers,
					data: body ?? null,
					proxy: false,
					httpsAgent,
				});
				return status;
			};
		},
	},
	{
		name: 'a Node that takes its proxy from the environment',
		httpVersion: '1.1',
		door: 'proxy',
		async client(double) {
			const env = {...process.env, ...(await double.env())};
			return async ({url, ...init}: RealRequest) => {
				const program = `const {status} = await fetch(${JSON.stringify(url)}, ${JSON.stringify(init)});
					console.log(status);`;
				const parameters = ['--input-type=module', '--eval', program];
				const {stdout} = await run(process.execPath, parameters, {env});
				return Number(stdout);
			};
		},
	},
];

const scenarios = ['api-move', 'upload-reroute', 'chain-of-three', 'cross-origin', 'permanent-308'];

for (const {name, httpVersion, door, client} of visitors)
	test(`${name} follows documented calls and breaks no rule`, async t => {
		for (const scenario of scenarios) {
			const double = await startDouble(scenario, {tls: door === 'listener'});
			t.teardown(double.close);
			const send = await client(double);
			const urlOf = (url: string) => (door === 'proxy' ? url : double.urlOf(url));
			for (const call of await documentedCalls(scenario, urlOf)) t.true((await send(call)) < 300);
			await sealed(double);
			t.true(double.hops().length > 0);
			t.notThrows(() => double.assertFollowedThrough(), scenario);
			for (const {request, connection} of double.exchanges) {
				t.is(request.httpVersion, httpVersion);
				t.is(connection.door, door);
			}
		}
	});

function fetchWith(dispatcher: Dispatcher): RealClient['send'] {
	return async ({url, ...init}) => {
		const response = await undiciFetch(url, {...init, dispatcher});
		await response.arrayBuffer();
		return response.status;
	};
}
