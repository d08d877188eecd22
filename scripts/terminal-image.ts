/** A piece of a line in one style. */
interface Run {
	readonly text: string;
	/** The column of its first character, from 0. */
	readonly column: number;
	readonly classes: readonly string[];
}

const column = 8.4;
const row = 19;
const margin = 20;
const bar = 36;

/**
 * Terminal output with ANSI colours as an SVG of a window. It brings its own background, and so can
 * be read on light and dark pages; each run has its width, and so columns stay aligned in any font.
 */
export function terminalImage(output: string, title: string): string {
	const lines = output.trimEnd().split('\n').map(readRuns);
	const columns = Math.max(...lines.flat().map(run => run.column + run.text.length));
	const width = Math.ceil(columns * column + 2 * margin);
	const height = bar + lines.length * row + margin;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">
<style>
text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;fill:#d7dce2;white-space:pre}
.title{fill:#9aa4b2;text-anchor:middle}
.bold{font-weight:700;fill:#fff}.dim{fill:#9aa4b2}.red{fill:#ff8a80}.green{fill:#8ddb8c}.yellow{fill:#f2cc60}.cyan{fill:#7cc7ff}
</style>
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="9" fill="#161b22" stroke="#4a5361"/>
<circle cx="20" cy="18" r="6" fill="#ff5f57"/><circle cx="40" cy="18" r="6" fill="#febc2e"/><circle cx="60" cy="18" r="6" fill="#28c840"/>
<text class="title" x="${width / 2}" y="23">${escapeXml(title)}</text>
${lines.flatMap((runs, index) => runs.map(run => drawRun(run, bar + (index + 0.8) * row))).join('\n')}
</svg>
`;
}

const styles: Readonly<Record<string, string>> = {
	1: 'bold',
	2: 'dim',
	31: 'red',
	32: 'green',
	33: 'yellow',
	36: 'cyan',
};

/** The runs of a line; those that are only spaces are left out. */
function readRuns(line: string): Run[] {
	const runs: Run[] = [];
	let classes: string[] = [];
	let at = 0;
	// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
	for (const [, text = '', code] of line.matchAll(/([^\x1b]*)(?:\x1b\[(\d+)m)?/g)) {
		const start = text.length - text.trimStart().length;
		if (text.trim() !== '') runs.push({text: text.trim(), column: at + start, classes});
		at += text.length;
		const style = styles[code ?? ''];
		if (style !== undefined) classes = [...classes, style];
		else if (code !== undefined) classes = [];
	}
	return runs;
}

function drawRun({text, column: first, classes}: Run, y: number): string {
	const style = classes.length > 0 ? ` class="${classes.join(' ')}"` : '';
	const x = round(margin + first * column);
	const length = round(text.length * column);
	return `<text${style} x="${x}" y="${round(y)}" textLength="${length}" xml:space="preserve">${escapeXml(text)}</text>`;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}

function escapeXml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}
