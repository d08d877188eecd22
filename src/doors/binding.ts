import {lookup} from 'node:dns/promises';
import {isIP, type Server, type Socket} from 'node:net';
import {FollowthroughError} from '../errors.ts';
import {hostInUrl} from '../http/host.ts';

/** Where the doors of a double are opened, and by which host clients reach them. */
export interface Binding {
	/** The address that they listen on, such as `127.0.0.1`, `::1` or `0.0.0.0`. */
	readonly address: string;
	/** The host in their URLs, such as `127.0.0.1`, `[::1]` or `double.example.test`. */
	readonly advertised: string;
}

/** What nobody else can reach. */
export const loopback: Binding = {address: '127.0.0.1', advertised: '127.0.0.1'};

/**
 * Where to listen, and what to tell clients. Unless told, that is the address itself: another one would
 * lead nowhere. For all addresses of the machine it is 127.0.0.1, which is one of them.
 *
 * @param host an IP address, or a name that stands for one
 * @param advertise a host name or an IP address
 * @throws FollowthroughError OPTION_INVALID
 */
export async function bindingOf(host: string, advertise?: string): Promise<Binding> {
	const address = isIP(host) ? host : await addressOf(host);
	const own = isWildcard(address) ? '127.0.0.1' : address;
	return {address, advertised: urlHost(advertise ?? own)};
}

/** The hosts by which clients may come that know where the doors are; IPv6 addresses without brackets. */
export function hostsOf({address, advertised}: Binding): readonly string[] {
	const host = advertised.replace(/^\[(.*)\]$/, '$1');
	return isWildcard(address) ? [host] : [host, address];
}

async function addressOf(name: string): Promise<string> {
	try {
		return (await lookup(name)).address;
	} catch (cause) {
		throw new FollowthroughError(
			'OPTION_INVALID',
			`The option host is ${JSON.stringify(name)}, which stands for no address; expected one of this machine's addresses, such as 127.0.0.1, or 0.0.0.0 for all of them.`,
			{cause},
		);
	}
}

function isWildcard(address: string): boolean {
	return isIP(address) === 6 ? /^[0:]+$/.test(address) : address === '0.0.0.0';
}

/** A host in the form that URLs have it in: lower case, ASCII, an IPv6 address in brackets. */
function urlHost(host: string): string {
	const bare = host.replace(/^\[(.*)\]$/, '$1');
	const authority = hostInUrl(bare);
	const isHost = isIP(bare) > 0 || /^[^\s:/?#@\\[\]%]+$/.test(bare);
	if (isHost && !isWildcard(bare) && URL.canParse(`http://${authority}`))
		return new URL(`http://${authority}`).hostname;
	throw new FollowthroughError(
		'OPTION_INVALID',
		`The option advertise is ${JSON.stringify(host)}; expected the host name or the address by which clients reach this machine, without a port, such as double.example.test.`,
	);
}

/** What a port is opened for. */
interface Wanted {
	/** 0 for any free one. */
	readonly port: number;
	/** As in "asked for …". */
	readonly purpose: string;
}

/**
 * Has a server listen.
 *
 * @returns the port that it listens on
 * @throws FollowthroughError PORT_IN_USE, TOO_MANY_OPEN_FILES, or OPTION_INVALID for an address that this
 *   machine has not
 */
export async function openAt(
	server: Server,
	{address}: Binding,
	{port, purpose}: Wanted,
): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', cause => reject(notOpened(cause, address, {port, purpose})));
		server.listen(port, address, () => resolve());
	});
	const opened = server.address();
	if (opened === null || typeof opened === 'string') throw new Error('A server has no port.');
	return opened.port;
}

const strange = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'];

function notOpened(cause: NodeJS.ErrnoException, address: string, {port, purpose}: Wanted): Error {
	const {code = ''} = cause;
	if (strange.includes(code))
		return new FollowthroughError(
			'OPTION_INVALID',
			`The option host is ${address}, which is no address of this machine that can be listened on; expected one of its own, such as 127.0.0.1, or 0.0.0.0 for all of them.`,
			{cause},
		);
	if (code === 'EMFILE' || code === 'ENFILE')
		return new FollowthroughError(
			'TOO_MANY_OPEN_FILES',
			`The listener for ${purpose} can't be opened: ${code === 'EMFILE' ? 'this process' : 'the system'} has as many files and connections open as it may have. Close doubles that are not needed, or raise the limit ("ulimit -n").`,
			{cause},
		);
	if (code !== 'EADDRINUSE' && code !== 'EACCES') return cause;
	const why = code === 'EACCES' ? 'may not be opened by this user' : 'is in use';
	return new FollowthroughError(
		'PORT_IN_USE',
		`Port ${port} of ${address}, asked for ${purpose}, ${why}. Leave the port out to get a free one.`,
		{cause},
	);
}

/**
 * The address of a client, such as `127.0.0.1:50312` or `[::1]:50312`; undefined for one that has broken
 * its connection off before it was taken.
 */
export function peerOf({remoteAddress, remotePort}: Socket): string | undefined {
	return remoteAddress === undefined ? undefined : `${hostInUrl(remoteAddress)}:${remotePort}`;
}
