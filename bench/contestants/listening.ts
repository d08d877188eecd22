import {randomInt} from 'node:crypto';
import {once} from 'node:events';
import {createServer as createSocketServer, type Server} from 'node:net';

/** Has a server listen on any free port of the loopback interface; resolves with the port. */
export async function listenAnywhere(server: Server): Promise<number> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (typeof address !== 'object' || address === null) throw new Error('It listens on no port.');
	return address.port;
}

/** A port that is free now, for a server that must be told one. */
export async function freePort(): Promise<number> {
	const server = createSocketServer();
	const port = await listenAnywhere(server);
	server.close();
	await once(server, 'close');
	return port;
}

/**
 * The first of two ports in a row that are free now. They are below those that the system gives to whoever
 * asks for any, as clients do that connect: none of these takes one meanwhile.
 */
export async function freePortPair(): Promise<number> {
	for (;;) {
		const first = randomInt(10_000, 30_000);
		if ((await isFree(first)) && (await isFree(first + 1))) return first;
	}
}

async function isFree(port: number): Promise<boolean> {
	const server = createSocketServer().listen(port, '127.0.0.1');
	try {
		await once(server, 'listening');
	} catch {
		return false;
	}
	server.close();
	await once(server, 'close');
	return true;
}
