// The help of commands at any width of the terminal.
import test from 'ava';
import fc from 'fast-check';
import {createProgram} from '../../src/cli/program.ts';
import {wrapped} from '../../src/cli/wrapped.ts';

const {commands} = createProgram();

for (const {text, width, expected} of [
	{text: 'one two three', width: 7, expected: 'one two\nthree'},
	{text: 'one\n\ntwo three', width: 5, expected: 'one\n\ntwo\nthree'},
	{text: '  har  all that was seen', width: 16, expected: '  har  all that\n       was seen'},
	{text: '  A, B  two of them', width: 14, expected: '  A, B  two of\n        them'},
	{text: '  by words of it', width: 10, expected: '  by words\n  of it'},
	{text: 'unbreakable', width: 4, expected: 'unbreakable'},
])
	test(`${JSON.stringify(text)} in lines of ${width}`, t => {
		t.is(wrapped(text, width), expected);
	});

test('a text that is wrapped keeps its words, in lines that are as full as they can be', t => {
	const word = fc.stringMatching(/^[a-z]{1,8}$/);
	fc.assert(
		fc.property(fc.array(word, {minLength: 1}), fc.integer({min: 8, max: 40}), (words, width) => {
			const lines = wrapped(words.join(' '), width).split('\n');
			t.deepEqual(lines.join(' ').split(' '), words);
			for (const [index, line] of lines.entries()) {
				t.true(line.length <= width);
				const [next = ''] = lines[index + 1]?.split(' ') ?? [];
				t.true(next === '' || line.length + 1 + next.length > width);
			}
		}),
	);
});

for (const command of commands)
	test(`${command.name()}: no sentence of its help is broken where the terminal is wide enough`, t => {
		command.configureOutput({getOutHelpWidth: () => 10_000});
		const [help = ''] = command.helpInformation().split('\nExamples:\n');
		for (const line of help.split('\n').slice(1))
			t.regex(line, /^(?:$|[A-Z]| {2})/, 'a line begins a sentence, or an item of a list');
		t.notRegex(help, /\(default: \[\]\)/);
	});

for (const command of commands)
	for (const width of [72, 80, 100])
		test(`${command.name()}: its help keeps to a width of ${width}`, t => {
			command.configureOutput({getOutHelpWidth: () => width});
			for (const line of command.helpInformation().split('\n'))
				if (!line.startsWith('Usage:')) t.true(line.length <= width, line);
		});
