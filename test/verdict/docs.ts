import {readFile} from 'node:fs/promises';
import test from 'ava';
import {rules} from '../../src/verdict/rules/index.ts';

const page = (name: string) =>
	readFile(new URL(`../../docs/rules/${name}.md`, import.meta.url), 'utf8');
const index = await page('README');

for (const {id, level, statement, source, about} of rules) {
	test(`the page of ${id} says what the rule says`, async t => {
		const text = await page(id);
		t.true(text.startsWith(`# ${id}: `));
		for (const part of [
			`\n${statement}\n`,
			`\n| ${level} | ${about} | [${source.document}](${source.url}) |\n`,
			`\n> ${source.passage}\n`,
			'\n## On the wire\n',
			'\n## How clients break it\n',
			'\n## How to mend it\n',
		]) {
			t.true(text.includes(part), part);
		}
	});

	test(`the index of rules lists ${id}`, t => {
		t.true(
			index.includes(`\n| [${id}](${id}.md) | ${level} | ${statement} | ${source.document} |\n`),
		);
	});
}
