import test from 'ava';
import fc from 'fast-check';
import {isKnown, rangeOf} from '../../src/api/range.ts';

const etag = '"abc"';

const rows = [
	['bytes=0-0', 10, {start: 0, end: 0}],
	['bytes=2-5', 10, {start: 2, end: 5}],
	['BYTES= 2-5 ', 10, {start: 2, end: 5}],
	['bytes=2-', 10, {start: 2, end: 9}],
	['bytes=2-99999999999999999999999', 10, {start: 2, end: 9}],
	['bytes=-3', 10, {start: 7, end: 9}],
	['bytes=-30', 10, {start: 0, end: 9}],
	['bytes=-0', 10, 'unsatisfiable'],
	['bytes=10-', 10, 'unsatisfiable'],
	['bytes=99999999999999999999999-', 10, 'unsatisfiable'],
	['bytes=0-', 0, 'unsatisfiable'],
	['bytes=-5', 0, 'whole'],
	['bytes=5-2', 10, 'whole'],
	['bytes=-', 10, 'whole'],
	['bytes=0-1,3-4', 10, 'whole'],
	['bytes=a-b', 10, 'whole'],
	['lines=0-1', 10, 'whole'],
	[undefined, 10, 'whole'],
] as const;

for (const [range, size, wanted] of rows)
	test(`of ${size} bytes, Range: ${range} gives ${JSON.stringify(wanted)}`, t => {
		t.deepEqual(rangeOf({range}, size, etag), wanted);
	});

test('If-Range holds back a range that is not of this content', t => {
	const range = 'bytes=0-1';
	t.deepEqual(rangeOf({range, ifRange: etag}, 10, etag), {start: 0, end: 1});
	for (const ifRange of ['"abd"', `W/${etag}`, 'Tue, 15 Nov 1994 12:45:26 GMT', ''])
		t.is(rangeOf({range, ifRange}, 10, etag), 'whole');
});

test('If-None-Match names what a client has', t => {
	for (const field of [etag, `W/${etag}`, `"x", ${etag}`, '*']) t.true(isKnown(field, etag), field);
	for (const field of [undefined, '', '"x"', 'abc']) t.false(isKnown(field, etag), field);
});

test('whatever is asked for, a stretch lies within the content', t => {
	const property = fc.property(
		fc.oneof(fc.string(), fc.stringMatching(/^bytes=\d{0,4}-\d{0,4}$/)),
		fc.nat(2000),
		(range, size) => {
			const found = rangeOf({range}, size, etag);
			return (
				typeof found === 'string' ||
				(0 <= found.start && found.start <= found.end && found.end < size)
			);
		},
	);
	fc.assert(property, {numRuns: 1000});
	t.pass();
});
