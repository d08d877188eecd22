import test from 'ava';
import {giveBack} from '../../src/journal/give-back.ts';

const canGiveBack = 'transfer' in ArrayBuffer.prototype;

test('a piece that has its memory to itself is empty when it was given back', t => {
	const piece = Buffer.allocUnsafeSlow(65_536);
	giveBack(piece);
	t.is(piece.length, canGiveBack ? 0 : 65_536);
});

test('a piece is given back twice without harm', t => {
	const piece = Buffer.allocUnsafeSlow(65_536);
	giveBack(piece);
	t.notThrows(() => giveBack(piece));
});

test('memory that a piece shares with others is left alone', t => {
	const whole = Buffer.alloc(100, 7);
	const pooled = Buffer.from('hello');
	for (const piece of [whole.subarray(0, 99), whole.subarray(1), pooled, Buffer.from('x')])
		giveBack(piece);
	t.true(whole.equals(Buffer.alloc(100, 7)));
	t.is(pooled.toString(), 'hello');
});
