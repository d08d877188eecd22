import type {Citation} from '../http/citations.ts';

/** A passage of RFC 9110, HTTP Semantics. */
export function rfc9110(section: string, passage: string): Citation {
	return rfc(9110, section, passage);
}

/** A passage of RFC 9111, HTTP Caching. */
export function rfc9111(section: string, passage: string): Citation {
	return rfc(9111, section, passage);
}

/** A passage of RFC 9112, HTTP/1.1. */
export function rfc9112(section: string, passage: string): Citation {
	return rfc(9112, section, passage);
}

/** A passage of RFC 2046, MIME, Part Two: Media Types. */
export function rfc2046(section: string, passage: string): Citation {
	return rfc(2046, section, passage);
}

/** A passage of a step of "HTTP-redirect fetch" in the Fetch Standard; or of two steps, `5 and 6`. */
export function fetchRedirect(step: number | `${number} and ${number}`, passage: string): Citation {
	return Object.freeze({
		document: `Fetch Standard, HTTP-redirect fetch, step${typeof step === 'number' ? '' : 's'} ${step}`,
		url: 'https://fetch.spec.whatwg.org/#http-redirect-fetch',
		passage,
	});
}

/** A passage of RFC 6265, HTTP State Management Mechanism. */
export function rfc6265(section: string, passage: string): Citation {
	return rfc(6265, section, passage);
}

/** A passage of RFC 7616, HTTP Digest Access Authentication. */
export function rfc7616(section: string, passage: string): Citation {
	return rfc(7616, section, passage);
}

/** A passage of RFC 9421, HTTP Message Signatures. */
export function rfc9421(section: string, passage: string): Citation {
	return rfc(9421, section, passage);
}

/** A passage of another section of the Fetch Standard, which has no numbers. */
export function fetchSection(name: string, id: string, passage: string): Citation {
	return Object.freeze({
		document: `Fetch Standard, ${name}`,
		url: `https://fetch.spec.whatwg.org/#${id}`,
		passage,
	});
}

/** The passage of the Fetch Standard that says which statuses redirect. */
export function fetchRedirectStatus(passage: string): Citation {
	return Object.freeze({
		document: 'Fetch Standard, redirect status',
		url: 'https://fetch.spec.whatwg.org/#redirect-status',
		passage,
	});
}

/** A passage of a step of "CORS-preflight fetch" in the Fetch Standard. */
export function fetchPreflight(step: number, passage: string): Citation {
	return Object.freeze({
		document: `Fetch Standard, CORS-preflight fetch, step ${step}`,
		url: 'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
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
