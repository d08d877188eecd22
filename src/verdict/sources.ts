import type {Citation} from '../http/citations.ts';

/** A passage of RFC 9110, HTTP Semantics. */
export function rfc9110(section: string, passage: string): Citation {
	return rfc(9110, section, passage);
}

/** A passage of RFC 9112, HTTP/1.1. */
export function rfc9112(section: string, passage: string): Citation {
	return rfc(9112, section, passage);
}

/** A passage of RFC 2046, MIME, Part Two: Media Types. */
export function rfc2046(section: string, passage: string): Citation {
	return rfc(2046, section, passage);
}

/** A passage of a step of "HTTP-redirect fetch" in the Fetch Standard. */
export function fetchRedirect(step: number, passage: string): Citation {
	return Object.freeze({
		document: `Fetch Standard, HTTP-redirect fetch, step ${step}`,
		url: 'https://fetch.spec.whatwg.org/#http-redirect-fetch',
		passage,
	});
}

function rfc(number: number, section: string, passage: string): Citation {
	return Object.freeze({
		document: `RFC ${number}, ${section}`,
		url: `https://www.rfc-editor.org/rfc/rfc${number}.html#section-${section}`,
		passage,
	});
}
