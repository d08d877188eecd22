import test from 'ava';
import {Memo} from '../../src/http/memo.ts';

test('what was made for a key is not made again', t => {
	const memo = new Memo<object>();
	const made = memo.get('a', () => ({}));
	t.is(
		memo.get('a', () => ({})),
		made,
	);
	t.not(
		memo.get('b', () => ({})),
		made,
	);
});

test('a memo does not grow with the number of keys', t => {
	const memo = new Memo<object>();
	const first = memo.get('0', () => ({}));
	for (let key = 1; key < 10_000; key++) memo.get(String(key), () => ({}));
	t.not(
		memo.get('0', () => ({})),
		first,
	);
});

test('what is asked for again and again is kept among ever new keys', t => {
	const memo = new Memo<object>(10);
	const first = memo.get('first', () => ({}));
	for (let key = 0; key < 1000; key++) {
		memo.get(String(key), () => ({}));
		t.is(
			memo.get('first', () => ({})),
			first,
		);
	}
});

test('a long key is not kept', t => {
	const memo = new Memo<object>();
	const key = 'x'.repeat(100_000);
	t.not(
		memo.get(key, () => ({})),
		memo.get(key, () => ({})),
	);
});
