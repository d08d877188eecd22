// docs/cli.md does what it says: its lines are run, and its tables name what there is.

import {execFile} from 'node:child_process';
import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import test from 'ava';
import {exitCodes} from '../../src/cli/exit-codes.ts';
import {createProgram} from '../../src/cli/program.ts';
import {bin} from '../helpers/followthrough.ts';
import {lacksCurl} from '../helpers/needs-curl.ts';
import {textOf} from '../helpers/source-files.ts';

const page = textOf('docs/cli.md');
const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(
	([, language = '', code = '']) => ({
		language,
		code,
		name: /^# (\S+\.\w+)\n/.exec(code)?.[1],
	}),
);

test('every line of the page can be run, and ends with the code that stands behind it', async t => {
	if (lacksCurl(t)) return;
	const folder = await mkdtemp(join(tmpdir(), 'followthrough-page-'));
	t.teardown(() => rm(folder, {recursive: true}));
	await mkdir(join(folder, 'bin'));
	await symlink(bin, join(folder, 'bin/followthrough'));
	for (const {name, code} of blocks) if (name) await writeFile(join(folder, name), code);
	const lines = blocks
		.filter(({language, name}) => language === 'sh' && name === undefined)
		.flatMap(({code}) => code.trim().split('\n'));
	t.true(lines.length > 10);
	const path = `${join(folder, 'bin')}${delimiter}${process.env['PATH']}`;
	for (const line of lines) {
		const expected = Number(/ # exit code (\d+)$/.exec(line)?.[1] ?? 0);
		t.like(await shell(line, folder, {...process.env, PATH: path}), {code: expected}, line);
	}
});

for (const command of createProgram().commands)
	test(`the page has a section for ${command.name()}, with all its options`, t => {
		const [, section = ''] = page.split(`\n## ${command.name()}\n`);
		const [text = ''] = section.split('\n## ');
		t.not(text, '');
		for (const {long, short} of command.options)
			for (const name of [long, short]) if (name) t.true(text.includes(`\`${name}`), name);
	});

test('the page has all exit codes', t => {
	const [, section = ''] = page.split('\n## Exit codes\n');
	for (const code of Object.values(exitCodes))
		t.regex(section, new RegExp(`^\\| ${code} \\|`, 'm'));
});

function shell(line: string, cwd: string, env: NodeJS.ProcessEnv) {
	return new Promise<{code: unknown; output: string}>(resolve =>
		execFile('sh', ['-c', line], {cwd, env}, (error, stdout, stderr) =>
			resolve({code: error === null ? 0 : error.code, output: stdout + stderr}),
		),
	);
}
