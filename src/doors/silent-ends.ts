import type {ServerHttp2Session} from 'node:http2';
import type {Socket} from 'node:net';

/** Before this version, Node tells nobody of most faults by which it gives a session up. */
const toldSince = 24;

/** How often a session is looked at, in milliseconds. */
const interval = 500;

/**
 * Notices sessions that the platform has given up without telling: after some faults (a frame that is
 * too large, fields that can't be decoded) Node sends GOAWAY, and from then on neither reads nor
 * writes; it does not even see that the client leaves. Where Node is like that, a session on which
 * bytes came is sent a PING (RFC 9113, 6.7). One that does not go out, though the connection takes
 * more, tells; that the client takes no content keeps none back.
 *
 * @param ended is called once, when the session was given up
 */
export function watchForSilentEnd(
	session: ServerHttp2Session,
	socket: Socket,
	ended: () => void,
): void {
	const tells = Number.parseInt(process.versions.node, 10) >= toldSince;
	// What came with the first bytes counts as well.
	let read = 0;
	let written: number | undefined;
	const look = () => {
		if (session.destroyed) return clearInterval(timer);
		// Of one on which the client has sent GOAWAY, no version tells all.
		if (tells && !session.closed) return;
		if (written !== undefined && socket.bytesWritten === written && !isBlocked(socket)) {
			clearInterval(timer);
			return ended();
		}
		written = undefined;
		if (socket.bytesRead === read) return;
		read = socket.bytesRead;
		written = socket.bytesWritten;
		session.ping(() => {
			// It was answered, so all that came with the answer was read; that alone asks for no next one.
			read = socket.bytesRead;
		});
	};
	const timer = setInterval(look, interval).unref();
	socket.once('close', () => clearInterval(timer));
}

/** Whether bytes wait for the system to take them, as the client does not read. */
function isBlocked(socket: Socket): boolean {
	const handle: unknown = Reflect.get(socket, '_handle');
	if (typeof handle !== 'object' || handle === null) return false;
	return Number(Reflect.get(handle, 'writeQueueSize')) > 0;
}

/**
 * Notices that the client of a TLS connection has gone while Node was writing to it: a session of
 * HTTP/2 then waits for that write for ever, and reads no more, so that it does not see the end.
 *
 * @param gone is called once, when the system has known of no peer for a while
 */
export function watchForGonePeer(socket: Socket, gone: () => void): void {
	if (!('encrypted' in socket)) return;
	let looks = 0;
	const look = () => {
		looks = hasPeer(socket) ? 0 : looks + 1;
		// What came before the end gets its turn first.
		if (looks > 1) gone();
	};
	const timer = setInterval(look, interval).unref();
	socket.once('close', () => clearInterval(timer));
}

/** Node's own `remoteAddress` keeps the first answer; the system has none for a connection that broke. */
function hasPeer(socket: Socket): boolean {
	const handle: unknown = Reflect.get(socket, '_handle');
	if (typeof handle !== 'object' || handle === null) return true;
	const ask: unknown = Reflect.get(handle, 'getpeername');
	return typeof ask !== 'function' || Reflect.apply(ask, handle, [{}]) === 0;
}
