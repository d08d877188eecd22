import {type HeaderLines, headerValues} from '../http/header-lines.ts';

/**
 * The first credential of a field in `after` that stands in `before`, too; undefined for none. Schemes
 * are compared without case, and with one space behind them (RFC 9110, 11.1 and 11.4).
 *
 * @param name such as `authorization`
 */
export function repeatedCredential(
	name: string,
	before: HeaderLines,
	after: HeaderLines,
): string | undefined {
	const sent = credentials(name, after);
	if (sent.length === 0) return undefined;
	const known = credentials(name, before).map(comparable);
	return sent.find(credential => known.includes(comparable(credential)));
}

/** The credential of each line; of several lines also the one that a client may join them to. */
function credentials(name: string, headers: HeaderLines): string[] {
	const lines = headerValues(headers, name);
	return lines.length > 1 ? [...lines, lines.join(', ')] : lines;
}

function comparable(credential: string): string {
	return credential.replace(/^([^ ]+) +/, (_, scheme: string) => `${scheme.toLowerCase()} `);
}
