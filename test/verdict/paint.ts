import test from 'ava';
import {paint} from '../../src/verdict/paint.ts';

test('a text is painted only where there are colours', t => {
	t.is(paint('red', 'x', {colors: true}), '\x1b[31mx\x1b[39m');
	t.is(paint('red', 'x', {colors: false}), 'x');
	t.is(paint('red', 'x', {}), 'x');
});
