import {wrap} from '../verdict/layout.ts';
import {type Look, paint} from '../verdict/paint.ts';
import {type Section, withoutLinks} from '../verdict/rule-sections.ts';

/** A section for the terminal: links are told by their words and addresses, tables as lists, and lines are wrapped. */
export function formatSection({heading, text}: Section, look: Look): string {
	const lines = withoutTables(text)
		.split('\n')
		.flatMap(line => wrapped(withoutLinks(line)));
	return [paint('bold', heading, look), ...lines].join('\n');
}

/** A row of a table becomes an item of a list; its columns explain themselves. */
function withoutTables(text: string): string {
	return text
		.replace(/^\|.*\|\n\|[-| :]+\|\n/gm, '')
		.replace(
			/^\| (.*) \|$/gm,
			(_, row: string) => `- ${row.replace(' | ', ': ').replaceAll(' | ', '; ')}`,
		);
}

const columns = 96;

/** What goes on below an item of a list is set in as far as its words. */
function wrapped(line: string): string[] {
	const [, item = ''] = /^(\s*(?:[-*]|\d+\.) )/.exec(line) ?? [];
	const [first = '', ...more] = wrap(line.slice(item.length), columns - item.length);
	if (first === '' && item === '') return [''];
	return [`  ${item}${first}`, ...more.map(rest => `  ${' '.repeat(item.length)}${rest}`)];
}
