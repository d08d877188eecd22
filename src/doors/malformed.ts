import {ServerResponse} from 'node:http';
import {Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import type {Connection, Turn} from '../journal/connections.ts';
import type {MalformedMessage} from '../journal/exchange.ts';
import type {Recorder} from '../journal/recorder.ts';
import type {Recording} from '../journal/recording.ts';
import {defaultLimits, type Limits} from './limits.ts';

/** What Node's HTTP server says of bytes that it could not read. */
interface ParserError extends NodeJS.ErrnoException {
	readonly reason?: string;
	readonly rawPacket?: Buffer;
}

/** The status line of an answer to what is no HTTP. */
interface ErrorStatus {
	readonly status: number;
	readonly reason: string;
}

/** What is answered to bytes that are no HTTP. */
export const badRequest: ErrorStatus = {status: 400, reason: 'Bad Request'};

/**
 * Records bytes that are no HTTP, answers them with 400 (431, 413 or 408 where that is the fault), and
 * ends the connection. While other responses are due on it, it ends unanswered: a client would take
 * the 400 for a part of one of them. A connection that merely broke is no message, and not recorded.
 */
export function answerMalformed(
	error: ParserError,
	socket: Duplex,
	origin: string,
	recorder: Recorder,
	limits = defaultLimits,
): void {
	if (!(socket instanceof Socket) || error.code === 'ECONNRESET' || !isFault(error)) {
		socket.destroy();
		return;
	}
	const connection = recorder.connectionOf(socket);
	const {open} = connection;
	const arriving = open.find(isArriving);
	const isCutOff = arriving !== undefined && error.code === 'HPE_INVALID_EOF_STATE';
	if (isCutOff || !socket.writable) {
		// The client has ended its side before its message: what came of that is recorded.
		socket.destroy();
		return;
	}
	const fault = faultOf(error);
	// A request that was still coming in is sealed by its own middleware, when its body has been taken in.
	arriving?.recording.malformed(Object.freeze(fault));
	const recording = arriving?.recording ?? recordFault(socket, connection, origin, recorder, fault);
	if (arriving?.response.headersSent || open.some(turn => turn !== arriving)) {
		socket.destroy();
		return;
	}
	refuse(socket, recording, statusFor(error), limits);
}

/** What Node would say of a message that ends with its first bytes. */
export function unfinished(bytes: Buffer): ParserError {
	const reason = 'Invalid EOF state';
	return Object.assign(new Error(reason), {
		code: 'HPE_INVALID_EOF_STATE',
		reason,
		rawPacket: bytes,
	});
}

/** What Node would say of a head that takes too long. */
export function tooSlow(bytes: Buffer): ParserError {
	return Object.assign(new Error('Request timeout'), {
		code: 'ERR_HTTP_REQUEST_TIMEOUT',
		rawPacket: bytes,
	});
}

/** Makes bytes that belong to no request an exchange of their own, which is sealed with the connection. */
export function recordFault(
	socket: Socket,
	connection: Connection,
	origin: string,
	recorder: Recorder,
	fault: MalformedMessage,
): Recording {
	const recording = recorder.begin(
		{method: '', target: '', url: '', origin, headers: [], httpVersion: '', framing: 'none'},
		connection,
	);
	recording.malformed(Object.freeze({...fault, bytes: new Uint8Array(fault.bytes)}));
	const seal = () => recording.seal(false);
	if (socket.closed) seal();
	else socket.once('close', seal);
	return recording;
}

/** Answers what is no HTTP, and ends the connection. */
export function refuse(
	socket: Socket,
	recording: Recording,
	{status, reason}: ErrorStatus,
	limits = defaultLimits,
): void {
	const headers = [
		['Connection', 'close'],
		['Content-Length', '0'],
	] as const;
	recording.answer({status, reason, headers, bodySize: 0});
	const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
	const head = `HTTP/1.1 ${status} ${reason}\r\n${fields}\r\n`;
	socket.end(head, () => recording.amend({complete: true}));
	linger(socket, limits);
}

/**
 * Throws away what still comes, until the client ends its side or has had its time: a connection that
 * is closed with bytes unread is reset, and its client may lose the answer (RFC 9112, 9.6).
 */
function linger(socket: Socket, limits: Limits): void {
	// The answer itself may never go out: over TLS, a write to a client that has gone does not end.
	const timer = setTimeout(() => socket.destroy(), limits.linger).unref();
	socket.once('close', () => clearTimeout(timer)).once('end', () => socket.destroySoon());
	if (socket.readableEnded) return void socket.destroySoon();
	// The parser would tell of each packet as of another fault.
	socket.removeAllListeners('data').on('data', () => {});
	socket.resume();
}

function isFault({code}: ParserError): boolean {
	return code !== undefined && (code.startsWith('HPE_') || code.startsWith('ERR_HTTP_'));
}

function isArriving({response}: Turn): boolean {
	return response instanceof ServerResponse && !response.req.complete;
}

function faultOf({code = 'UNKNOWN', reason, message, rawPacket}: ParserError): MalformedMessage {
	return {
		code,
		message: isTls(rawPacket)
			? 'a TLS handshake: https was spoken to an http port'
			: (reason ?? message),
		bytes: new Uint8Array(rawPacket ?? []),
	};
}

/** A TLS record of the kind "handshake" begins with 22 and the major version 3 (RFC 8446, 5.1). */
function isTls(packet: Buffer | undefined): boolean {
	return packet?.[0] === 0x16 && packet[1] === 0x03;
}

function statusFor({code}: ParserError): ErrorStatus {
	if (code === 'HPE_HEADER_OVERFLOW')
		return {status: 431, reason: 'Request Header Fields Too Large'};
	if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return {status: 413, reason: 'Content Too Large'};
	if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return {status: 408, reason: 'Request Timeout'};
	return badRequest;
}
