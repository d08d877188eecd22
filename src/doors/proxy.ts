import type {IncomingMessage, RequestListener} from 'node:http';
import {createServer, type Socket} from 'node:net';
import type {DoubleApp} from '../app/app.ts';
import type {Apps} from '../app/apps.ts';
import type {AppParts} from '../app/parts.ts';
import {createRefusingApp} from '../app/refuse.ts';
import {originOf} from '../http/origin.ts';
import type {Authority} from './authority.ts';
import {type Binding, openAt, peerOf} from './binding.ts';
import {withFirstBytes} from './first-bytes.ts';
import {Http1} from './http1.ts';
import {Tunnels} from './tunnels.ts';

/** The forward proxy of a double: a way in for requests that have the documented URLs. */
export interface ForwardProxy {
	/** Such as `http://127.0.0.1:41300`, with no trailing slash. */
	readonly url: string;
	/** Ends the tunnels to origins that the scenario does not name any more, each once nothing goes on in it. */
	leave(): void;
	/** Stops listening and ends all connections, tunnels included. */
	close(): Promise<void>;
}

/** What the proxy of a double shares with its other doors. */
export interface ProxyParts extends AppParts {
	readonly apps: Apps;
	readonly binding: Binding;
	/** 0 for any free one. */
	readonly port: number;
	/** The double's CA; asked for when the first tunnel to an https origin opens. */
	readonly authority: () => Promise<Authority>;
}

/**
 * Opens the forward proxy. A request whose target is a URL (RFC 9112,
 * 3.2.2) goes to the app of its origin, and so does what comes through a tunnel (CONNECT). Any other
 * is refused and recorded. Nothing is ever resolved or connected to.
 *
 * @throws FollowthroughError PORT_IN_USE or OPTION_INVALID, for an address that this machine has not
 */
export async function openProxy(parts: ProxyParts): Promise<ForwardProxy> {
	const {recorder, binding, port} = parts;
	const sockets = new Set<Socket>();
	const server = createServer({allowHalfOpen: true, noDelay: true});
	const opened = await openAt(server, binding, {port, purpose: 'the proxy'});
	const url = `http://${binding.advertised}:${opened}`;
	let speaking: Speakers | undefined;
	server.on('connection', socket => {
		const peer = peerOf(socket);
		if (peer === undefined) return void socket.destroy();
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
		const connection = recorder.connect(socket, {peer, door: 'proxy'});
		// Most doubles are never asked through their proxy.
		speaking ??= speakers(parts, url);
		const {http1} = speaking;
		// Without a listener, a connection that breaks would end the process.
		socket.on('error', () => {});
		// Before its first byte, nothing is late.
		withFirstBytes(
			socket,
			() => true,
			() => http1.accept(socket, connection),
			() => socket.end(),
		);
	});
	return {
		url,
		leave: () => speaking?.tunnels.leave(),
		close: async () => {
			const closed = new Promise<void>(resolve => void server.close(() => resolve()));
			for (const socket of sockets) socket.destroy();
			speaking?.http1.close();
			await Promise.all([closed, speaking?.tunnels.close()]);
		},
	};
}

/** What answers what comes to the proxy. */
interface Speakers {
	readonly http1: Http1;
	readonly tunnels: Tunnels;
}

/** @param url the proxy's own, by which bytes are recorded that are no HTTP */
function speakers(parts: ProxyParts, url: string): Speakers {
	const faults = new WeakMap<IncomingMessage, unknown>();
	const refusing = createRefusingApp(parts, faults);
	const tunnels = new Tunnels({...parts, refusing, faults});
	const answer = byOrigin(parts, refusing);
	const http1 = new Http1(answer, url, parts.recorder, (...connect) => tunnels.open(...connect));
	return {http1, tunnels};
}

/** One connection may carry requests for several origins: each goes to the app of its own. */
function byOrigin({apps, recorder, stage}: ProxyParts, refusing: DoubleApp): RequestListener {
	const answers = new Map<DoubleApp, RequestListener>();
	const refuse = refusing.callback();
	const answerOf = (app: DoubleApp) => {
		const answer = answers.get(app) ?? app.callback();
		answers.set(app, answer);
		return answer;
	};
	return (request, response) => {
		recorder.connectionOf(request.socket).speaks('http/1.1');
		const origin = originOf(request.url ?? '') ?? '';
		const answer = stage.production.names(origin) ? answerOf(apps.of(origin)) : refuse;
		void answer(request, response);
	};
}
