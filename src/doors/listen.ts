import {createServer, type Socket} from 'node:net';
import type {DoubleApp} from '../app/app.ts';
import {FollowthroughError} from '../errors.ts';
import type {Recorder} from '../journal/recorder.ts';
import type {Leaf} from './authority.ts';
import {listenOnLoopback, peerOf} from './loopback.ts';
import {Reception} from './reception.ts';

/** A listener: one documented origin on one port of the loopback interface. */
export interface Listener {
	/** Such as `http://127.0.0.1:41234`, with no trailing slash; https where it speaks TLS. */
	readonly url: string;
	/** Stops listening and ends all connections, idle, half-open and busy ones alike. */
	close(): Promise<void>;
}

/** What a listener is for. */
export interface ListenerParts {
	readonly app: DoubleApp;
	/** The documented origin, such as `https://api.example.test`. */
	readonly origin: string;
	readonly recorder: Recorder;
	/** 0 for any free one; tests should leave it at that, since a fixed port may be in use. */
	readonly port: number;
	/** What it proves with that it is the origin, for a listener that speaks TLS alone. */
	readonly leaf?: Leaf | undefined;
	/** The same, for one that speaks TLS with clients that begin it; absent for an http origin. */
	readonly leafOnDemand?: (() => Promise<Leaf>) | undefined;
}

/**
 * Opens the listener of an origin on 127.0.0.1.
 *
 * @throws FollowthroughError PORT_IN_USE
 */
export async function listen(parts: ListenerParts): Promise<Listener> {
	const {app, origin, recorder, port, leaf, leafOnDemand} = parts;
	const reception = new Reception(app, origin, recorder);
	const server = createServer({allowHalfOpen: true, noDelay: true}, (socket: Socket) => {
		const peer = peerOf(socket);
		if (peer === undefined) return void socket.destroy();
		const start = {peer, door: 'listener'} as const;
		if (leaf) reception.secure(socket, start, leaf);
		else if (leafOnDemand) reception.either(socket, start, leafOnDemand);
		else reception.plain(socket, start);
	});
	const opened = await listenOnLoopback(server, port).catch(cause => {
		throw notOpened(cause, port, origin);
	});
	return {
		url: `${leaf ? 'https' : 'http'}://127.0.0.1:${opened}`,
		close: async () => {
			const closed = new Promise<void>(resolve => void server.close(() => resolve()));
			await Promise.all([closed, reception.close()]);
		},
	};
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
