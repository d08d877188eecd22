import type {Http2Session, ServerHttp2Stream} from 'node:http2';
import {resetStream} from './break-off.ts';
import type {Line} from './line.ts';
import {patience} from './patience.ts';

/** Error codes of HTTP/2 (RFC 9113, 7). */
const noError = 0;
const cancel = 8;

/** A stream of HTTP/2. Its connection, which others share, is only ended where nothing is left of the stream. */
export class Http2Line implements Line {
	readonly canLinger = false;
	readonly isClosing = false;
	readonly isKept = true;
	readonly #stream: ServerHttp2Stream;
	readonly #session: Http2Session | undefined;
	readonly #parting: Parting;

	constructor(stream: ServerHttp2Stream) {
		this.#stream = stream;
		this.#session = stream.session;
		this.#parting = this.#session === undefined ? {} : partingOf(this.#session);
	}

	get left(): Line['left'] {
		if (this.#parting.left !== undefined) return this.#parting.left;
		// On a connection that goes on, a stream that is over was given up by the client.
		return this.#session?.destroyed ? 'cut' : 'stopped';
	}

	/** HTTP/2 has no field for it. */
	prepare(): void {}

	/** The response is whole, and the client need not send the rest (RFC 9113, 8.1). */
	close(): void {
		afterLastFrame(this.#stream, () => {
			if (this.#stream.closed) this.#session?.close();
			else resetStream(this.#stream, noError);
		});
	}

	reset(): void {
		afterLastFrame(this.#stream, () => {
			if (this.#stream.closed) breakSession(this.#session);
			else resetStream(this.#stream, cancel);
		});
	}

	/** Nothing is left to be read of a stream, and the connection is not its own. */
	stopReading(): void {}

	end(): void {
		if (!this.#stream.closed) resetStream(this.#stream, cancel);
	}

	onClosed(callback: () => void): void {
		if (this.#stream.closed) callback();
		else this.#stream.once('close', callback);
	}

	/** Its connection is watched once for all its streams. */
	release(): void {}
}

/**
 * RST_STREAM would overtake the frame that ends the response, of which Node tells by no event. It is
 * looked for at growing intervals, and not waited for when the client does not read.
 */
function afterLastFrame(stream: ServerHttp2Stream, callback: () => void, wait = 1): void {
	if (stream.destroyed || stream.state.localClose === 1 || wait > patience) callback();
	else setTimeout(() => afterLastFrame(stream, callback, wait * 2), wait).unref();
}

/** Ends a connection so that its client sees an error: by itself, Node says that all was in good order. */
function breakSession(session: Http2Session | undefined): void {
	if (session === undefined || session.destroyed) return;
	session.goaway(cancel);
	session.destroy();
}

/** How a client has left a connection; nothing as long as it has not. */
interface Parting {
	left?: 'stopped' | 'reset';
}

const partings = new WeakMap<Http2Session, Parting>();

function partingOf(session: Http2Session): Parting {
	const known = partings.get(session);
	if (known !== undefined) return known;
	const parting: Parting = {};
	partings.set(session, parting);
	if (session.destroyed) return parting;
	session.socket.on('end', () => {
		parting.left ??= 'stopped';
	});
	session.socket.on('error', () => {
		parting.left ??= 'reset';
	});
	return parting;
}
