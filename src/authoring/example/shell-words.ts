/**
 * The words of a command as a POSIX shell reads them: single and double quotes, `$'…'` with the usual
 * escapes, backslashes. Variables and substitutions stay as they are written.
 */
export function shellWords(command: string): string[] {
	const words: string[] = [];
	let word: string | undefined;
	for (const [piece, ansi, single, double, escaped, space] of command.matchAll(pieces)) {
		if (escaped === '\n') continue;
		if (space !== undefined) {
			if (word !== undefined) words.push(word);
			word = undefined;
			continue;
		}
		word = (word ?? '') + (unquoted(ansi, single, double, escaped) ?? piece);
	}
	return word === undefined ? words : [...words, word];
}

const pieces =
	/\$'((?:[^'\\]|\\[\s\S])*)'|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|(\s+)|[\s\S]/g;

function unquoted(
	ansi: string | undefined,
	single: string | undefined,
	double: string | undefined,
	escaped: string | undefined,
): string | undefined {
	if (ansi !== undefined) return ansi.replace(/\\([\s\S])/g, (_, each) => escapes[each] ?? each);
	if (double !== undefined) return double.replace(/\\\n/g, '').replace(/\\(["\\$`])/g, '$1');
	return escaped ?? single;
}

const escapes: Readonly<Record<string, string>> = {n: '\n', r: '\r', t: '\t', '0': '\0'};
