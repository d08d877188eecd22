const alsoAboutContent = new Set(['digest', 'repr-digest', 'last-modified']);

/**
 * Whether a field of a request speaks of its content, and so comes and goes with it
 * (RFC 9110, 15.4, item 5). Content-Length is left out: it is framing, and changes with it.
 */
export function isContentField(name: string): boolean {
	const field = name.toLowerCase();
	if (field === 'content-length') return false;
	return field.startsWith('content-') || alsoAboutContent.has(field);
}
