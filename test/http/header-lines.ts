import test from 'ava';
import {headerLinesFromRaw, headerValue, headerValues} from '../../src/http/header-lines.ts';

const lines = headerLinesFromRaw(['Host', 'a', 'X-Tag', '1', 'x-tag', '2', 'X-Tag', '']);

test('lines keep order, case and duplicates', t => {
	t.deepEqual(lines, [
		['Host', 'a'],
		['X-Tag', '1'],
		['x-tag', '2'],
		['X-Tag', ''],
	]);
	t.deepEqual(headerLinesFromRaw([]), []);
});

test('a field is found whatever the case of its name', t => {
	t.deepEqual(headerValues(lines, 'X-TAG'), ['1', '2', '']);
	t.deepEqual(headerValues(lines, 'accept'), []);
});

test('the values of a field are joined in order, and a missing field has none', t => {
	t.is(headerValue(lines, 'x-tag'), '1, 2, ');
	t.is(headerValue(lines, 'HOST'), 'a');
	t.is(headerValue(lines, 'accept'), undefined);
});
