/**
 * One header field line as it stood on the wire: `[name, value]`, the name in the case that was sent.
 * Repeated fields are repeated lines.
 */
export type HeaderLine = readonly [name: string, value: string];

/** The field lines of one message, in the order in which they were sent. */
export type HeaderLines = readonly HeaderLine[];

/** Pairs Node's flat `rawHeaders` (`[name, value, name, value …]`) into field lines. */
export function headerLinesFromRaw(raw: readonly string[]): HeaderLines {
	const lines: HeaderLine[] = [];
	for (let i = 0; i + 1 < raw.length; i += 2) lines.push([raw[i] ?? '', raw[i + 1] ?? '']);
	return lines;
}

/** All values of the field `name`, in order. Names are compared without case (RFC 9110, 5.1). */
export function headerValues(lines: HeaderLines, name: string): string[] {
	const wanted = name.toLowerCase();
	const values: string[] = [];
	// The length tells most names apart, and costs next to nothing.
	for (const line of lines)
		if (line[0].length === wanted.length && line[0].toLowerCase() === wanted) values.push(line[1]);
	return values;
}

/**
 * The combined value of the field `name`: its values joined with `, ` (RFC 9110, 5.3),
 * or `undefined` when no such line was sent.
 */
export function headerValue(lines: HeaderLines, name: string): string | undefined {
	const values = headerValues(lines, name);
	return values.length === 0 ? undefined : values.join(', ');
}
