import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {setTimeout} from 'node:timers/promises';
import type {HeaderLines} from '../../src/http/header-lines.ts';
import {exchangeOver, parseHead, type Transport, type WireRequest} from './conforming.ts';

/** A connection for each request, and the length of each body announced, as of a client without habits. */
export const plainly: Transport = request => exchangeOver(open(request), request);

/** The first request goes plainly, later ones by another transport. */
export function afterFirst(later: Transport): Transport {
	let isFirst = true;
	return request => {
		const transport = isFirst ? plainly : later;
		isFirst = false;
		return transport(request);
	};
}

/** Announces the whole body, sends half of it, and leaves. */
export const halfOnly: Transport = request => {
	const {body = ''} = request;
	const length = ['Content-Length', String(Buffer.byteLength(body))] as const;
	return sendText(request, [length], body.slice(0, body.length / 2));
};

/** Sends bodies in chunks, with these trailer fields behind them. */
export function inChunks(trailers: HeaderLines = []): Transport {
	return request => {
		const {body = ''} = request;
		const chunk = `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`;
		const end = `0\r\n${linesOf(trailers)}\r\n`;
		return sendText(request, [['Transfer-Encoding', 'chunked']], chunk + end);
	};
}

/** Waits before it follows for as long as a redirect asks for; one that asks for long is not followed. */
export function patiently(): Transport {
	let asked = 0;
	return async request => {
		await setTimeout(asked * 1000);
		const response = await plainly(request);
		asked = Number(response.headers.get('retry-after') ?? 0);
		return asked < 10 ? response : {...response, headers: new Map()};
	};
}

/** Sends later requests to a server on the connection of the first, whatever was said about its end. */
export function onOneConnection(): Transport {
	const sockets = new Map<string, Socket>();
	return async request => {
		const {host} = new URL(request.url);
		const known = sockets.get(host);
		const socket = known ?? open(request).setKeepAlive(true);
		sockets.set(host, socket);
		const {body} = request;
		const length = body === undefined ? [] : [['Content-Length', String(body.length)] as const];
		if (known === undefined) return sendOn(socket, textOf(request, length, body ?? ''));
		// The double answers no more; it has the request when it lets the connection go.
		socket.end(textOf(request, length, body ?? ''));
		if (!socket.closed) await once(socket, 'close');
		return {status: 0, headers: new Map()};
	};
}

function open(request: WireRequest): Socket {
	const {hostname, port} = new URL(request.url);
	return connect({port: Number(port), host: hostname, allowHalfOpen: true});
}

function sendText(request: WireRequest, framing: HeaderLines, text: string) {
	const socket = open(request);
	const response = sendOn(socket, textOf(request, [['Connection', 'close'], ...framing], text));
	socket.end();
	return response;
}

/** Writes a message and reads the head of the response; of a connection that ends without one, status 0. */
async function sendOn(socket: Socket, text: string) {
	let received = '';
	socket.on('data', piece => {
		received += piece.toString('latin1');
	});
	socket.on('error', () => {});
	socket.write(text, 'latin1');
	while (!received.includes('\r\n\r\n') && !socket.readableEnded && !socket.closed)
		await Promise.race(['data', 'end', 'close'].map(event => once(socket, event)));
	return received.includes('\r\n\r\n') ? parseHead(received) : {status: 0, headers: new Map()};
}

function textOf(request: WireRequest, more: HeaderLines, content: string): string {
	const {method, target, headers} = request;
	return `${method} ${target} HTTP/1.1\r\n${linesOf([...headers, ...more])}\r\n${content}`;
}

function linesOf(lines: HeaderLines): string {
	return lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
}

/** Leaves at once, as one whose patience is at its end, and sends the same request on another connection. */
export const twice: Transport = async request => {
	const socket = open(request);
	const first = exchangeOver(socket, request).catch(() => undefined);
	socket.end();
	await first;
	return plainly(request);
};
