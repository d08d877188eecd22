import {once} from 'node:events';
import type {Socket} from 'node:net';
import {connect as connectTls, type TLSSocket} from 'node:tls';
import {connectTo, headOf, RawClient, type RawResponse} from './raw-client.ts';

/** A connection to the proxy, with a tunnel open on it. */
export async function tunnelTo(proxy: string, authority: string): Promise<RawClient> {
	const client = await connectTo(proxy);
	client.send(headOf([`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`]));
	const {status, statusLine} = await client.response();
	if (status !== 200) throw new Error(`The tunnel was refused: ${statusLine}`);
	return client;
}

/** TLS through a tunnel. */
export async function secureTunnelTo(
	proxy: string,
	authority: string,
	ca: string,
): Promise<RawClient> {
	const {socket} = await tunnelTo(proxy, authority);
	return secureOver(socket, authority, ca);
}

/** TLS over a connection that is open, for HTTP/1. */
export async function secureOver(
	socket: Socket,
	authority: string,
	ca: string,
): Promise<RawClient> {
	return new RawClient(await handshake(socket, authority, ca, 'http/1.1'));
}

/** A TLS handshake over a connection that is open, with one protocol on offer (ALPN). */
export async function handshake(
	socket: Socket,
	authority: string,
	ca: string,
	protocol: 'h2' | 'http/1.1',
): Promise<TLSSocket> {
	socket.removeAllListeners('data');
	const servername = authority.replace(/:\d+$/, '');
	const secure = connectTls({socket, ca, servername, ALPNProtocols: [protocol]});
	await once(secure, 'secureConnect');
	return secure;
}

/** The bytes of a request in absolute-form, with its Host. */
export function absolute(
	method: string,
	url: string,
	lines: readonly string[] = [],
	body = '',
): string {
	const {host} = new URL(url);
	const length = body === '' ? [] : [`Content-Length: ${body.length}`];
	return headOf([`${method} ${url} HTTP/1.1`, `Host: ${host}`, ...length, ...lines]) + body;
}

/** Sends one request in absolute-form on a connection of its own. */
export async function askProxy(
	proxy: string,
	...request: Parameters<typeof absolute>
): Promise<RawResponse> {
	using client = await connectTo(proxy);
	client.send(absolute(...request));
	return await client.response({bodiless: request[0] === 'HEAD'});
}

/** The field of a response, or undefined. */
export function fieldOf({headers}: RawResponse, name: string): string | undefined {
	return headers.find(([field]) => field.toLowerCase() === name.toLowerCase())?.[1];
}
