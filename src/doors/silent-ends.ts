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
 * bytes came is sent a PING (RFC 9113, 6.7). One that does not go out, though nothing else waits to
 * be written, tells.
 *
 * @param isWriting whether a response waits for the client to read
 * @param ended is called once, when the session was given up
 */
export function watchForSilentEnd(
	session: ServerHttp2Session,
	socket: Socket,
	isWriting: () => boolean,
	ended: () => void,
): void {
	if (Number.parseInt(process.versions.node, 10) >= toldSince) return;
	// What came with the first bytes counts as well.
	let read = 0;
	let written: number | undefined;
	const look = () => {
		if (session.destroyed) return clearInterval(timer);
		if (written !== undefined && socket.bytesWritten === written && !isWriting()) {
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
