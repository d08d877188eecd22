import test from 'ava';
import fc from 'fast-check';
import {ReadableIds} from '../../src/api/readable-ids.ts';

test('the first of a name has the name, further ones have a number', t => {
	const ids = new ReadableIds();
	const names = ['see-other-303', 'a', 'see-other-303', 'a-2', 'a', 'a-1', 'a-2'];
	t.deepEqual(
		names.map(name => ids.take(name)),
		['see-other-303', 'a', 'see-other-303-2', 'a-2', 'a-3', 'a-1', 'a-2-2'],
	);
});

test('whatever the names, each id is the first that is free', t => {
	const part = fc.constantFrom('a', '-', '1', '2', '3', '0', '\n');
	const names = fc.array(
		fc.array(part, {maxLength: 6}).map(parts => parts.join('')),
		{maxLength: 60},
	);
	fc.assert(
		fc.property(names, all => {
			const ids = new ReadableIds();
			const used = new Set<string>();
			for (const name of all) {
				let free = name;
				for (let number = 2; used.has(free); number++) free = `${name}-${number}`;
				used.add(free);
				t.is(ids.take(name), free);
			}
		}),
	);
	t.pass();
});
