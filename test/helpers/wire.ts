import type {Socket} from 'node:net';
import {connectTo, headOf} from './raw-client.ts';

/** What a client saw of a connection, from its request to its end. */
export interface Wire {
	/** All bytes that came, as Latin-1. */
	readonly text: string;
	/** The same, in the pieces in which the client read them. */
	readonly pieces: readonly Buffer[];
	/** How the server ended it: in good order, or with a TCP reset. */
	readonly ending: 'fin' | 'reset';
}

/** Sends one request on a connection of its own, and reads until the server ends the connection. */
export async function untilEnd(url: string, head: readonly string[], body = ''): Promise<Wire> {
	using client = await connectTo(url);
	const wire = watch(client.socket);
	client.send(headOf(head) + body);
	return await wire;
}

/** Reads from a connection until its other side ends it. */
export async function watch(socket: Socket): Promise<Wire> {
	const pieces: Buffer[] = [];
	let ending: Wire['ending'] = 'fin';
	socket.on('data', (piece: Buffer) => void pieces.push(piece));
	socket.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'ECONNRESET') ending = 'reset';
	});
	await new Promise(resolve => socket.once('close', resolve));
	return {text: Buffer.concat(pieces).toString('latin1'), pieces, ending};
}
