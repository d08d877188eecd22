import type {IncomingMessage} from 'node:http';
import {isIP} from 'node:net';
import {Problem} from '../problem.ts';

/**
 * Against DNS rebinding: a page of `http://evil.example:3070`, whose name was made to lead to this
 * machine, sends that name as its Host, and a browser takes it for the same origin. So the name must be
 * one that leads here by rights: of loopback, the address that the connection came to, or one of `names`.
 *
 * @param names in lower case, such as the advertised host; IPv6 addresses without brackets
 * @throws Problem MISDIRECTED
 */
export function checkHost(request: IncomingMessage, names: ReadonlySet<string>): void {
	const host = hostOf(request);
	const isKnown =
		host !== undefined && (isLoopback(host) || names.has(host) || host === localAddressOf(request));
	if (isKnown) return;
	const named = host === undefined ? 'no usable host' : `the host "${host}"`;
	throw new Problem(
		'MISDIRECTED',
		`The request names ${named}, by which this API is not known. Use a loopback name, or start the server with --allow-host.`,
	);
}

/** A target in absolute form counts before the field (RFC 9112, 3.2.2). */
function hostOf({url = '', headersDistinct}: IncomingMessage): string | undefined {
	const [field, ...more] = headersDistinct['host'] ?? [];
	const authority = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1] ?? field;
	if (authority === undefined || more.length > 0) return undefined;
	const [, name, address] = /^(?:([\w.-]+)|\[([\da-f:.]+)\])(?::\d*)?$/i.exec(authority) ?? [];
	// A full stop at the end stands for the root of the DNS.
	return (name?.replace(/\.$/, '') ?? address)?.toLowerCase();
}

function isLoopback(host: string): boolean {
	if (isIP(host) === 4) return host.startsWith('127.');
	return host === '::1' || host === 'localhost' || host.endsWith('.localhost');
}

/** Without the prefix of an IPv4 address that came to a socket of both versions. */
function localAddressOf({socket}: IncomingMessage): string | undefined {
	return socket.localAddress?.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase();
}
