import {createServer, type Socket} from 'node:net';
import type {DoubleApp} from '../app/app.ts';
import type {Recorder} from '../journal/recorder.ts';
import type {Leaf} from './authority.ts';
import {type Binding, openAt, peerOf} from './binding.ts';
import {Reception} from './reception.ts';

/** A listener: one documented origin on one port. */
export interface Listener {
	/** Such as `http://127.0.0.1:41234`, with no trailing slash; https where it speaks TLS. */
	readonly url: string;
	/** Stops listening, and ends each connection once nothing goes on on it, idle ones at once. */
	leave(): Promise<void>;
	/** Stops listening and ends all connections, idle, half-open and busy ones alike. */
	close(): Promise<void>;
}

/** What a listener is for. */
export interface ListenerParts {
	readonly app: DoubleApp;
	/** The documented origin, such as `https://api.example.test`. */
	readonly origin: string;
	readonly recorder: Recorder;
	readonly binding: Binding;
	/** 0 for any free one; tests should leave it at that, since a fixed port may be in use. */
	readonly port: number;
	/** What it proves with that it is the origin, for a listener that speaks TLS alone. */
	readonly leaf?: Leaf | undefined;
	/** The same, for one that speaks TLS with clients that begin it; absent for an http origin. */
	readonly leafOnDemand?: (() => Promise<Leaf>) | undefined;
}

/**
 * Opens the listener of an origin.
 *
 * @throws FollowthroughError PORT_IN_USE or OPTION_INVALID, for an address that this machine has not
 */
export async function listen(parts: ListenerParts): Promise<Listener> {
	const {app, origin, recorder, binding, port, leaf, leafOnDemand} = parts;
	const reception = new Reception(app, origin, recorder);
	const server = createServer({allowHalfOpen: true, noDelay: true}, (socket: Socket) => {
		const peer = peerOf(socket);
		if (peer === undefined) return void socket.destroy();
		const start = {peer, door: 'listener'} as const;
		if (leaf) reception.secure(socket, start, leaf);
		else if (leafOnDemand) reception.either(socket, start, leafOnDemand);
		else reception.plain(socket, start);
	});
	const opened = await openAt(server, binding, {port, purpose: origin});
	const stop = () => new Promise<void>(resolve => void server.close(() => resolve()));
	return {
		url: `${leaf ? 'https' : 'http'}://${binding.advertised}:${opened}`,
		leave: async () => void (await Promise.all([stop(), reception.leave()])),
		close: async () => void (await Promise.all([stop(), reception.close()])),
	};
}
