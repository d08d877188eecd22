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
 * ends the connection. A connection that merely broke is no message: there is nothing to record.
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
	const {current} = recorder.connectionOf(socket);
	const isCutOff = isArriving(current) && error.code === 'HPE_INVALID_EOF_STATE';
	if (isCutOff || !socket.writable) {
		// The client has ended its side before its message: what came of that is recorded.
		socket.destroy();
		return;
	}
	const recording = recordFault(error, socket, origin, recorder);
	if (isBeingAnswered(current)) {
		// Anything written now would corrupt the response that is under way.
		socket.destroy();
		return;
	}
	refuse(socket, recording, statusOf(error));
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

function isFault({code}: ParserError): boolean {
	return code !== undefined && (code.startsWith('HPE_') || code.startsWith('ERR_HTTP_'));
}

/**
 * The request that was going on becomes malformed: a client takes what is answered now for its
 * response. Without one, the bytes are an exchange of their own.
 */
function recordFault(
	error: ParserError,
	socket: Socket,
	origin: string,
	recorder: Recorder,
): Recording {
	const connection = recorder.connectionOf(socket);
	const {current} = connection;
	if (isUnanswered(current)) {
		// It is sealed by its own middleware, when what came of its body has been taken in.
		current.malformed(faultOf(error));
		return current;
	}
	const recording = recorder.begin(
		{method: '', target: '', url: '', origin, headers: [], httpVersion: '', framing: 'none'},
		connection,
	);
	recording.malformed(faultOf(error));
	socket.once('close', () => recording.seal(false));
	return recording;
}

/** Whether the body of a request is still coming in. */
function isArriving(recording: Recording | undefined): boolean {
	return recording !== undefined && recording.exchange.request.endedAt === undefined;
}

/** Whether a request is there, whole or in part, and no response to it has begun. */
function isUnanswered(recording: Recording | undefined): recording is Recording {
	return recording?.exchange.response === undefined && recording?.exchange.sealed === false;
}

/** Whether a response has begun to go out and has not ended. */
function isBeingAnswered(recording: Recording | undefined): boolean {
	return recording?.exchange.response !== undefined && !recording.exchange.sealed;
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

function statusOf({code}: ParserError): {status: number; reason: string} {
	if (code === 'HPE_HEADER_OVERFLOW')
		return {status: 431, reason: 'Request Header Fields Too Large'};
	if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return {status: 408, reason: 'Request Timeout'};
	return {status: 400, reason: 'Bad Request'};
}
