import type {Grade, Mend, RuleGrade, ScenarioGrade} from '../grade.ts';
import {endingOf, marks, summaryOf} from './words.ts';

/** A grade as Markdown: what to mend first, then the rules and the scenarios. */
export function toMarkdown(grade: Grade): string {
	const {client, mend, rules, scenarios} = grade;
	return [
		`# How ${text(client)} follows redirects`,
		text(summaryOf(grade)),
		...(mend.length === 0 ? [] : ['## To mend, the worst first', ...mend.map(mendItem)]),
		'## Rules',
		table(['', 'rule', 'level', 'kept', 'broken', 'declined', 'not observed'], rules.map(ruleRow)),
		'## Scenarios',
		table(['scenario', 'outcome', 'broken rules'], scenarios.map(scenarioRow)),
		'',
	].join('\n\n');
}

function mendItem({rule, harm, what, scenarios, example}: Mend, index: number): string {
	const name = rule === undefined ? '' : ` \`${rule}\` (${example?.level}):`;
	const lines = [`${index + 1}. **${harm}.**${name} ${text(what)}`];
	if (example !== undefined) {
		const {document, url} = example.source;
		lines.push(
			`   - expected: ${text(example.expected ?? '')}`,
			`   - actual: ${text(example.actual ?? '')}`,
			`   - source: [${text(document)}](${url})`,
		);
	}
	return [...lines, `   - seen in: ${scenarios.join(', ')}`].join('\n');
}

function ruleRow(grade: RuleGrade): string[] {
	const {rule, level, outcome, kept, broken, declined, notObserved} = grade;
	const counts = [kept, broken, declined, notObserved].map(({length}) => String(length || ''));
	return [marks[outcome], `\`${rule}\``, level, ...counts];
}

function scenarioRow(grade: ScenarioGrade): string[] {
	const broken = [...new Set(grade.verdict.broken.map(({rule}) => `\`${rule}\``))];
	return [`\`${grade.scenario}\``, endingOf(grade), broken.join(', ')];
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	const cells = rows.map(row => row.map((cell, at) => (at === 0 ? cell : text(cell))));
	return [line(columns), line(columns.map(() => '---')), ...cells.map(line)].join('\n');
}

/** Text that means itself: what came from the wire is no markup. */
function text(words: string): string {
	return words.replace(/[\\<>|*_[\]#]/g, sign => `\\${sign}`).replace(/\s+/g, ' ');
}
