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
	const recording = recordFault(error, socket, origin, recorder);
	const status = statusOf(error);
	socket.once('close', () => recording.seal(socket.bytesWritten > 0));
	if (recording.exchange.response !== undefined || !socket.writable) {
		// A response is under way: anything written now would corrupt it.
		socket.destroy();
		return;
	}
	const headers = [
		['Connection', 'close'],
		['Content-Length', '0'],
	] as const;
	recording.answer({...status, headers, bodySize: 0});
	const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
	socket.end(`HTTP/1.1 ${status.status} ${status.reason}\r\n${fields}\r\n`);
	socket.destroySoon();
}

function isFault({code}: ParserError): boolean {
	return code !== undefined && (code.startsWith('HPE_') || code.startsWith('ERR_HTTP_'));
}

/** The request that was going on becomes malformed; without one, the bytes are an exchange of their own. */
function recordFault(
	error: ParserError,
	socket: Socket,
	origin: string,
	recorder: Recorder,
): Recording {
	const connection = recorder.connectionOf(socket);
	const open = connection.current;
	const going = open !== undefined && open.exchange.request.endedAt === undefined;
	const recording = going
		? open
		: recorder.begin(
				{method: '', target: '', url: '', origin, headers: [], httpVersion: '', framing: 'none'},
				connection,
			);
	recording.malformed(faultOf(error));
	return recording;
}

function faultOf({code = 'UNKNOWN', reason, message, rawPacket}: ParserError): MalformedMessage {
	return Object.freeze({
		code,
		message: reason ?? message,
		bytes: new Uint8Array(rawPacket ?? []),
	});
}

function statusOf({code}: ParserError): {status: number; reason: string} {
	if (code === 'HPE_HEADER_OVERFLOW')
		return {status: 431, reason: 'Request Header Fields Too Large'};
	if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return {status: 408, reason: 'Request Timeout'};
	return {status: 400, reason: 'Bad Request'};
}
