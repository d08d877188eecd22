import type {Socket} from 'node:net';

/**
 * Looks at the first bytes of a connection, puts them back, and pauses it: whoever takes it over reads
 * them as if nobody had. What was waited for comes by callback, since the connection must be taken over
 * before more of it is read.
 *
 * @param isEnough whether these bytes tell what is to be known
 * @param then is given the bytes, when they are enough
 * @param ended is given the bytes that came from a client that sends no more; they are not put back
 * @param deadline how long it may take from the first byte on, and what is given the bytes when they
 *   were not enough by then; they are not put back
 */
export function withFirstBytes(
	socket: Socket,
	isEnough: (bytes: Buffer) => boolean,
	then: (bytes: Buffer) => void,
	ended: (bytes: Buffer) => void,
	deadline?: {readonly milliseconds: number; readonly late: (bytes: Buffer) => void},
): void {
	let bytes = Buffer.alloc(0);
	let timer: NodeJS.Timeout | undefined;
	const stop = () => {
		clearTimeout(timer);
		socket.off('data', take).off('end', end).off('close', stop);
	};
	const end = () => {
		stop();
		ended(bytes);
	};
	const take = (piece: Buffer) => {
		bytes = Buffer.concat([bytes, piece]);
		if (!isEnough(bytes)) {
			if (deadline) timer ??= setTimeout(late, deadline.milliseconds).unref();
			return;
		}
		stop();
		socket.pause();
		socket.unshift(bytes);
		then(bytes);
	};
	const late = () => {
		stop();
		deadline?.late(bytes);
	};
	socket.on('data', take).once('end', end).once('close', stop);
	socket.resume();
}

/** What a client begins with that speaks HTTP/2 (RFC 9113, 3.4). */
const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Whether a connection begins as HTTP/2 does; undefined while it may. */
export function isHttp2(bytes: Buffer): boolean | undefined {
	const size = Math.min(bytes.length, preface.length);
	if (!preface.subarray(0, size).equals(bytes.subarray(0, size))) return false;
	return size === preface.length ? true : undefined;
}

/** Whether a connection begins with a TLS handshake: such a record begins with 22 (RFC 8446, 5.1). */
export function isTls(bytes: Buffer): boolean {
	return bytes[0] === 0x16;
}
