/**
 * The boundary that a Content-Type of `multipart/*` names, its quotes taken off (RFC 2046, 5.1.1);
 * undefined for another type, and where it names none.
 */
export function boundaryOf(contentType: string | undefined): string | undefined {
	if (contentType === undefined || !isMultipart(contentType)) return undefined;
	for (const [, name = '', quoted, token] of contentType.matchAll(parameter))
		if (name.toLowerCase() === 'boundary') return quoted?.replace(/\\(.)/g, '$1') ?? token;
	return undefined;
}

/** Whether a Content-Type is a multipart type, such as `multipart/form-data`. */
export function isMultipart(contentType: string): boolean {
	return /^\s*multipart\//i.test(contentType);
}

/** A Content-Type without the boundary that it names. */
export function withoutBoundary(contentType: string): string {
	return contentType.replace(parameter, (all: string, name: string) =>
		name.toLowerCase() === 'boundary' ? '' : all,
	);
}

/** A parameter with what stands before it: `; name=token` or `; name="quoted"` (RFC 9110, 5.6.6). */
const parameter = /\s*;\s*([^\s=;"]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g;
