import {readFileSync} from 'node:fs';
import test from 'ava';
import {loadScenario} from '../src/scenario/load.ts';
import {shippedFiles} from '../src/scenario/shipped.ts';

const page = readFileSync(new URL('../docs/provoking-scenarios.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| P(\d+) \| [^|]+ \| ([^|]+) \|$/gm)].map(
	([, number = '', cell = '']) => ({
		number: Number(number),
		names: cell.split(', ').map(name => name.trim().replaceAll('`', '')),
	}),
);
const shipped = await shippedFiles();
const family = shipped.filter(({file}) => file.startsWith('scenarios/provoking/'));

test('the mistakes P1 to P28 are all provoked, each in one row', t => {
	t.deepEqual(
		rows.map(({number}) => number),
		Array.from({length: 28}, (_, index) => index + 1),
	);
});

for (const {number, names} of rows)
	test(`what provokes P${number} is shipped`, t => {
		t.true(names.length > 0);
		const known = shipped.map(({name}) => name);
		t.deepEqual(
			names.filter(name => !known.includes(name)),
			[],
		);
	});

for (const {name} of family)
	test(`${name} ends its story with the number of the mistake that it provokes`, async t => {
		const {story = ''} = (await loadScenario(name)).scenario;
		const number = Number(/ \(P(\d+)\)\.$/.exec(story)?.[1]);
		t.deepEqual(
			rows.filter(({names}) => names.includes(name)).map(row => row.number),
			[number],
		);
	});
