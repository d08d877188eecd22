import type {Server, Socket} from 'node:net';

/**
 * Has a server listen on 127.0.0.1.
 *
 * @param port 0 for any free one
 * @returns the port that it listens on; rejects with the platform's error
 */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => resolve());
	});
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('A server has no port.');
	return address.port;
}

/**
 * The address of a client, such as `127.0.0.1:50312`; undefined for one that has broken its connection
 * off before it was taken.
 */
export function peerOf({remoteAddress, remotePort}: Socket): string | undefined {
	return remoteAddress === undefined ? undefined : `${remoteAddress}:${remotePort}`;
}
