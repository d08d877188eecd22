/** What stands in the place of a secret. */
export type Hide = (secret: string) => string;

/** The length of a JSON value that may be cut off; 0 for what is neither text nor number, list or object. */
export function jsonLength(text: string, from: number): number {
	const begin = text[from] ?? '';
	if (begin === '"') return quotedEnd(text, from) - from;
	if (begin !== '[' && begin !== '{') return numberLength(text, from);
	let depth = 0;
	for (let at = from; at < text.length; at++) {
		const sign = text[at] ?? '';
		if (sign === '"') at = quotedEnd(text, at) - 1;
		else if (sign === '[' || sign === '{') depth++;
		else if (sign === ']' || sign === '}') depth--;
		if (depth === 0) return at + 1 - from;
	}
	return text.length - from;
}

/** Where a text in quotes is over. No pattern looks for it: one would run out of stack in a long text. */
function quotedEnd(text: string, from: number): number {
	for (let at = from + 1; at < text.length; at++) {
		if (text[at] === '\\') at++;
		else if (text[at] === '"') return at + 1;
	}
	return text.length;
}

function numberLength(text: string, from: number): number {
	const number = /-?\d[\d.eE+-]*/y;
	number.lastIndex = from;
	return number.exec(text)?.[0].length ?? 0;
}

const closing = new Map([
	['"', '"'],
	['[', ']'],
	['{', '}'],
]);

/** What is shown in the place of a JSON value that may be cut off: `hide` of what stands between its signs. */
export function hiddenJson(value: string, hide: Hide): string {
	const open = value.charAt(0);
	const close = closing.get(open);
	if (close === undefined) return hide(value);
	const isWhole = value.length > 1 && jsonLength(`${value},`, 0) === value.length;
	return open + hide(value.slice(1, isWhole ? -1 : undefined)) + close;
}
