/** A percent-encoded byte above ASCII. */
const highByte = /%([89a-f][0-9a-f])/gi;

/**
 * A URL as a client asks for it that reads a header field as Latin-1: a character for each byte, each of
 * them encoded as UTF-8. Empty where that changes nothing.
 */
export function asLatin1(url: string): string {
	const read = url.replace(highByte, (_, hex: string) =>
		encodeURIComponent(String.fromCharCode(Number.parseInt(hex, 16))),
	);
	return read === url ? '' : inUpperCase(read);
}

/** A URL that may have been read in that way, to be compared with such ones; empty for any other. */
export function likeLatin1(url: string): string {
	return /%c[23]%[89ab]/i.test(url) ? inUpperCase(url) : '';
}

/** The case of hex digits has no meaning (RFC 3986, 6.2.2.1). */
function inUpperCase(url: string): string {
	return url.replace(/%[0-9a-f]{2}/gi, encoded => encoded.toUpperCase());
}
