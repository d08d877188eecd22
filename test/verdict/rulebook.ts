import {readFile} from 'node:fs/promises';
import test from 'ava';
import {rules} from '../../src/verdict/rules/index.ts';

const read = (name: string) => readFile(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8');

test('each statement of the citations is judged by rules, or has a reason why there are none', async t => {
	const headings = (await read('citations')).matchAll(/^### (.*)$/gm);
	const cited = [...headings].flatMap(([, heading = '']) =>
		[...heading.matchAll(/(?:^|· )([A-Z]\d+)\b/g)].map(([, id = '']) => id),
	);
	const rows = (await read('rulebook')).matchAll(/^\| ([A-Z]\d+) \| ([^|]+) \| ([^|]+) \|$/gm);
	const listed = [...rows];
	t.deepEqual(
		listed.map(([, id]) => id),
		cited,
	);
	for (const [, id, , judged = ''] of listed)
		t.true(/\]\(rules\/|No rule|Not observable/.test(judged), id);
});

test('each rule judges a statement of the rulebook', async t => {
	const linked = [...(await read('rulebook')).matchAll(/\]\(rules\/([a-z0-9-]+)\.md\)/g)];
	t.deepEqual([...new Set(linked.map(([, id = '']) => id))].sort(), rules.map(({id}) => id).sort());
});
