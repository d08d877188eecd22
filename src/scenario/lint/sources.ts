import type {Citation} from '../../http/citations.ts';

type Part = 'Usage' | 'Implementation' | 'Common Headers' | 'Body' | 'Pitfalls';

/** A statement from the Server Perspective of the documentation of 307. */
export function documentation(part: Part, passage: string): Citation {
	return {
		document: `http-status.org, 307 Temporary Redirect, Server Perspective, ${part}`,
		url: 'https://http-status.org/docs/307',
		passage,
	};
}

/** A passage of an RFC. */
export function rfc(number: number, section: string, passage: string): Citation {
	return {
		document: `RFC ${number}, ${section}`,
		url: `https://www.rfc-editor.org/rfc/rfc${number}.html#section-${section}`,
		passage,
	};
}
