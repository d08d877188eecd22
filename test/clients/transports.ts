import {once} from 'node:events';
import {type ClientHttp2Stream, connect as connectHttp2, constants} from 'node:http2';
import {connect as connectTcp, type Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import {setTimeout} from 'node:timers/promises';
import {connect as connectTls} from 'node:tls';
import type {Double} from '../../src/double.ts';
import type {ScenarioSource, StartOptions} from '../../src/start-double.ts';
import {startDouble} from '../../src/start-double.ts';
import {handshake, tunnelTo} from '../helpers/proxy-client.ts';
import {
	bytesOf,
	exchangeOver,
	expectationPatience,
	expects,
	isRedirect,
	type Transport,
	untilStalled,
	type WireRequest,
	type WireResponse,
} from './conforming.ts';

/** A connection that is open, and how requests go out on it. */
export interface Dialled {
	readonly socket: Socket;
	readonly speaks: 'http/1.1' | 'h2';
	/** The form of the request-target on HTTP/1.1. */
	readonly form: 'origin' | 'absolute';
}

/** Connects to where a URL is served. */
export type Dial = (url: string) => Promise<Dialled>;

/** A way to a double: a door, and the protocol that is spoken there. */
export interface Way {
	readonly name: string;
	readonly http2?: true;
	readonly options: StartOptions;
	/** The URL that a client is given for a documented one. */
	urlOf(double: Double, documented: string): string;
	dial(double: Double): Promise<Dial>;
}

const local = (double: Double, documented: string) => double.urlOf(documented);
const asDocumented = (_: Double, documented: string) => documented;

/** Every way there is. */
export const ways: readonly Way[] = [
	{name: 'HTTP/1.1', options: {}, urlOf: local, dial: toListener('http/1.1')},
	{
		name: 'HTTP/2 with prior knowledge',
		http2: true,
		options: {},
		urlOf: local,
		dial: toListener('h2'),
	},
	{name: 'HTTP/1.1 over TLS', options: {tls: true}, urlOf: local, dial: toListener('http/1.1')},
	{
		name: 'HTTP/2 over TLS',
		http2: true,
		options: {tls: true},
		urlOf: local,
		dial: toListener('h2'),
	},
	{name: 'the proxy', options: {}, urlOf: asDocumented, dial: throughProxy('http/1.1')},
	{
		name: 'HTTP/2 in a tunnel',
		http2: true,
		options: {},
		urlOf: asDocumented,
		dial: throughProxy('h2'),
	},
];

/** Starts a double and gives a transport to it. */
export async function begin(
	way: Way,
	source: ScenarioSource,
): Promise<{double: Double; transport: Transport}> {
	const double = await startDouble(source, way.options);
	return {double, transport: transportOver(await way.dial(double))};
}

/** Sends each request on a connection of its own. */
export function transportOver(dial: Dial): Transport {
	return async request => {
		const {socket, speaks, form} = await dial(request.url);
		return speaks === 'h2' ? overHttp2(request, socket) : exchangeOver(socket, request, form);
	};
}

function toListener(speaks: Dialled['speaks']) {
	return async (double: Double): Promise<Dial> => {
		const ca = usesTls(double) ? await double.ca.pem() : '';
		return async url => ({socket: await reach(url, ca, speaks), speaks, form: 'origin'});
	};
}

function usesTls({origins}: Double): boolean {
	return origins.some(({url}) => url.startsWith('https:'));
}

function throughProxy(protocol: Dialled['speaks']) {
	return async (double: Double): Promise<Dial> => {
		const ca = await double.ca.pem();
		return async url => {
			const {protocol: scheme, hostname, port} = new URL(url);
			if (scheme === 'http:')
				return {socket: tcpTo(double.proxy), speaks: 'http/1.1', form: 'absolute'};
			const authority = `${hostname}:${port || '443'}`;
			const tunnel = await tunnelTo(double.proxy, authority);
			const socket = await handshake(tunnel.socket, authority, ca, protocol);
			return {socket, speaks: protocol, form: 'origin'};
		};
	};
}

function tcpTo(url: string): Socket {
	const {hostname, port} = new URL(url);
	return connectTcp(Number(port), hostname);
}

/** A listener by its URL: that of an http origin speaks no TLS. */
async function reach(url: string, ca: string, protocol: string): Promise<Socket> {
	const socket = tcpTo(url);
	return url.startsWith('https:') ? secured(socket, url, ca, protocol) : socket;
}

/** TLS with a listener, whose URL has an address for a host: there is no name to ask for. */
async function secured(socket: Socket, url: string, ca: string, protocol: string): Promise<Socket> {
	const secure = connectTls({
		socket,
		host: new URL(url).hostname,
		ca,
		ALPNProtocols: [protocol],
	});
	await once(secure, 'secureConnect');
	return secure;
}

async function overHttp2(request: WireRequest, socket: Duplex): Promise<WireResponse> {
	const session = connectHttp2(request.url, {createConnection: () => socket});
	const failed = once(session, 'error').then(([error]) => Promise.reject(error));
	try {
		return await Promise.race([ask(session, request), failed]);
	} finally {
		session.destroy();
	}
}

async function ask(
	session: ReturnType<typeof connectHttp2>,
	request: WireRequest,
): Promise<WireResponse> {
	const {method, target, headers, body} = request;
	const fields = headers
		.filter(([name]) => name.toLowerCase() !== 'host')
		.map(([name, value]) => [name.toLowerCase(), value]);
	const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? '';
	const stream = session.request(
		{
			...Object.fromEntries(fields),
			[constants.HTTP2_HEADER_METHOD]: method,
			[constants.HTTP2_HEADER_PATH]: target,
			[constants.HTTP2_HEADER_AUTHORITY]: host,
			...(body !== undefined && {'content-length': bytesOf(request).byteLength}),
		},
		{endStream: body === undefined},
	);
	const answer = once(stream, 'response');
	if (!expects(request) || (await mayGoOn(stream, answer)))
		stream.end(body === undefined ? undefined : bytesOf(request));
	const [answered] = await answer;
	const status = Number(answered[':status']);
	const stalled = untilStalled(() => isRedirect(status) && stream.close(constants.NGHTTP2_CANCEL));
	stream.on('data', stalled.came);
	stalled.came();
	await once(stream, 'close');
	stalled.over();
	const lines = Object.entries(answered).map(([name, value]) => [name, String(value)] as const);
	return {status, headers: new Map(lines)};
}

/** Whether 100 came, or nothing for long; not after a final response (RFC 9110, 10.1.1). */
async function mayGoOn(stream: ClientHttp2Stream, answer: Promise<unknown>): Promise<boolean> {
	const given = new AbortController();
	const {signal} = given;
	try {
		return await Promise.race([
			once(stream, 'continue', {signal}).then(() => true),
			setTimeout(expectationPatience, true, {signal}),
			answer.then(() => false),
		]);
	} finally {
		given.abort();
	}
}
