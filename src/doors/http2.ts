import {
	createServer,
	type Http2Server,
	type Http2ServerRequest,
	type Http2ServerResponse,
	type ServerHttp2Session,
	type ServerHttp2Stream,
} from 'node:http2';
import type {Socket} from 'node:net';
import {isResetByDouble, resetStream} from '../app/break-off.ts';
import type {AnyResponse} from '../app/response-headers.ts';
import type {Connection} from '../journal/connections.ts';
import type {Recorder} from '../journal/recorder.ts';
import {headerListLimit, headerPairsLimit} from './limits.ts';
import {recordFault} from './malformed.ts';
import {watchForGonePeer, watchForSilentEnd} from './silent-ends.ts';

type Answer = (request: Http2ServerRequest, response: Http2ServerResponse) => unknown;

/** Speaks HTTP/2 on the connections that it is given. Loads `node:http2`: import it when needed. */
export class Http2 {
	readonly #server: Http2Server;
	readonly #origin: string;
	readonly #recorder: Recorder;

	/** @param origin the documented origin that its requests are for */
	constructor(answer: Answer, origin: string, recorder: Recorder) {
		this.#origin = origin;
		this.#recorder = recorder;
		this.#server = createServer({
			maxHeaderListPairs: headerPairsLimit,
			settings: {maxHeaderListSize: headerListLimit},
			// A scenario may send two Location fields; Node 20 has no such option, and answers them with 500.
			...{strictSingleValueFields: false},
		});
		for (const event of ['request', 'checkContinue', 'checkExpectation'])
			this.#server.on(event, (request, response) => void answer(request, response));
		this.#server.on('connect', (request: Http2ServerRequest, response: Http2ServerResponse) => {
			withoutTunnel(request);
			answer(request, response);
		});
	}

	/** Takes over a connection, with the bytes that were put back: they are `first`. */
	accept(socket: Socket, connection: Connection, first: Buffer): void {
		// A client that ends its side has left.
		socket.allowHalfOpen = false;
		const session = this.#begin(socket);
		if (session === undefined) return void socket.destroy();
		session.prependListener('stream', stream => {
			// A stream that is over already when it is told of knows nothing of its session.
			this.#recorder.carry(stream, connection);
			noteReset(stream, session, connection);
		});
		session.on('goaway', (code, lastStream) => connection.goneAway(code, lastStream));
		session.on('error', error => this.#recordFault(error, socket, connection, first));
		watchForGonePeer(socket, () => socket.destroy());
		watchForSilentEnd(session, socket, () =>
			session.destroy(Object.assign(new Error('Protocol error'), {code: 'ERR_HTTP2_ERROR'})),
		);
	}

	/** Node makes the session when the server is told of the connection, and tells of it by an event. */
	#begin(socket: Socket): ServerHttp2Session | undefined {
		const sessions: ServerHttp2Session[] = [];
		const note = (session: ServerHttp2Session) => void sessions.push(session);
		this.#server.once('session', note);
		this.#server.emit('connection', socket);
		this.#server.off('session', note);
		return sessions[0];
	}

	/** Frames that are none are a message of their own, unless a request was coming in: that is cut off. */
	#recordFault(
		{message, code}: NodeJS.ErrnoException,
		socket: Socket,
		connection: Connection,
		bytes: Buffer,
	): void {
		// A session that the client ends with an error code in GOAWAY is no fault of the bytes.
		if (code === undefined || !faults.has(code) || connection.open.length > 0) return;
		recordFault(socket, connection, this.#origin, this.#recorder, {code, message, bytes});
	}
}

/** What Node says of bytes that are no HTTP/2. */
const faults = new Set(['ERR_HTTP2_ERROR', 'ERR_HTTP2_TOO_MANY_INVALID_FRAMES']);

/**
 * A CONNECT has no path, and no content: what comes on its stream would be the tunnel's (RFC 9113,
 * 8.5). So it counts as whole, and its stream ends with the answer.
 */
function withoutTunnel(request: Http2ServerRequest): void {
	const {stream} = request;
	request.url = request.authority;
	stream.push(null);
	stream.once('finish', () => resetStream(stream, 0));
}

/** Keeps the code with which the client resets a stream. */
function noteReset(
	stream: ServerHttp2Stream,
	session: ServerHttp2Session,
	connection: Connection,
): void {
	const note = () => {
		// A connection that ends, or breaks, gives its streams a code as well.
		const isOver = connection.isClosed || session.destroyed;
		if (stream.rstCode === 0 || isOver || isResetByDouble(stream)) return;
		const turn = connection.open.find(({response}) => streamOf(response) === stream);
		turn?.recording.reset(stream.rstCode);
	};
	// While the double destroys a stream, it is aborted too.
	stream.prependOnceListener('aborted', () => stream.destroyed || note());
	stream.prependOnceListener('close', () => stream.aborted || note());
}

function streamOf(response: AnyResponse): ServerHttp2Stream | undefined {
	return 'stream' in response ? response.stream : undefined;
}
