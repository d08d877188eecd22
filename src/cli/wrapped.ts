/**
 * Wraps each line of a text at spaces. What comes of a line stands where its words begin: of a list's
 * item, such as `  har  all exchanges`, below its explanation.
 *
 * @param width how many characters a line may have; a longer word stands alone
 */
export function wrapped(text: string, width: number): string {
	return text
		.split('\n')
		.flatMap(line => linesOf(line, width))
		.join('\n');
}

function linesOf(line: string, width: number): string[] {
	const [lead = ''] = /^ *(?:\S+(?: \S+)* {2,})?/.exec(line) ?? [];
	const lines: string[] = [];
	let current = lead;
	for (const word of line.slice(lead.length).split(' ')) {
		const isFirst = current.length === lead.length;
		const longer = isFirst ? `${current}${word}` : `${current} ${word}`;
		if (isFirst || longer.length <= width) {
			current = longer;
			continue;
		}
		lines.push(current);
		current = ' '.repeat(lead.length) + word;
	}
	return [...lines, current];
}
