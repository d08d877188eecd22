import {
	createServer,
	type IncomingMessage,
	type RequestListener,
	type Server,
	ServerResponse,
} from 'node:http';
import {Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import type {Connection} from '../journal/connections.ts';
import type {Recorder} from '../journal/recorder.ts';
import {defaultLimits, headerLinesLimit, type Limits, requestTimeout} from './limits.ts';
import {answerMalformed} from './malformed.ts';

/** Takes a CONNECT, and what came behind its head. */
type OnConnect = (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;

/** Speaks HTTP/1 on the connections that it is given. */
export class Http1 {
	readonly #server: Server;

	/**
	 * @param origin the documented origin that its requests are for
	 * @param onConnect what becomes of a CONNECT; unless told, it is answered like any other request
	 */
	constructor(
		answer: RequestListener,
		origin: string,
		recorder: Recorder,
		onConnect: OnConnect = (request, socket) => answerConnect(request, socket, answer, recorder),
		limits = defaultLimits,
	) {
		this.#server = serverFor(answer, limits);
		this.#server.on('connect', (...connect) => void onConnect(...connect));
		this.#server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
			answerMalformed(error, socket, origin, recorder, limits),
		);
		// It never listens by itself, and would watch over no timeouts.
		this.#server.emit('listening');
	}

	/** Takes over a connection that was opened in the recorder, with the bytes that were put back. */
	accept(socket: Socket, connection: Connection): void {
		// Each layer watches for its end, and so does each request that waits for its turn.
		socket.setMaxListeners(0);
		socket.once('close', () => tellWaiting(connection));
		this.#server.emit('connection', socket);
		socket.resume();
	}

	/** Its connections are ended by whoever gave them. */
	close(): void {
		this.#server.close();
	}
}

/** How often Node looks for heads that take too long, in milliseconds. */
const checkingInterval = 5000;

function serverFor(answer: RequestListener, {headSize, headTimeout}: Limits): Server {
	// Idle connections stay: a client that reuses one must not lose a race. A request without Host is
	// recorded like any other, and so are those that Node would answer by itself or drop. A client that
	// ends its side has left, as Node has it (no `httpAllowHalfOpen`): one that gave up looks no other
	// on the wire, and must not be recorded as redirected.
	const server = createServer(
		{
			keepAliveTimeout: 0,
			requireHostHeader: false,
			maxHeaderSize: headSize,
			headersTimeout: headTimeout,
			connectionsCheckingInterval: Math.min(checkingInterval, headTimeout),
			requestTimeout,
		},
		answer,
	);
	server.maxHeadersCount = headerLinesLimit;
	server.on('checkContinue', answer).on('checkExpectation', answer);
	return server;
}

/** Node 20 tells a response that waits for its turn nothing of the end of its connection. */
function tellWaiting(connection: Connection): void {
	for (const {response} of connection.open)
		if (response instanceof ServerResponse && !response.socket) response.emit('close');
}

/** Answers a CONNECT, which Node hands over without a response, as any other request. */
export async function answerConnect(
	request: IncomingMessage,
	socket: Duplex,
	answer: RequestListener,
	recorder: Recorder,
): Promise<void> {
	if (!(socket instanceof Socket)) return void socket.destroy();
	// Node has taken its own listeners off the socket; without one, a reset would end the process.
	socket.on('error', () => socket.destroy());
	await recorder.untilSealed(recorder.connectionOf(socket).open.at(-1)?.recording);
	const response = new ServerResponse(request);
	response.shouldKeepAlive = false;
	const isFree = assigned(response, socket);
	// What comes behind is not looked at, but read, so that the end of the connection is seen.
	response.once('finish', () => socket.resume().end());
	answer(request, response);
	if (!isFree) response.emit('close');
}

/** A socket whose last response never ended, as its client had gone, takes no other: it is ended. */
function assigned(response: ServerResponse, socket: Socket): boolean {
	try {
		response.assignSocket(socket);
		return true;
	} catch {
		socket.destroy();
		return false;
	}
}
