import test from 'ava';
import {wantsColors} from '../../src/cli/wants-colors.ts';

const rows = [
	{title: 'a terminal has colours', stream: {isTTY: true}, env: {}, colors: true},
	{title: 'a pipe has none', stream: {}, env: {}, colors: false},
	{title: 'NO_COLOR switches them off', stream: {isTTY: true}, env: {NO_COLOR: '1'}, colors: false},
	{title: 'an empty NO_COLOR does not', stream: {isTTY: true}, env: {NO_COLOR: ''}, colors: true},
	{title: 'a dumb terminal has none', stream: {isTTY: true}, env: {TERM: 'dumb'}, colors: false},
];

for (const {title, stream, env, colors} of rows)
	test(title, t => {
		t.is(wantsColors(stream, env), colors);
	});
