/** Examples for the end of a command's help, each with what it does. */
export function examples(...lines: readonly (readonly [line: string, does: string])[]): string {
	const shown = lines.map(([line, does]) => `  $ ${line}\n      ${does}`);
	return `\nExamples:\n${shown.join('\n')}`;
}
