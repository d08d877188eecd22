import test from 'ava';
import fc from 'fast-check';
import {layRows, wrap} from '../../src/verdict/layout.ts';

test('rows align their texts, and lines in a text stay lines', t => {
	t.deepEqual(
		layRows(
			[
				{label: 'a', text: 'one\ntwo'},
				{label: 'long', text: 'three'},
			],
			2,
		),
		['  a     one', '        two', '  long  three'],
	);
});

test('a note stands at the right edge', t => {
	const [line = ''] = layRows([{label: 'a', text: 'one', note: 'exchange 1'}], 0);
	t.is(line, `a  one${' '.repeat(84)}exchange 1`);
	t.is(line.length, 100);
});

test('no rows make no lines', t => {
	t.deepEqual(layRows([], 2), []);
});

test('wrapping loses no character, and only a single word is wider than the columns', t => {
	fc.assert(
		fc.property(fc.string(), fc.integer({min: 1, max: 40}), (text, columns) => {
			const lines = wrap(text, columns);
			t.is(lines.join(' '), text);
			t.true(lines.every(line => line.length <= columns || !line.includes(' ')));
		}),
	);
});
