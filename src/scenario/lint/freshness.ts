import {type HeaderLines, headerValue} from '../../http/header-lines.ts';

/** What the headers of a response say of its freshness (RFC 9111, 4.2.1 and 5.2.2). */
export interface Freshness {
	/** Seconds; 0 when nothing is said. */
	readonly seconds: number;
	/** RFC 8246. */
	readonly immutable: boolean;
}

/** The explicit freshness: s-maxage before max-age before Expires; none with no-store or no-cache. */
export function explicitFreshness(headers: HeaderLines): Freshness {
	const directives = new Map(
		(headerValue(headers, 'Cache-Control') ?? '').split(',').map(readDirective),
	);
	if (directives.has('no-store') || directives.has('no-cache'))
		return {seconds: 0, immutable: false};
	const age = directives.get('s-maxage') ?? directives.get('max-age');
	const seconds = age === undefined ? secondsUntilExpiry(headers) : Number.parseInt(age, 10) || 0;
	return {seconds, immutable: directives.has('immutable')};
}

function readDirective(text: string): [name: string, value: string] {
	const [name = '', value = ''] = text.trim().split('=');
	return [name.toLowerCase(), value.replaceAll('"', '')];
}

/** Counted from the response's own Date where the scenario sets one, otherwise from now. */
function secondsUntilExpiry(headers: HeaderLines): number {
	const expires = Date.parse(headerValue(headers, 'Expires') ?? '');
	const date = Date.parse(headerValue(headers, 'Date') ?? '') || Date.now();
	return Number.isNaN(expires) ? 0 : Math.max(0, Math.round((expires - date) / 1000));
}
