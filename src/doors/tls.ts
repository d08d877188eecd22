import type {Socket} from 'node:net';
import {createSecureContext, type SecureContext, TLSSocket} from 'node:tls';
import type {Connection} from '../journal/connections.ts';
import type {TlsFacts} from '../journal/exchange.ts';
import type {Recorder} from '../journal/recorder.ts';
import type {Leaf} from './authority.ts';
import {isTls, withFirstBytes} from './first-bytes.ts';
import type {Limits} from './limits.ts';
import {badRequest, recordFault, refuse} from './malformed.ts';

/** What is inside of a TLS connection, once the handshake is done. */
export interface Secured {
	readonly socket: Socket;
	readonly facts: TlsFacts;
}

interface Handshake {
	/** The connection as it is known until TLS is there. */
	readonly connection: Connection;
	readonly leaf: Leaf;
	readonly origin: string;
	readonly recorder: Recorder;
	readonly accept: (inside: Secured) => void;
	readonly limits: Limits;
	/** Whether the double ends its connections: then no client has left. */
	readonly isEnding: () => boolean;
}

/** Begins TLS on a connection; one on which it fails is recorded, with the reason in plain words. */
export function secured(socket: Socket, handshake: Handshake): void {
	const deadline = new AbortController();
	const overdue = setTimeout(() => {
		deadline.abort();
		socket.destroy();
	}, handshake.limits.handshakeTimeout).unref();
	const done = () => clearTimeout(overdue);
	socket.once('close', done);
	const begin = (bytes: Buffer) => {
		if (isTls(bytes)) shakeHands(socket, bytes, handshake, {signal: deadline.signal, done});
		else refusePlain(socket, bytes, handshake);
	};
	withFirstBytes(
		socket,
		() => true,
		begin,
		() => socket.end(),
	);
}

function shakeHands(
	raw: Socket,
	bytes: Buffer,
	{connection, leaf, origin, recorder, limits, accept, isEnding}: Handshake,
	deadline: {readonly signal: AbortSignal; readonly done: () => void},
): void {
	// A client that ends its side in the middle of the handshake has left.
	raw.allowHalfOpen = false;
	const socket = new TLSSocket(raw, {
		isServer: true,
		secureContext: contextOf(leaf),
		ALPNProtocols: ['h2', 'http/1.1'],
	});
	let isSecure = false;
	let fault: {code: string; message: string} = leftEarly;
	socket.on('error', (error: NodeJS.ErrnoException) => {
		fault = faultOf(error);
	});
	// What fails after the handshake is told by this event alone.
	socket.on('_tlsError', () => socket.destroy());
	socket.once('secure', () => {
		// Node says so only of sockets that its own TLS server made, and HTTP/2 would wait for it.
		Object.assign(socket, {secureConnecting: false});
		isSecure = true;
		deadline.done();
		accept({socket, facts: factsOf(socket)});
	});
	raw.once('close', () => {
		if (isSecure || isEnding()) return;
		const cause = deadline.signal.aborted ? tooSlow(limits) : fault;
		recordFault(raw, connection, origin, recorder, {...cause, bytes});
	});
}

/** Plain HTTP gets an answer that its client can read; other bytes get none. */
function refusePlain(
	socket: Socket,
	bytes: Buffer,
	{connection, origin, recorder}: Handshake,
): void {
	const isHttp = /^[A-Za-z]+ /.test(bytes.toString('latin1', 0, 32));
	const fault = isHttp
		? {code: 'ERR_SSL_HTTP_REQUEST', message: 'plain HTTP was spoken to an https port'}
		: {code: 'ERR_SSL_WRONG_VERSION_NUMBER', message: 'no TLS handshake came to an https port'};
	const recording = recordFault(socket, connection, origin, recorder, {...fault, bytes});
	socket.read();
	if (isHttp) refuse(socket, recording, badRequest);
	else socket.destroy();
}

const leftEarly = {
	code: 'ECONNRESET',
	message:
		"the client left in the middle of the TLS handshake; if it does not trust the double's CA, give it double.ca",
};

function tooSlow({handshakeTimeout}: Limits): {code: string; message: string} {
	const seconds = handshakeTimeout / 1000;
	const message = `the client did not finish the TLS handshake within ${seconds} seconds`;
	return {code: 'ERR_TLS_HANDSHAKE_TIMEOUT', message};
}

/** Alerts by which clients say that they do not trust a certificate (RFC 8446, 6.2). */
const distrust = /UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|ACCESS_DENIED/;

function faultOf(error: NodeJS.ErrnoException): {code: string; message: string} {
	const {code = 'TLS_HANDSHAKE', message} = error;
	if (code === 'ECONNRESET' || code === 'EPIPE') return leftEarly;
	const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : message;
	if (!distrust.test(code)) return {code, message: `the TLS handshake failed: ${reason}`};
	return {
		code,
		message: `the client does not trust the double's CA (${reason}): give it double.ca`,
	};
}

function factsOf(socket: TLSSocket): TlsFacts {
	const {alpnProtocol} = socket;
	const serverName: unknown = Reflect.get(socket, 'servername');
	return Object.freeze({
		protocol: socket.getProtocol() ?? '',
		cipher: socket.getCipher().standardName,
		...(alpnProtocol && {alpn: alpnProtocol}),
		...(typeof serverName === 'string' && serverName !== '' && {serverName}),
	});
}

const contexts = new WeakMap<Leaf, SecureContext>();

/** Made once for each leaf: it costs more than all the rest of a handshake. */
function contextOf(leaf: Leaf): SecureContext {
	const known = contexts.get(leaf);
	if (known) return known;
	const context = createSecureContext({key: leaf.key, cert: leaf.cert});
	contexts.set(leaf, context);
	return context;
}
