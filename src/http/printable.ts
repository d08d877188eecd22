/**
 * Bytes or text from the wire, made safe to print: everything but printable ASCII becomes a
 * C-like escape (`\n`, `\x1b`), so that a terminal shows what came and obeys none of it.
 *
 * @param wire bytes; or text, of which Node makes one character for each byte of a head
 * @param limit at most so many bytes are shown; what is cut is said
 */
export function printable(wire: string | Uint8Array, limit = 200): string {
	const bytes = typeof wire === 'string' ? Buffer.from(wire, encodingOf(wire)) : wire;
	const shown = Buffer.from(bytes.subarray(0, limit))
		.toString('latin1')
		.replace(unsafe, escapeByte);
	return bytes.length > limit ? `${shown}… (${limit} of ${bytes.length} bytes)` : shown;
}

/** Text with a character above U+00FF is no head from the wire, but decoded already. */
function encodingOf(text: string): 'latin1' | 'utf8' {
	return /[\u0100-\uffff]/.test(text) ? 'utf8' : 'latin1';
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
const unsafe = /[\x00-\x1f\x7f-\xff\\]/g;

const named: Readonly<Record<string, string>> = {
	'\n': '\\n',
	'\r': '\\r',
	'\t': '\\t',
	'\\': '\\\\',
};

function escapeByte(character: string): string {
	return named[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
