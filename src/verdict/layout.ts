/** The columns of a report. */
export const width = 100;

/** A labelled text: the label once, the text behind it, wrapped and aligned. */
export interface Row {
	readonly label: string;
	/** Lines in it stay lines. */
	readonly text: string;
	/** A short note for the right edge of the first line. */
	readonly note?: string;
	/** Paints the label. */
	readonly paint?: (label: string) => string;
}

/** Rows under one another, their texts aligned, in 100 columns where words allow. */
export function layRows(rows: readonly Row[], indent: number): string[] {
	const labelWidth = Math.max(0, ...rows.map(({label}) => label.length)) + 2;
	return rows.flatMap(({label, text, note, paint = plain}) => {
		const start = ' '.repeat(indent);
		const lines = text.split('\n').flatMap(line => wrap(line, width - indent - labelWidth));
		return lines.map((line, index) => {
			if (index > 0) return start + ' '.repeat(labelWidth) + line;
			const full = start + label.padEnd(labelWidth) + line;
			return withNote(full, note).replace(label, paint);
		});
	});
}

/** A text in lines of at most `columns`, broken at spaces; a word that is longer stands alone. */
export function wrap(text: string, columns: number): string[] {
	const lines: string[] = [];
	let line: string | undefined;
	for (const word of text.split(' ')) {
		if (line === undefined) line = word;
		else if (line.length + 1 + word.length <= columns) line += ` ${word}`;
		else {
			lines.push(line);
			line = word;
		}
	}
	return [...lines, line ?? ''];
}

function plain(label: string): string {
	return label;
}

function withNote(line: string, note: string | undefined): string {
	if (note === undefined) return line;
	return `${line.padEnd(width - note.length - 2)}  ${note}`;
}
