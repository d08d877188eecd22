import {
	createServer,
	type IncomingMessage,
	type RequestListener,
	type Server,
	ServerResponse,
} from 'node:http';
import {type AddressInfo, Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import type {DoubleApp} from '../app/app.ts';
import {FollowthroughError} from '../errors.ts';
import type {Recorder} from '../journal/recorder.ts';
import {answerMalformed} from './malformed.ts';

/** A listener: one documented origin on one port of the loopback interface. */
export interface Listener {
	/** Such as `http://127.0.0.1:41234`, with no trailing slash. */
	readonly url: string;
	/** Stops listening and ends all connections, idle, half-open and busy ones alike. */
	close(): Promise<void>;
}

/**
 * Opens the listener of an origin on 127.0.0.1.
 *
 * @param port 0 for any free one; tests should leave it at that, since a fixed port may be in use
 * @throws FollowthroughError PORT_IN_USE
 */
export async function listen(
	app: DoubleApp,
	origin: string,
	recorder: Recorder,
	port: number,
): Promise<Listener> {
	const answer = app.callback();
	// Idle connections stay: a client that reuses one must not lose a race. A request without Host is
	// recorded like any other, and so are those that Node would answer by itself or drop. A client that
	// ends its side has left, as Node has it (no `httpAllowHalfOpen`): one that gave up looks no other
	// on the wire, and must not be recorded as redirected.
	const server = createServer({keepAliveTimeout: 0, requireHostHeader: false}, answer);
	server.on('checkExpectation', answer);
	server.on('connect', (request, socket) => answerConnect(request, socket, answer, recorder));
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		const peer = `${socket.remoteAddress}:${socket.remotePort}`;
		const connection = recorder.connect(socket, {peer, door: 'listener'});
		sockets.add(socket);
		socket.once('close', () => {
			sockets.delete(socket);
			// Node 20 tells a response that waits for its turn nothing of the end of its connection.
			for (const {response} of connection.open) if (!response.socket) response.emit('close');
		});
	});
	server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
		answerMalformed(error, socket, origin, recorder),
	);
	await opened(server, port, origin);
	return {
		url: `http://127.0.0.1:${portOf(server)}`,
		close: () => closed(server, sockets),
	};
}

/** Node hands a CONNECT over without a response; the double has no tunnels, and says so as of any request. */
async function answerConnect(
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
	response.once('finish', () => socket.end());
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

function opened(server: Server, port: number, origin: string): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', (cause: NodeJS.ErrnoException) => reject(notOpened(cause, port, origin)));
		server.listen(port, '127.0.0.1', () => resolve());
	});
}

function notOpened(cause: NodeJS.ErrnoException, port: number, origin: string): Error {
	if (cause.code !== 'EADDRINUSE' && cause.code !== 'EACCES') return cause;
	const why = cause.code === 'EACCES' ? 'may not be opened by this user' : 'is in use';
	return new FollowthroughError(
		'PORT_IN_USE',
		`Port ${port} of 127.0.0.1, asked for ${origin}, ${why}. Leave the port out to get a free one.`,
		{cause},
	);
}

function portOf(server: Server): number {
	const address: AddressInfo | string | null = server.address();
	if (address === null || typeof address === 'string') throw new Error('A listener has no port.');
	return address.port;
}

/** `server.close()` alone waits for keep-alive connections; a test must not. */
function closed(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
	return new Promise(resolve => {
		server.close(() => resolve());
		for (const socket of sockets) socket.destroy();
	});
}
