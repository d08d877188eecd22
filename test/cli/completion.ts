// The completion scripts, in the shells themselves: what Tab offers.
import {spawnSync} from 'node:child_process';
import {chmod, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import test from 'ava';
import {createProgram} from '../../src/cli/program.ts';
import {shippedFiles} from '../../src/scenario/shipped.ts';
import {rules} from '../../src/verdict/rules/index.ts';
import {lacksShell, offeredByBash, shells} from '../helpers/completions.ts';
import {run} from '../helpers/followthrough.ts';

const program = createProgram();
const commands = program.createHelp().visibleCommands(program);
const names = commands.map(command => command.name()).sort();
const formats = ['html', 'json', 'junit', 'markdown'];
const shipped = (await shippedFiles()).map(({name}) => name).sort();

/** Where Tab is pressed in a folder with `my-move.yaml`, and a program `their-client` in the PATH. */
const rows = [
	{title: 'commands', line: '', offers: names},
	{title: 'a command', line: 'ch', offers: ['check']},
	{title: 'a command to be told of', line: 'help ch', offers: ['check']},
	{title: 'long options', line: 'grade --fo', offers: ['--format']},
	{title: 'the options of the program', line: '--v', offers: ['--version']},
	{title: 'the values of an option', line: 'grade --format ', offers: formats},
	{title: 'those behind a short one', line: 'grade -f j', offers: ['json', 'junit']},
	{title: 'those behind "="', line: 'grade --format=m', offers: ['markdown']},
	{title: 'the first part of a value', line: 'check --export j', offers: ['json=', 'junit=']},
	{title: 'a file behind it', line: 'check --export junit=my-', offers: ['my-move.yaml']},
	{title: 'all files there', line: 'grade --export html=', offers: ['my-move.yaml']},
	{title: 'what stands behind both', line: 'check --export har=a api-m', offers: ['api-move']},
	{title: 'nothing for a number', line: 'serve --port ', offers: []},
	{title: 'scenarios and files', line: 'serve ', offers: [...shipped, 'my-move.yaml'].sort()},
	{title: 'more scenarios', line: 'serve api-move see', offers: ['see-other-303']},
	{title: 'a scenario', line: 'check api-m', offers: ['api-move']},
	{title: 'a file in its place', line: 'lint my-', offers: ['my-move.yaml']},
	{title: 'an option for scenarios', line: 'grade -s api-move -s see', offers: ['see-other-303']},
	{title: 'what stands behind a value', line: 'check --timeout=5 api-m', offers: ['api-move']},
	{
		title: 'what stands behind a URL',
		line: 'grade --name http://a:1/ -f j',
		offers: ['json', 'junit'],
	},
	{title: 'rules', line: 'explain ', offers: rules.map(({id}) => id).sort()},
	{title: 'one rule', line: 'explain --json hop-l', offers: ['hop-limit']},
	{title: 'nothing behind the last argument', line: 'explain hop-limit bo', offers: []},
	{title: 'shells', line: 'completion ', offers: ['bash', 'fish', 'zsh']},
	{title: '-- before a command', line: 'check --json api-move ', offers: ['--']},
	{title: 'behind -- a command', line: 'check api-move -- their-', offers: ['their-client']},
	{title: 'behind -- a client', line: 'grade -f json -- their-', offers: ['their-client']},
	{title: 'a file for it', line: 'grade -- their-client -x my-', offers: ['my-move.yaml']},
];

for (const {name, complete} of shells) {
	test(`${name} takes the script for one without errors`, async t => {
		if (lacksShell(t, name)) return;
		const {code, stdout} = await run(['completion', name]);
		t.is(code, 0);
		const folder = await mkdtemp(join(tmpdir(), 'followthrough-script-'));
		t.teardown(() => rm(folder, {recursive: true}));
		const file = join(folder, 'script');
		await writeFile(file, stdout);
		t.like(spawnSync(name, ['-n', file], {encoding: 'utf8'}), {status: 0, stderr: ''});
	});

	test(`every command of the program is in the script for ${name}, with all its options`, async t => {
		const {stdout} = await run(['completion', name]);
		for (const command of commands) {
			t.regex(stdout, new RegExp(`\\b${command.name()}\\b`));
			for (const {long} of command.createHelp().visibleOptions(command))
				t.regex(stdout, new RegExp(`(?:--|-l )${long?.slice(2)}\\b`), command.name());
		}
	});

	for (const {title, line, offers} of rows)
		test(`${name} offers ${title} at "followthrough ${line}"`, async t => {
			if (lacksShell(t, name)) return;
			const cwd = await mkdtemp(join(tmpdir(), 'followthrough-tab-'));
			t.teardown(() => rm(cwd, {recursive: true}));
			await writeFile(join(cwd, 'my-move.yaml'), 'name: my-move\n');
			const bin = await mkdtemp(join(tmpdir(), 'followthrough-bin-'));
			t.teardown(() => rm(bin, {recursive: true}));
			await writeFile(join(bin, 'their-client'), '#!/bin/sh\n');
			await chmod(join(bin, 'their-client'), 0o755);
			const env = {PATH: `${bin}${delimiter}${process.env['PATH']}`};
			const {stdout: script} = await run(['completion', name]);
			t.deepEqual(complete({script, line: `followthrough ${line}`, cwd, env}), offers);
		});
}

test('bash offers a program once, wherever it is found', async t => {
	if (lacksShell(t, 'bash')) return;
	const folders: string[] = [];
	for (const name of ['first', 'second']) {
		const folder = await mkdtemp(join(tmpdir(), `followthrough-${name}-`));
		t.teardown(() => rm(folder, {recursive: true}));
		await writeFile(join(folder, 'their-client'), '#!/bin/sh\n');
		await chmod(join(folder, 'their-client'), 0o755);
		folders.push(folder);
	}
	const {stdout: script} = await run(['completion', 'bash']);
	const env = {PATH: [...folders, process.env['PATH']].join(delimiter)};
	const line = 'followthrough check api-move -- their-';
	t.deepEqual(offeredByBash({script, line, cwd: tmpdir(), env}), ['their-client']);
});

test('another shell is told which ones there are', async t => {
	const {code, stderr} = await run(['completion', 'tcsh']);
	t.is(code, 4);
	t.regex(stderr, /'tcsh' is invalid for argument 'shell'\. Allowed choices are bash, zsh, fish\./);
});
