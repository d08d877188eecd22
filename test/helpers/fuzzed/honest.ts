import {connect as connectTls, type TLSSocket} from 'node:tls';
import {connectHttp2} from '../http2-client.ts';
import {absolute, handshake, tunnelTo} from '../proxy-client.ts';
import {connectTo, headOf, RawClient} from '../raw-client.ts';
import type {Doors} from './program.ts';
import {origin} from './scenario.ts';

const body = '{"name":"Ada"}';
const request = headOf(['POST /target HTTP/1.1', 'Host: h', `Content-Length: ${body.length}`]);
const {host} = new URL(origin);

/** One request by each way in that a client has who means no harm; all are answered 201, or it throws. */
export async function askEachDoor(doors: Doors): Promise<void> {
	const statuses = await Promise.all([
		overHttp1(connectTo(doors.plain)),
		overHttp2(doors.plain),
		overHttp1(tls(doors)),
		overHttp2(doors.secure, doors.ca),
		overHttp1(connectTo(doors.proxy), absolute('POST', `${origin}/target`, [], body)),
		overHttp1(tunnel(doors)),
	]);
	if (statuses.every(status => status === 201)) return;
	throw new Error(`Honest requests were answered ${statuses.join(', ')}; expected 201.`);
}

async function overHttp1(connecting: Promise<RawClient>, bytes = request + body): Promise<number> {
	using client = await connecting;
	client.send(bytes);
	return (await client.response()).status;
}

async function overHttp2(url: string, ca?: string): Promise<number> {
	using client = await connectHttp2(url, {servername: 'api.example.test', ...(ca && {ca})});
	return (await client.ask({':method': 'POST', ':path': '/target'}, body)).status;
}

async function tls({secure, ca}: Doors): Promise<RawClient> {
	return new RawClient(await secureTo(secure, ca, 'http/1.1'));
}

async function tunnel({proxy, ca}: Doors): Promise<RawClient> {
	const {socket} = await tunnelTo(proxy, `${host}:443`);
	return new RawClient(await handshake(socket, host, ca, 'http/1.1'));
}

/** A TLS connection to where a URL points, with one protocol on offer (ALPN). */
export async function secureTo(
	url: string,
	ca: string,
	protocol: 'h2' | 'http/1.1',
): Promise<TLSSocket> {
	const {hostname, port} = new URL(url);
	const options = {ca, servername: host, ALPNProtocols: [protocol]};
	const socket = connectTls({...options, host: hostname, port: Number(port)});
	await new Promise((resolve, reject) => {
		socket.once('secureConnect', resolve).once('error', reject);
	});
	return socket;
}
