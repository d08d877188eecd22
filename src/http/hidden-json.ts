/** What stands in the place of a secret. */
export type Hide = (secret: string) => string;

/** The length of a JSON value that may be cut off; 0 for what is neither text nor number, list or object. */
export function jsonLength(text: string, from: number): number {
	const begin = text[from] ?? '';
	if (/[-\d]/.test(begin)) return matchAt(/-?\d[\d.eE+-]*/y, text, from).length;
	if (begin === '"') return matchAt(quoted, text, from).length;
	if (begin !== '[' && begin !== '{') return 0;
	let depth = 0;
	let at = from;
	do {
		const token = matchAt(/"(?:[^"\\]+|\\.?)*"?|[[\]{}]|[^"[\]{}]+/sy, text, at);
		if (token === '[' || token === '{') depth++;
		else if (token === ']' || token === '}') depth--;
		at += token.length;
	} while (depth > 0 && at < text.length);
	return at - from;
}

const quoted = /"(?:[^"\\]+|\\.?)*"?/sy;

function matchAt(pattern: RegExp, text: string, at: number): string {
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0] ?? '';
}

/** What is shown in the place of a JSON value that may be cut off: `hide` of what stands between its signs. */
export function hiddenJson(value: string, hide: Hide): string {
	const [, inQuotes] = /^"((?:[^"\\]+|\\.?)*)/s.exec(value) ?? [];
	if (inQuotes !== undefined) return `"${hide(inQuotes)}"`;
	const [, open = '', inside = ''] = /^([[{])(.*?)[\]}]?$/s.exec(value) ?? [];
	if (open === '') return hide(value);
	return open + hide(inside) + (open === '[' ? ']' : '}');
}
