import type {RulePages} from '../../verdict/rule-page.ts';
import type {Finding} from '../../verdict/verdict.ts';
import {exchangesOf, pageOf} from './words.ts';

/** What there is to know of a breach, as items below one of a list. */
export function factsOf(finding: Finding, scenario: string): string[] {
	const {expected = '', actual = '', cause, source} = finding;
	return [
		`   - expected: ${text(expected)}`,
		`   - actual: ${text(actual)} (in ${code(scenario)}, ${exchangesOf(finding)})`,
		...(cause === undefined ? [] : [`   - likely cause: ${text(cause)}`]),
		`   - source: [${text(source.document)}](${source.url}): "${text(source.passage)}"`,
	];
}

/** A rule, as a link to its page where there is a way to it. */
export function ruleLink(rule: string, pages: RulePages): string {
	const page = pageOf(rule, pages);
	return page === undefined ? `\`${rule}\`` : `[\`${rule}\`](${page})`;
}

/** Rows under the names of their columns. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A name of a scenario or rule, which has no sign of markup but in that of a file which is not there. */
export function code(name: string): string {
	return /^[\w.-]+$/.test(name) ? `\`${name}\`` : text(name);
}

/** Text that means itself: what came from the wire is no markup. */
export function text(words: string): string {
	return words.replace(/[\\`<>|*_[\]#~&]/g, sign => `\\${sign}`).replace(/\s+/g, ' ');
}

/** Printable text as code; also in a cell of a table, where a bar would end it. */
export function span(words: string): string {
	return words.includes('`') ? text(words) : `\`${words.replaceAll('|', '\\|')}\``;
}
