import type {ServerHttp2Stream} from 'node:http2';
import {Socket} from 'node:net';

/**
 * Breaks a connection off with a TCP reset. On TLS it is the connection beneath that is reset, with
 * no alert before.
 */
export function resetConnection(socket: Socket): void {
	const beneath = lowest(socket);
	if (beneath.destroyed) return;
	// While a connection is being ended in good order, the system refuses to reset it, and Node would
	// take it for closed and never close it.
	if (isEnding(beneath)) beneath.once('finish', () => resetConnection(beneath));
	else resetNow(beneath);
}

function isEnding({writableEnded, writableFinished, writableLength}: Socket): boolean {
	return writableEnded && !writableFinished && writableLength === 0;
}

function resetNow(beneath: Socket): void {
	try {
		beneath.resetAndDestroy();
	} catch {
		// What is no TCP connection knows no reset.
		beneath.destroy();
	}
}

/** Node keeps the connection beneath a TLS socket to itself. */
function lowest(socket: Socket): Socket {
	const parent: unknown = Reflect.get(socket, '_parent');
	return parent instanceof Socket ? lowest(parent) : socket;
}

const ours = new WeakSet<object>();

/** Resets a stream of HTTP/2, so that the record does not take it for the client's doing. */
export function resetStream(stream: ServerHttp2Stream, code: number): void {
	ours.add(stream);
	stream.close(code);
}

/** Whether it was the double that reset a stream. */
export function isResetByDouble(stream: object): boolean {
	return ours.has(stream);
}

/**
 * Breaks a stream of HTTP/2 off with RST_STREAM and INTERNAL_ERROR (RFC 9113, 6.4 and 7). By itself,
 * Node ends the body in good order first, and the client would have a whole response.
 */
export function breakStream(stream: ServerHttp2Stream): void {
	const value = () => {};
	Object.defineProperties(stream, {
		_write: {value, configurable: true},
		_writev: {value, configurable: true},
		_final: {value, configurable: true},
	});
	if (!stream.destroyed) resetStream(stream, internalError);
}

/** Known here, so that `node:http2` need not be loaded for it. */
const internalError = 2;
