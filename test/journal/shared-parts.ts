import test from 'ava';
import fc from 'fast-check';
import type {HeaderLine} from '../../src/http/header-lines.ts';
import {SharedParts} from '../../src/journal/shared-parts.ts';

const line: fc.Arbitrary<HeaderLine> = fc.tuple(
	fc.constantFrom('Accept', 'accept', 'Host', 'X'),
	fc.oneof(fc.constantFrom('', 'a', 'b', 'ab'), fc.string({minLength: 30, maxLength: 60})),
);

test('lines that are shared are equal, in order and case, and frozen; equal ones are one', t => {
	fc.assert(
		fc.property(fc.array(fc.array(line, {maxLength: 4}), {maxLength: 40}), blocks => {
			const shared = new SharedParts();
			for (const block of blocks) {
				const given = block.map(([name, value]): HeaderLine => [name, value]);
				const lines = shared.lines(given);
				t.deepEqual(lines, block);
				t.true(Object.isFrozen(lines) && lines.every(each => Object.isFrozen(each)));
				t.is(shared.lines(block.map(([name, value]): HeaderLine => [name, value])), lines);
			}
		}),
		{numRuns: 50},
	);
});

test('lines that differ far behind in one value are told apart', t => {
	const shared = new SharedParts();
	const block = (value: string): HeaderLine[] => [['X-Long', `${'x'.repeat(61)}${value}yz`]];
	for (const value of ['a', 'b', 'a']) t.deepEqual(shared.lines(block(value)), block(value));
});

test('Locations that are alike in everything are one, those with a token never', t => {
	const resolved = {origin: 'https://api.example.test', targets: ['/x', '/%78']};
	const one = () => ({documented: '/x', sent: '/x', resolved: {...resolved}});
	const shared = new SharedParts();
	const first = shared.location(one());
	t.is(shared.location(one()), first);
	const others = [
		{...one(), sent: 'http://127.0.0.1:1/x'},
		{...one(), resolved: {...resolved, fragment: '#'}},
		{...one(), resolved: {...resolved, targets: ['/x']}},
		{documented: '/x', sent: '/x'},
		{...one(), token: 'a'},
	];
	for (const other of others) t.is(shared.location(other), other);
	const tagged = {...one(), token: 'a'};
	t.is(shared.location(tagged), tagged);
});
