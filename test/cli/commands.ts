// The built command: its help, and the commands that only tell.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {createProgram} from '../../src/cli/program.ts';
import {shippedFiles} from '../../src/scenario/shipped.ts';
import {rules} from '../../src/verdict/rules/index.ts';
import {bin, run, start} from '../helpers/followthrough.ts';
import {textOf} from '../helpers/source-files.ts';

const names = createProgram().commands.map(command => command.name());

test('--help names every command, and where there is more', async t => {
	const {code, stdout, stderr} = await run(['--help']);
	t.deepEqual({code, stderr}, {code: 0, stderr: ''});
	for (const name of names) t.regex(stdout, new RegExp(`^  ${name} `, 'm'));
	t.regex(stdout, /docs\/cli\.md\n$/);
});

for (const name of names)
	test(`${name} --help has examples, each of which begins with the command`, async t => {
		const {code, stdout} = await run([name, '--help']);
		t.is(code, 0);
		t.is((await run(['help', name])).stdout, stdout);
		const [, examples = ''] = stdout.split('\nExamples:\n');
		const lines = [...examples.matchAll(/^ {2}\$ (.*)$/gm)].map(([, line = '']) => line);
		t.true(lines.length >= 2);
		t.true(lines.every(line => line.startsWith(`followthrough ${name}`)));
	});

test('--version is that of the package', async t => {
	const {version} = JSON.parse(textOf('package.json'));
	t.deepEqual(await run(['--version']), {code: 0, stdout: `${version}\n`, stderr: ''});
});

for (const {args, stderr} of [
	{args: [], stderr: /^Usage: followthrough \[options\] \[command\]\n/},
	{args: ['chek'], stderr: /^error: unknown command 'chek' \(Did you mean check\?\)\n/},
	{args: ['--jsn'], stderr: /^error: unknown option '--jsn'\n/},
	{args: ['list', '--jsn'], stderr: /^error: unknown option '--jsn' \(Did you mean --json\?\)\n/},
	{args: ['list', 'all'], stderr: /^error: too many arguments for 'list'\./},
	{args: ['serve', 'api-mov', 'redirect-lop'], stderr: /"api-move"[\s\S]*"redirect-loop"/},
	{
		args: ['serve', '--port', '65536'],
		stderr: /^error: option '-p, --port <port>' argument '65536' is inv/,
	},
	{args: ['lint'], stderr: /^error: missing required argument 'scenario'\n/},
	{args: ['explain', 'body-preserve'], stderr: /^There is no rule "body-preserve"; did you mean /},
	{args: ['lint', 'api-mov', './no-such.yaml'], stderr: /"api-mov"[\s\S]*no-such\.yaml/},
])
	test(`"${['followthrough', ...args].join(' ')}" is told on stderr, with exit code 4`, async t => {
		const ran = await run(args);
		t.like(ran, {code: 4, stdout: ''});
		t.regex(ran.stderr, stderr);
		t.notRegex(ran.stderr, /^\s+at /m);
	});

test('serve tells what comes until SIGINT, and ends with a count', async t => {
	const {child, end, until} = start(['serve', 'api-move']);
	await until('Ctrl+C stops.');
	child.kill('SIGINT');
	const {code, stdout, stderr} = await end;
	t.deepEqual({code, stderr}, {code: 0, stderr: ''});
	t.regex(stdout, /^HTTP API: http:\S+\n\napi-move: Temporary API endpoint move\n/);
	t.regex(stdout, /\nStopped: 0 exchanges, 0 redirects \(0 followed\), rules broken 0 times\.\n$/);
});

test('list has every shipped scenario, a line each, with its title', async t => {
	const {code, stdout} = await run(['list']);
	t.is(code, 0);
	const lines = stdout.trimEnd().split('\n');
	const shipped = (await shippedFiles()).map(({name}) => name);
	t.deepEqual(
		lines.map(line => line.split(' ')[0]),
		shipped,
	);
	t.true(lines.some(line => /^api-move {2,}Temporary API endpoint move$/.test(line)));
});

test('list --json has the files as well', async t => {
	const {stdout} = await run(['list', '--json']);
	const file = 'scenarios/documented/api-move.yaml';
	const wanted = {name: 'api-move', title: 'Temporary API endpoint move', file};
	t.deepEqual(
		JSON.parse(stdout).find(({name}: {name: string}) => name === 'api-move'),
		wanted,
	);
});

test('explain without a rule has all rules, a line each', async t => {
	const {stdout} = await run(['explain']);
	const lines = stdout.trimEnd().split('\n');
	t.deepEqual(
		lines.map(line => line.split(' ')[0]),
		rules.map(({id}) => id),
	);
	t.deepEqual(JSON.parse((await run(['explain', '--json'])).stdout).length, rules.length);
});

for (const rule of ['body-preserved', 'headers-kept', 'early-answer-noticed'])
	test(`explain ${rule} tells its source, how it is seen, how it is broken, and how to mend it`, async t => {
		const {stdout} = await run(['explain', rule]);
		const {statement, level, source} = rules.find(({id}) => id === rule) ?? rules[0] ?? t.fail();
		t.true(stdout.startsWith(`${rule}: ${statement}\n  level   ${level}\n`));
		t.true(stdout.replace(/\n {2}> /g, ' ').includes(source.passage));
		for (const heading of ['On the wire', 'How clients break it', 'How to mend it'])
			t.regex(stdout, new RegExp(`^${heading}\n  \\S`, 'm'));
		t.notRegex(stdout, /\]\(|^ *\|/m, 'links and tables are told in words');
		const [, ...lines] = stdout.split('\n');
		t.true(lines.every(line => line.length <= 100 || /https?:\S+$/.test(line)));
	});

test('explain --json has the sections of the page', async t => {
	const explained = JSON.parse((await run(['explain', '--json', 'hop-limit'])).stdout);
	t.like(explained, {id: 'hop-limit', level: 'policy', about: 'chain'});
	t.deepEqual(
		explained.sections.map(({heading}: {heading: string}) => heading),
		['On the wire', 'How clients break it', 'How to mend it'],
	);
});

const faulty = 'name: faulty\nroute: []\n';
const pitfall = `name: pitfall
routes:
  - request: POST https://api.example.test/a
    response: { status: 307 }
`;

for (const {title, text, code, stdout} of [
	{
		title: 'a scenario of which nothing is to be said',
		text: textOf('scenarios/documented/api-move.yaml'),
		code: 0,
		stdout: /^\S+: nothing to say\n$/,
	},
	{
		title: 'advice',
		text: textOf('scenarios/documented/cacheable-move.yaml'),
		code: 0,
		stdout: /^\S+\n {2}\/routes\S+ {2}advice {2}.*\n {4}\S.*https:.*\n/,
	},
	{
		title: 'a pitfall',
		text: pitfall,
		code: 1,
		stdout: /^\S+\n {2}\/routes\/0\/\S+ {2}warning {2}.* \(location-missing\)\n/,
	},
	{
		title: 'a fault, with its place',
		text: faulty,
		code: 1,
		stdout: /^\S+\n {2}[\s\S]*2:1 {2}\/route {2}fault {2}.*"routes"/,
	},
])
	test(`lint tells ${title}: exit code ${code}`, async t => {
		const folder = await mkdtemp(join(tmpdir(), 'followthrough-lint-'));
		t.teardown(() => rm(folder, {recursive: true}));
		await writeFile(join(folder, 'scenario.yaml'), text);
		const ran = await run(['lint', './scenario.yaml'], {cwd: folder});
		t.like(ran, {code, stderr: ''}, ran.stdout);
		t.regex(ran.stdout, stdout);
		const json = await run(['lint', '--json', './scenario.yaml'], {cwd: folder});
		const [linted] = JSON.parse(json.stdout);
		t.is(json.code, code);
		t.is(linted.file, './scenario.yaml');
		t.is(linted.faults.length + linted.findings.length > 0, !ran.stdout.includes('nothing'));
	});

test('a reader that closes the pipe early is no fault', async t => {
	const {child, end} = start(['explain', '--json']);
	child.stdout?.destroy();
	t.like(await end, {code: 0, stderr: ''});
});

for (const {title, variables, colored} of [
	{title: 'colours', variables: '', colored: true},
	{title: 'no colours with NO_COLOR', variables: 'NO_COLOR=1', colored: false},
])
	test(`a terminal gets ${title}`, async t => {
		if (process.platform !== 'linux') return t.log('script(1) is another program here.');
		const line = `env ${variables} '${process.execPath}' '${bin}' check api-move -- true`;
		const env = {...process.env, TERM: 'xterm', NO_COLOR: undefined};
		const child = spawn('script', ['-qec', line, '/dev/null'], {env});
		let output = '';
		child.stdout.on('data', data => {
			output += data;
		});
		const [code] = await once(child, 'close');
		t.is(code, 2);
		t.is(output.includes('\x1b[33m? could not tell'), colored, output);
	});
