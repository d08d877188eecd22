import {type HeaderLines, headerValues} from '../../src/http/header-lines.ts';
import {requestTarget} from '../../src/http/location.ts';
import {addressOf} from './conforming.ts';

/**
 * How a client reads a Location: by the URL Standard, its bytes as UTF-8 or one by one; or by RFC 3986
 * alone, which touches nothing but what no request line can carry.
 */
export type Reading = 'URL Standard' | 'URL Standard, byte by byte' | 'RFC 3986';

/** An address that a request goes to. */
export interface Place {
	readonly url: URL;
	/** The request-target in origin form. */
	readonly target: string;
}

/** A URL as a place; its target as the URL Standard writes it. */
export function placeOf(url: URL): Place {
	return {
		url,
		target: url.pathname + (url.href.split('#', 1)[0]?.endsWith('?') ? '?' : url.search),
	};
}

/**
 * The location URL of a redirect (https://fetch.spec.whatwg.org/#concept-response-location-url), with
 * the fragment of the request's where it has none. Undefined for no Location, 'failure' for one that is
 * no URL, and for several lines.
 */
export function locationUrl(
	headers: HeaderLines,
	from: URL,
	reading: Reading,
): Place | 'failure' | undefined {
	const [location, ...others] = headerValues(headers, 'location');
	if (location === undefined) return undefined;
	if (others.length > 0) return 'failure';
	const text = reading === 'URL Standard' ? Buffer.from(location, 'latin1').toString() : location;
	const place = parse(reading === 'URL Standard' ? text : escaped(text), from, reading);
	if (place === undefined) return 'failure';
	if (!text.includes('#')) place.url.hash = from.hash;
	return place;
}

function parse(location: string, from: URL, reading: Reading): Place | undefined {
	if (reading !== 'RFC 3986')
		return URL.canParse(location, from.href) ? placeOf(new URL(location, from)) : undefined;
	const address = addressOf(location, from.href);
	if (address === undefined || !URL.canParse(address)) return undefined;
	return {url: new URL(address), target: requestTarget(address)};
}

function escaped(text: string): string {
	return text.replace(/[\x80-\xff]/g, byte => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
}
