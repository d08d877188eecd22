import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {parseHead, type Transport, type WireRequest, type WireResponse} from './conforming.ts';

/** A connection on which a request was answered before its body had been sent to its end. */
export interface Answered {
	readonly socket: Socket;
	readonly request: WireRequest;
	/** The rest of the body. */
	readonly rest: string;
	readonly response: WireResponse;
}

/** What a client does with such a connection. */
export type Reaction = (answered: Answered) => void | Promise<void>;

/** Gives the body up, as a client may. */
export const stop: Reaction = ({socket}) => void socket.end();

/**
 * Sends the head and half of the body, and the rest only once the double has answered or asked for
 * it: of the first request, which is to be redirected early; later ones are sent whole.
 */
export function halfFirst(react: Reaction): Transport {
	let isFirst = true;
	return async request => {
		const held = isFirst ? half(request) : '';
		isFirst = false;
		return send(request, held, react);
	};
}

/** Sends the head with `Expect: 100-continue`, and the body when it is asked for. */
export function onContinue(react: Reaction): Transport {
	return request => send(request, request.body ?? '', react);
}

function half({body = ''}: WireRequest): string {
	return body.slice(body.length / 2);
}

/** Begins the follow-up on the same connection, in the middle of the body that was promised. */
export const beginInside: Reaction = ({socket, request, response}) => {
	const target = new URL(response.headers.get('location') ?? '/', request.url).pathname;
	socket.end(headOf({...request, target}));
};

/** Sends the rest of the body, whatever the answer was. */
export const goOn: Reaction = ({socket, rest}) => void socket.end(rest);

/** Leaves the connection at once, with all that was still to be written. */
export const leave: Reaction = ({socket}) => void socket.destroy();

/** Waits until all is written, and does not look at the answer. */
export const hang: Reaction = () => {};

/** Sends a request, the last bytes of its body held back until the first answer is here. */
async function send(request: WireRequest, held: string, react: Reaction): Promise<WireResponse> {
	const {hostname, port} = new URL(request.url);
	const socket = connect(Number(port), hostname);
	const heads = readHeads(socket);
	const {body = ''} = request;
	socket.write(headOf(request) + body.slice(0, body.length - held.length));
	const first = await heads();
	if (!first.startsWith('HTTP/1.1 100 ')) {
		const response = parseHead(first);
		if (held === '') socket.end();
		else await react({socket, request, rest: held, response});
		return response;
	}
	socket.write(held);
	const response = parseHead(await heads());
	socket.end();
	return response;
}

/** The head of a request as it goes out, its length announced. */
function headOf({method, target, headers, body = ''}: WireRequest): string {
	const lines = [...headers, ['Content-Length', String(Buffer.byteLength(body))]];
	const fields = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
	return `${method} ${target} HTTP/1.1\r\n${fields}\r\n`;
}

/** Reads the heads of responses, one a call; what stands between them is no matter here. */
function readHeads(socket: Socket): () => Promise<string> {
	let received = '';
	socket.on('data', piece => {
		received += piece.toString('latin1');
	});
	socket.on('error', () => {});
	return async () => {
		while (!received.includes('\r\n\r\n')) {
			if (socket.readableEnded) throw new Error('The double closed the connection.');
			await Promise.race([once(socket, 'data'), once(socket, 'end')]);
		}
		const [head = ''] = received.split('\r\n\r\n', 1);
		received = received.slice(head.length + 4);
		return head;
	};
}
