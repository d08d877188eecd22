import {isIP} from 'node:net';
import {domainToASCII} from 'node:url';
import {FollowthroughError} from '../errors.ts';

/**
 * The name of a host as certificates and clients have it: in lower case, ASCII (`xn--…`), with no
 * brackets and no dot at its end, such as `api.example.test`, `*.example.test` or `::1`.
 *
 * @param host as in a URL's authority, without its port
 * @throws FollowthroughError ORIGIN_UNKNOWN when it is no host
 */
export function certificateName(host: string): string {
	const bare = host.replace(/^\[(.*)\]$/, '$1');
	if (isIP(bare)) return bare.toLowerCase();
	// domainToASCII takes a part of what is no host: the `a` of `a/b`.
	const isHost = /^[\w.*\-\u{80}-\u{10ffff}]+$/u.test(bare);
	// What is ASCII, but no name by the rules of URLs, such as `xn--a`, is still what a client asks for.
	const name = isHost ? (domainToASCII(bare) || bare.toLowerCase()).replace(/\.$/, '') : '';
	if (/^[\w.*-]+$/.test(name)) return name;
	throw new FollowthroughError(
		'ORIGIN_UNKNOWN',
		`${JSON.stringify(host)} is no host that a certificate can be made for; expected a host name or an IP address.`,
	);
}
