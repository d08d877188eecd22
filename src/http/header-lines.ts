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
	for (const [field, value] of lines) if (isNamed(field, wanted)) values.push(value);
	return values;
}

/**
 * The combined value of the field `name`: its values joined with `, ` (RFC 9110, 5.3),
 * or `undefined` when no such line was sent.
 */
export function headerValue(lines: HeaderLines, name: string): string | undefined {
	const wanted = name.toLowerCase();
	let values: string | undefined;
	for (const [field, value] of lines)
		if (isNamed(field, wanted)) values = values === undefined ? value : `${values}, ${value}`;
	return values;
}

/** Most names differ in length already, and need no copy in lower case. */
function isNamed(field: string, wanted: string): boolean {
	return field.length === wanted.length && field.toLowerCase() === wanted;
}
