/** The stretch of a content that a request asks for, by the offsets of its first and last byte. */
export interface Stretch {
	readonly start: number;
	/** Inclusive. */
	readonly end: number;
}

/** What a request says of the stretch that it wants, and of what it has already. */
export interface RangeFields {
	readonly range?: string | undefined;
	readonly ifRange?: string | undefined;
}

/**
 * What is to be sent of a content for Range and If-Range (RFC 9110, 14.2 and 13.1.5): a stretch,
 * `whole`, or `unsatisfiable`. What is no valid range of bytes is as good as none, and of several ranges
 * all is sent: a server may do either.
 *
 * @param size of the content in bytes
 * @param etag its entity tag, a strong one
 */
export function rangeOf(
	{range, ifRange}: RangeFields,
	size: number,
	etag: string,
): Stretch | 'whole' | 'unsatisfiable' {
	// A date never fits: nothing says when a body was modified.
	if (range === undefined || (ifRange !== undefined && ifRange !== etag)) return 'whole';
	const [, first = '', last = ''] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(range) ?? [];
	if (first === '' && last === '') return 'whole';
	if (first === '') return suffixOf(Number(last), size);
	if (last !== '' && Number(last) < Number(first)) return 'whole';
	if (Number(first) >= size) return 'unsatisfiable';
	return {start: Number(first), end: Math.min(last === '' ? size : Number(last), size - 1)};
}

function suffixOf(length: number, size: number): Stretch | 'whole' | 'unsatisfiable' {
	if (length === 0) return 'unsatisfiable';
	// Of nothing, no stretch can be named.
	return size === 0 ? 'whole' : {start: Math.max(0, size - length), end: size - 1};
}

/** Whether a client has the content already, by If-None-Match (RFC 9110, 13.1.2), which compares weakly. */
export function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
	if (ifNoneMatch === undefined) return false;
	const tags = ifNoneMatch.split(',').map(tag => tag.trim().replace(/^W\//, ''));
	return tags.includes(etag) || tags.includes('*');
}
