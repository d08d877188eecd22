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
