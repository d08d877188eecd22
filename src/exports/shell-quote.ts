/** A word as a POSIX shell takes it: as it is where nothing in it is special, otherwise in single quotes. */
export function shellQuote(word: string): string {
	if (/^[\w./:%@=+,-]+$/.test(word)) return word;
	return `'${word.replaceAll("'", "'\\''")}'`;
}

/** A POSIX `printf` that writes bytes, whatever they are: all but plain characters in octal. */
export function printfBytes(bytes: Uint8Array): string {
	const argument = Array.from(bytes, byte => {
		const character = String.fromCharCode(byte);
		return /[\w .,:;=+/-]/.test(character) ? character : `\\0${byte.toString(8).padStart(3, '0')}`;
	});
	return `printf %b '${argument.join('')}'`;
}
