import {Memo} from './memo.ts';

const defaultPorts: Readonly<Record<string, string>> = {'http:': '80', 'https:': '443'};

/**
 * The origin of an http or https URL in its canonical form: scheme and host in lower case, no
 * default port, no trailing slash, such as `https://api.example.test` (RFC 6454, 6.2).
 * `undefined` when the text is not an absolute http(s) URL.
 */
export function originOf(url: string): string | undefined {
	return splitOrigin(url)?.origin;
}

/**
 * Splits an absolute http(s) URL after its authority without touching the rest: the canonical
 * origin, the authority as written, and everything behind it byte for byte (path, query, fragment).
 */
export function splitOrigin(
	url: string,
): {origin: string; authority: string; rest: string} | undefined {
	const beginning = /^https?:\/\/[^/?#\\]*/i.exec(url)?.[0];
	if (beginning === undefined) return undefined;
	const read = known.get(beginning, () => readBeginning(beginning));
	return read && {...read, rest: url.slice(beginning.length)};
}

/** What there is before the path of a URL. One program asks few servers, and those again and again. */
interface Beginning {
	readonly origin: string;
	readonly authority: string;
}

const known = new Memo<Beginning | undefined>();

function readBeginning(url: string): Beginning | undefined {
	const scheme = url.slice(0, url.indexOf('//')).toLowerCase();
	const authority = url.slice(scheme.length + 2);
	const host = canonicalHost(scheme, authority);
	return host === undefined ? undefined : {origin: `${scheme}//${host}`, authority};
}

/** `host[:port]` in lower case, without userinfo and without the scheme's default port. */
function canonicalHost(scheme: string, authority: string): string | undefined {
	const parts = /^(?:.*@)?((?:\[[^\]]*\]|[^:]*))(?::(\d*))?$/.exec(authority);
	const host = parts?.[1]?.toLowerCase();
	if (!host) return undefined;
	const port = parts?.[2] && String(Number(parts[2]));
	return !port || port === defaultPorts[scheme] ? host : `${host}:${port}`;
}
