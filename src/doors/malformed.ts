import {Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import type {MalformedMessage} from '../journal/exchange.ts';
import type {Recorder} from '../journal/recorder.ts';
import type {Recording} from '../journal/recording.ts';

/** What Node's HTTP server says of bytes that it could not read. */
interface ParserError extends NodeJS.ErrnoException {
	readonly reason?: string;
	readonly rawPacket?: Buffer;
}

/**
 * Records bytes that are no HTTP, answers them with 400 (431 or 408 where that is the fault), and
 * ends the connection. While other responses are due on it, it ends unanswered: a client would take
 * the 400 for a part of one of them. A connection that merely broke is no message, and not recorded.
 */
export function answerMalformed(
	error: ParserError,
	socket: Duplex,
	origin: string,
	recorder: Recorder,
): void {
	if (!(socket instanceof Socket) || error.code === 'ECONNRESET' || !isFault(error)) {
		socket.destroy();
		return;
	}
	const {open} = recorder.connectionOf(socket);
	const arriving = open.find(({response}) => !response.req.complete);
	const isCutOff = arriving !== undefined && error.code === 'HPE_INVALID_EOF_STATE';
	if (isCutOff || !socket.writable) {
		// The client has ended its side before its message: what came of that is recorded.
		socket.destroy();
		return;
	}
	const recording = arriving?.recording ?? beginFault(socket, origin, recorder);
	recording.malformed(faultOf(error));
	if (arriving?.response.headersSent || open.some(turn => turn !== arriving)) {
		socket.destroy();
		return;
	}
	refuse(socket, recording, statusOf(error));
}

function isFault({code}: ParserError): boolean {
	return code !== undefined && (code.startsWith('HPE_') || code.startsWith('ERR_HTTP_'));
}

/**
 * Bytes behind a whole request, or with none before them, are an exchange of their own. A request
 * that was still coming in is sealed by its own middleware, when its body has been taken in.
 */
function beginFault(socket: Socket, origin: string, recorder: Recorder): Recording {
	const recording = recorder.begin(
		{method: '', target: '', url: '', origin, headers: [], httpVersion: '', framing: 'none'},
		recorder.connectionOf(socket),
	);
	socket.once('close', () => recording.seal(false));
	return recording;
}

function faultOf({code = 'UNKNOWN', reason, message, rawPacket}: ParserError): MalformedMessage {
	return Object.freeze({
		code,
		message: isTls(rawPacket)
			? 'a TLS handshake: https was spoken to an http port'
			: (reason ?? message),
		bytes: new Uint8Array(rawPacket ?? []),
	});
}

/** A TLS record of the kind "handshake" begins with 22 and the major version 3 (RFC 8446, 5.1). */
function isTls(packet: Buffer | undefined): boolean {
	return packet?.[0] === 0x16 && packet[1] === 0x03;
}

function refuse(
	socket: Socket,
	recording: Recording,
	{status, reason}: {status: number; reason: string},
): void {
	const headers = [
		['Connection', 'close'],
		['Content-Length', '0'],
	] as const;
	recording.answer({status, reason, headers, bodySize: 0});
	const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
	const head = `HTTP/1.1 ${status} ${reason}\r\n${fields}\r\n`;
	socket.end(head, () => recording.amend({complete: true}));
	socket.destroySoon();
}

function statusOf({code}: ParserError): {status: number; reason: string} {
	if (code === 'HPE_HEADER_OVERFLOW')
		return {status: 431, reason: 'Request Header Fields Too Large'};
	if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return {status: 408, reason: 'Request Timeout'};
	return {status: 400, reason: 'Bad Request'};
}
