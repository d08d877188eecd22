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
	const match = /^(https?:)\/\/([^/?#\\]*)([\s\S]*)$/i.exec(url);
	const scheme = match?.[1]?.toLowerCase();
	const authority = match?.[2];
	if (scheme === undefined || authority === undefined) return undefined;
	const host = canonicalHost(scheme, authority);
	if (host === undefined) return undefined;
	return {origin: `${scheme}//${host}`, authority, rest: match?.[3] ?? ''};
}

/** `host[:port]` in lower case, without userinfo and without the scheme's default port. */
function canonicalHost(scheme: string, authority: string): string | undefined {
	const parts = /^(?:.*@)?((?:\[[^\]]*\]|[^:]*))(?::(\d*))?$/.exec(authority);
	const host = parts?.[1]?.toLowerCase();
	if (!host) return undefined;
	const port = parts?.[2] && String(Number(parts[2]));
	return !port || port === defaultPorts[scheme] ? host : `${host}:${port}`;
}
