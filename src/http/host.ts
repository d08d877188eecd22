import {isIP} from 'node:net';

/**
 * An IP address, or a host name, as it stands in a URL: an IPv6 address in brackets, an IPv4 address
 * that was mapped to IPv6 (RFC 4291, 2.5.5.2) as itself.
 */
export function hostInUrl(host: string): string {
	const bare = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(host)?.[1] ?? host;
	return isIP(bare) === 6 ? `[${bare}]` : bare;
}
