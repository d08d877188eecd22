/**
 * A JSON pointer (RFC 6901) to the place that `segments` lead to, such as `/routes/0/response`;
 * empty for the whole document.
 */
export function pointerTo(...segments: readonly (string | number)[]): string {
	return segments
		.map(segment => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`)
		.join('');
}

/** The segments of a JSON pointer, unescaped; none for the empty pointer. */
export function segmentsOf(pointer: string): string[] {
	return pointer
		.split('/')
		.slice(1)
		.map(segment => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}
