import {isUtf8} from 'node:buffer';
import {splitOrigin} from './origin.ts';

/** Where a Location leads, once it has been resolved against the URL that was asked for. */
export interface ResolvedLocation {
	/** The canonical origin of the target, such as `https://api.example.test`. */
	readonly origin: string;
	/**
	 * The request-targets that a client may send for it, without the fragment: first the result of
	 * RFC 3986, 5.2, and, where it differs, what the URL Standard's parser makes of it (it
	 * percent-encodes what a request line can't carry). Bytes above ASCII are percent-encoded, with
	 * hex digits in upper and in lower case; where they are no UTF-8, in each way to read them. Any of
	 * them is exact.
	 */
	readonly targets: readonly string[];
	/** The fragment that the Location carries, with its `#`; absent when it has none. */
	readonly fragment?: string;
}

/** Why a Location leads nowhere: there is none, there are several, or it is no http(s) URL. */
export type LocationFault = 'missing' | 'several' | 'unparsable' | 'not-http';

/** Whether an absolute URL without a fragment is one of those that a Location leads to. */
export function leadsTo({origin, targets}: ResolvedLocation, url: string): boolean {
	return targets.some(target => origin + target === url);
}

/**
 * Resolves the Location field of a response to a request for `base`.
 *
 * @param values the field's values, one for each line; identical ones count as one
 * @param base the absolute URL of the request that was answered
 * @see RFC 9110, 10.2.2; RFC 3986, 5.2; Fetch Standard, "location URL"
 */
export function resolveLocation(
	values: readonly string[],
	base: string,
): ResolvedLocation | LocationFault {
	const [sent, ...others] = new Set(values);
	if (sent === undefined) return 'missing';
	if (others.length > 0) return 'several';
	const value = decoded(sent);
	const parsed = parseUrl(value, base);
	if (parsed === undefined) return 'unparsable';
	if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return 'not-http';
	return {
		origin: originOfUrl(parsed),
		targets: [...new Set(asciiForms(sent).flatMap(form => targetsOf(form, base)))],
		...(value.includes('#') && {fragment: parsed.hash || '#'}),
	};
}

/** The request-targets of an ASCII reference: as written, and as the URL Standard has it. */
function targetsOf(reference: string, base: string): string[] {
	const parsed = parseUrl(reference, base);
	if (parsed === undefined) return [];
	const literal = resolveReference(reference, base);
	// An empty query is none that is missing (RFC 3986, 6.2.3): `search` would lose its "?".
	const lenient = requestTarget(parsed.href);
	// RFC 3986 and the URL Standard disagree on backslashes and stray slashes; then only the URL counts.
	const sameOrigin = literal !== undefined && splitOrigin(literal)?.origin === originOfUrl(parsed);
	const strict = sameOrigin ? requestTarget(literal) : lenient;
	return /^[\x21-\x7e]+$/.test(strict) ? [strict, lenient] : [lenient];
}

function originOfUrl(url: URL): string {
	return splitOrigin(url.href)?.origin ?? url.origin;
}

/**
 * Resolves a URI reference against an absolute base by the algorithm of RFC 3986, 5.2.2, and
 * changes nothing else: no re-encoding, no change of case. `undefined` for a base that is not
 * an absolute http(s) URL.
 */
export function resolveReference(reference: string, base: string): string | undefined {
	const from = splitOrigin(base);
	if (from === undefined) return undefined;
	const scheme = base.slice(0, base.indexOf(':') + 1);
	const baseParts = splitReference(from.rest);
	if (/^[a-z][a-z0-9+.-]*:/i.test(reference)) return withoutDots(reference);
	if (reference.startsWith('//')) return withoutDots(scheme + reference);
	const root = `${scheme}//${from.authority}`;
	const {path, query, fragment} = splitReference(reference);
	if (path === '') return root + baseParts.path + (query || baseParts.query) + fragment;
	const merged = path.startsWith('/') ? path : mergePaths(baseParts.path, path);
	return root + removeDotSegments(merged) + query + fragment;
}

/** The request-target in origin form of an absolute URL: path and query, never the fragment. */
export function requestTarget(url: string): string {
	const rest = splitOrigin(url)?.rest ?? url;
	const {path, query} = splitReference(rest);
	return (path || '/') + query;
}

/**
 * A request-target with its percent-encoding in normal form: characters that need none without it, and
 * hex digits in upper case. Targets with the same normal form are one (RFC 9110, 4.2.3; RFC 3986, 6.2.2).
 */
export function normalEscapes(target: string): string {
	return replaceEscapes(target, (character, encoded) =>
		/[\w.~-]/.test(character) ? character : encoded.toUpperCase(),
	);
}

/** A path without its percent-encoding, were it done once or twice: for comparisons of what may be meant. */
export function withoutEscapes(path: string): string {
	const decode = (text: string) => replaceEscapes(text, character => character);
	return decode(decode(path));
}

/** @param replace gets the byte as a character, and how it is written */
function replaceEscapes(
	text: string,
	replace: (character: string, encoded: string) => string,
): string {
	if (!text.includes('%')) return text;
	return text.replace(/%[0-9a-f]{2}/gi, encoded =>
		replace(String.fromCharCode(Number.parseInt(encoded.slice(1), 16)), encoded),
	);
}

/** Splits a relative reference into path, query (with `?`) and fragment (with `#`). */
function splitReference(reference: string): {path: string; query: string; fragment: string} {
	const [, path = '', query = '', fragment = ''] =
		/^([^?#]*)(\?[^#]*)?(#[\s\S]*)?$/.exec(reference) ?? [];
	return {path, query, fragment};
}

function mergePaths(basePath: string, path: string): string {
	return basePath === '' ? `/${path}` : basePath.slice(0, basePath.lastIndexOf('/') + 1) + path;
}

/** RFC 3986, 5.2.4, on the path of an absolute URL. */
function withoutDots(url: string): string {
	const parts = splitOrigin(url);
	if (parts === undefined) return url;
	const {path, query, fragment} = splitReference(parts.rest);
	const head = url.slice(0, url.length - parts.rest.length);
	return head + (path && removeDotSegments(path)) + query + fragment;
}

function removeDotSegments(path: string): string {
	const kept: string[] = [];
	const segments = path.split('/').slice(1);
	for (const [index, segment] of segments.entries()) {
		const last = index === segments.length - 1;
		if (segment !== '.' && segment !== '..') kept.push(segment);
		else {
			if (segment === '..') kept.pop();
			if (last) kept.push('');
		}
	}
	return `/${kept.join('/')}`;
}

/**
 * A field value has a character for each byte; clients read bytes above ASCII as UTF-8, where they
 * are UTF-8 (WPT, redirect-location-escape).
 */
function decoded(value: string): string {
	if (!/[\x80-\xff]/.test(value)) return value;
	const bytes = Buffer.from(value, 'latin1');
	return isUtf8(bytes) ? bytes.toString('utf8') : value;
}

/**
 * A Location with its bytes above ASCII percent-encoded. Those that are no UTF-8 can be read in three
 * ways: as the bytes that they are, as the characters that Latin-1 has for them, and as U+FFFD, which a
 * decoder of UTF-8 puts in their place. Hex digits may have either case (RFC 3986, 6.2.2.1); an encoding
 * that was there already stays as it is.
 */
function asciiForms(value: string): string[] {
	if (!/[\x80-\xff]/.test(value)) return [value];
	const bytes = Buffer.from(value, 'latin1');
	const readings = isUtf8(bytes)
		? [bytes]
		: [bytes, Buffer.from(value), Buffer.from(bytes.toString())];
	return readings.flatMap(reading => {
		const text = reading.toString('latin1');
		return [
			text.replace(/[\x80-\xff]/g, byte => percentEncoded(byte).toUpperCase()),
			text.replace(/[\x80-\xff]/g, percentEncoded),
		];
	});
}

function percentEncoded(byte: string): string {
	return `%${byte.charCodeAt(0).toString(16)}`;
}

function parseUrl(reference: string, base: string): URL | undefined {
	try {
		return new URL(reference, base);
	} catch {
		return undefined;
	}
}
