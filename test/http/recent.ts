import test from 'ava';
import fc from 'fast-check';
import {Recent} from '../../src/http/recent.ts';

test('what was asked for lately is there, and nothing else than what was set', t => {
	const ask = fc.record({key: fc.integer({min: 0, max: 12}), sets: fc.boolean()});
	fc.assert(
		fc.property(fc.array(ask, {maxLength: 100}), asked => {
			const recent = new Recent<number, string>(4);
			const all = new Map<number, string>();
			let latest: number[] = [];
			for (const [at, {key, sets}] of asked.entries()) {
				if (sets) {
					recent.set(key, `${key} ${at}`);
					all.set(key, `${key} ${at}`);
				}
				const found = recent.get(key);
				if (found !== undefined || latest.includes(key)) t.is(found, all.get(key));
				if (found !== undefined) latest = [key, ...latest.filter(each => each !== key)].slice(0, 4);
			}
		}),
	);
	t.pass();
});

test('what nobody asks for any more is let go', t => {
	const recent = new Recent<number, number>(4);
	for (let key = 0; key < 100; key++) recent.set(key, key);
	const kept = Array.from({length: 100}, (_, key) => recent.get(key)).filter(
		each => each !== undefined,
	);
	t.true(kept.length <= 8);
});
