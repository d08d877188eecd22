import type {Socket} from 'node:net';
import {hostInUrl} from '../http/host.ts';

/**
 * The addresses of a listener for who came on this connection: the one by which clients are told to
 * reach it, and the one that this client has reached, where that is another.
 *
 * @param local such as `http://double.example.test:41234`
 */
export function reachedAt(
	local: string,
	{localAddress, localPort}: Pick<Socket, 'localAddress' | 'localPort'>,
): readonly string[] {
	// In a tunnel it is the proxy that was reached.
	if (localAddress === undefined || !local.endsWith(`:${localPort}`)) return [local];
	return [local, `http://${hostInUrl(localAddress)}:${localPort}`];
}
