/** What stands behind a name, and what is shown in its place. */
interface Hidden {
	readonly length: number;
	readonly shown: string;
}

/**
 * A text in which other text stands in the place of some values. What stands in a value that is shown
 * may be the name of another one.
 *
 * @param names finds what comes before values, all over the text
 * @param hidden tells of a value that begins at an offset; undefined to show it
 */
export function withHidden(
	text: string,
	names: RegExp,
	hidden: (found: RegExpExecArray, from: number) => Hidden | undefined,
): string {
	const search = new RegExp(names);
	let shown = '';
	let done = 0;
	for (let found = search.exec(text); found !== null; found = search.exec(text)) {
		const from = search.lastIndex;
		const value = hidden(found, from);
		if (value === undefined) continue;
		shown += text.slice(done, from) + value.shown;
		done = from + value.length;
		search.lastIndex = done;
	}
	return shown + text.slice(done);
}
