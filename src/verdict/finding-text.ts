import {formatRoute} from './exchange-text.ts';
import {layRows, type Row, width, wrap} from './layout.ts';
import {type Look, paint} from './paint.ts';
import {explainingCommand, pagesInProject, type RulePages, rulePage} from './rule-page.ts';
import type {Finding} from './verdict.ts';

/** How a report is written. */
export interface ReportOptions extends Look {
	/** Where the pages of the rules are, for who reads it; in the node_modules of a project, unless told. */
	readonly pages?: RulePages;
}

/** A finding as text for people; of a breach also expected, actual, the likely cause and the source. */
export function formatFinding(finding: Finding, options: ReportOptions = {}): string {
	return layFinding(finding, 0, options).join('\n');
}

/** The signs of outcomes. */
export const marks = {kept: '✓', broken: '✗', 'not observed': '○'} as const;
const styles = {kept: 'green', broken: 'red', 'not observed': 'yellow'} as const;

/** The lines of a finding, so many places in. */
export function layFinding(finding: Finding, indent: number, options: ReportOptions): string[] {
	const {outcome, rule, level, statement} = finding;
	const name = `${marks[outcome]} ${rule}`;
	const [first = '', ...more] = wrap(`${name} (${level}): ${statement}`, width - indent - 2);
	const title = [
		paint(styles[outcome], name, options) + first.slice(name.length),
		...more.map(line => `  ${line}`),
	];
	const start = ' '.repeat(indent);
	return [
		...title.map(line => start + line),
		...layRows(findingRows(finding, options), indent + 4),
	];
}

function findingRows(finding: Finding, {pages = pagesInProject}: ReportOptions): Row[] {
	const {outcome, reason, expected = '', actual = '', cause, source, exchanges, rule} = finding;
	if (outcome === 'not observed') return [{label: 'reason', text: reason ?? ''}];
	if (outcome === 'kept') return [];
	return [
		...(exchanges.length > 2 ? [{label: 'exchanges', text: formatRoute(exchanges)}] : []),
		{label: 'expected', text: expected},
		{label: 'actual', text: actual},
		...(cause === undefined ? [] : [{label: 'likely cause', text: cause}]),
		{label: 'source', text: `${source.document}: "${source.passage}"`},
		{label: 'see', text: pages === false ? explainingCommand(rule) : rulePage(rule, pages)},
	];
}
