// What goes wrong before or around the work of a command: each is told in a line, with the documented
// exit code, and nothing is left running.
import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, mkdirSync, mkdtempSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import {chmod, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {createProgram} from '../../src/cli/program.ts';
import {bin, type Ran, run, start} from '../helpers/followthrough.ts';
import {inTurns} from '../helpers/in-turns.ts';
import {markProcesses} from '../helpers/left-behind.ts';

interface Row {
	readonly title: string;
	readonly args: readonly string[];
	readonly code: number;
	/** All of stderr, without the hint behind it. */
	readonly stderr: RegExp;
	readonly stdout?: RegExp;
	/** Variables of the environment. */
	readonly env?: NodeJS.ProcessEnv;
}

const {commands} = createProgram();
type Described = (typeof commands)[number];
const inTurn = inTurns(4);
const folder = mkdtempSync(join(tmpdir(), 'followthrough-bad-input-'));
test.after.always(() => rm(folder, {recursive: true}));

const files: Readonly<Record<string, string | Uint8Array>> = {
	'empty.yaml': '',
	'faulty.yaml': 'name: faulty\nroute: []\n',
	'no-yaml.yaml': 'name: x\nroutes: [\n',
	'no-json.json': '{"name": }',
	'latin1.yaml': Buffer.from('name: caf\xe9\nroutes: []\n', 'latin1'),
	'binary.yaml': Buffer.from([0xff, 0xfe, 0, 0x80, 0xff]),
	'throws.mjs': 'throw new Error("it rains");\n',
	'no-module.mjs': 'no module at all\n',
	'number.mjs': 'export default 7;\n',
	'text.txt': 'name: text\n',
	'no-interpreter.sh': '#!/no/such/shell\n',
	'not-executable.sh': '#!/bin/sh\n',
};
for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
chmodSync(join(folder, 'no-interpreter.sh'), 0o755);
mkdirSync(join(folder, 'folder.yaml'));
symlinkSync('nowhere.yaml', join(folder, 'dangling.yaml'));
symlinkSync('/dev/zero', join(folder, 'endless.yaml'));
writeFileSync(join(folder, 'huge.yaml'), '');
truncateSync(join(folder, 'huge.yaml'), 5 * 2 ** 30);

const required = commands.filter(({registeredArguments: [first]}) => first?.required);
const full = commands.filter(each => !each.registeredArguments.some(({variadic}) => variadic));

/** Of each command, whatever it is. */
const ofEach: readonly Row[] = [
	...commands.map(command => ({
		title: `${command.name()}: an unknown option`,
		args: [command.name(), ...mandatory(command), '--no-such-option'],
		code: 4,
		stderr: /^error: unknown option '--no-such-option'$/,
	})),
	...required.map(command => ({
		title: `${command.name()}: no argument`,
		args: [command.name(), ...mandatory(command)],
		code: 4,
		stderr: /^error: missing required argument '\w+'$/,
	})),
	...full.map(command => ({
		title: `${command.name()}: too many arguments`,
		args: [command.name(), ...mandatory(command), ...manyFor(command)],
		code: 4,
		stderr:
			/^error: (?:too many arguments for '\w+'\. Expected \d arguments? but got \d|.* is invalid .*)\.$/,
	})),
	...commands.flatMap(command =>
		command.options
			.filter(option => option.required)
			.map(({long, flags}) => ({
				title: `${command.name()} ${long}: no value`,
				args: [command.name(), long ?? ''],
				code: 4,
				stderr: new RegExp(
					`^error: option '${flags.replace(/[[\]()]/g, '\\$&')}' argument missing$`,
				),
			})),
	),
];

/** Of each command that takes a scenario. */
const ofScenarios = [
	{command: 'check', argsFor: (scenario: string) => ['check', scenario, '--', 'true']},
	{command: 'grade', argsFor: (scenario: string) => ['grade', '-s', scenario, '--', 'true']},
	{command: 'serve', argsFor: (scenario: string) => ['serve', scenario]},
	{command: 'lint', argsFor: (scenario: string) => ['lint', scenario]},
];

const scenarios: readonly {
	title: string;
	source: string;
	stderr: RegExp;
	/** Where lint tells it, as a result. */
	lint?: RegExp;
}[] = [
	{
		title: 'an unknown name',
		source: 'api-mov',
		stderr: /^no shipped scenario is called "api-mov"; did you mean "api-move"\? \(.*\)$/,
	},
	{
		title: 'a file that is not there',
		source: './fauty.yaml',
		stderr:
			/^fauty\.yaml can't be read: there is no such file in ".*"; did you mean "faulty\.yaml"\?$/,
	},
	{
		title: 'a folder that is not there',
		source: './no/such.yaml',
		stderr: /^no\/such\.yaml can't be read: there is no folder ".*no" that can be read$/,
	},
	{
		title: 'a file that is a folder',
		source: './folder.yaml',
		stderr: /^folder\.yaml is a folder: expected a scenario file, /,
	},
	{
		title: 'a link to nowhere',
		source: './dangling.yaml',
		stderr: /^dangling\.yaml can't be read: it is a link to a file that is not there$/,
	},
	{
		title: 'a device without an end',
		source: './endless.yaml',
		stderr: /^endless\.yaml is no plain file: /,
	},
	{
		title: 'a huge file',
		source: './huge.yaml',
		stderr: /^huge\.yaml is too large with 5120 MiB: a scenario has 8 MiB at most; /,
	},
	{
		title: 'a file of another kind',
		source: './text.txt',
		stderr: /^text\.txt is no scenario file: expected a name that ends in /,
	},
	{
		title: 'a file that is not in UTF-8',
		source: './latin1.yaml',
		stderr: /^latin1\.yaml can't be read: it is not in UTF-8$/,
	},
	{
		title: 'a binary file',
		source: './binary.yaml',
		stderr: /^binary\.yaml can't be read: it is not in UTF-8$/,
	},
	{
		title: 'a module that throws',
		source: './throws.mjs',
		stderr: /^throws\.mjs can't be imported: Error: it rains(?: \(line 1\))?$/,
	},
	{
		title: 'a module that is none',
		source: './no-module.mjs',
		stderr: /^no-module\.mjs can't be imported: SyntaxError: /,
	},
	{
		title: 'a module without a scenario',
		source: './number.mjs',
		stderr: /^number\.mjs exports no scenario: expected /,
	},
	{
		title: 'an empty file',
		source: './empty.yaml',
		stderr: /^empty\.yaml has 1 problem:\n {2}1:1 {2}\/ {2}the file is empty: expected /,
		lint: /^\.\/empty\.yaml\n {2}1:1 {2}\/ {2}fault {2}the file is empty: /,
	},
	{
		title: 'no YAML',
		source: './no-yaml.yaml',
		stderr: /^no-yaml\.yaml has 1 problem:\n {2}3:1 {2}\/ {2}no YAML: /,
		lint: /^\.\/no-yaml\.yaml\n {2}3:1 {2}\/ {2}fault {2}no YAML: /,
	},
	{
		title: 'no JSON',
		source: './no-json.json',
		stderr: /^no-json\.json has 1 problem:\n {2}1:10 {2}\/ {2}no JSON: /,
		lint: /^\.\/no-json\.json\n {2}1:10 {2}\/ {2}fault {2}no JSON: /,
	},
	{
		title: 'a misspelt member',
		source: './faulty.yaml',
		stderr: /^faulty\.yaml has \d problems?:\n[\s\S]* {2}2:1 {2}\/route {2}.*"routes"/,
		lint: / {2}2:1 {2}\/route {2}fault {2}.*"routes"/,
	},
];

const badScenarios: readonly Row[] = scenarios.flatMap(({title, source, stderr, lint}) =>
	ofScenarios.map(({command, argsFor}) => {
		const row = {title: `${command}: ${title}`, args: argsFor(source)};
		return command === 'lint' && lint
			? {...row, code: 1, stderr: /^$/, stdout: lint}
			: {...row, code: 4, stderr};
	}),
);

/** Of the commands that run another one. */
const programs = [
	{title: 'a name', program: 'no-such-client', why: 'was not found'},
	{title: 'a path', program: './no-such-client', why: 'was not found'},
	{title: 'below a file', program: './text.txt/client', why: 'was not found'},
	{title: 'a folder', program: './folder.yaml', why: "can't be run: it is a folder"},
	{title: 'no program', program: './not-executable.sh', why: "can't be run: it is not executable"},
	{
		title: 'of an unknown interpreter',
		program: './no-interpreter.sh',
		why: "can't be run: the program that its first line names was not found",
	},
	{
		title: 'nothing',
		program: '',
		why: 'is empty: expected the name of a program, or its path',
	},
	{title: 'of two lines', program: 'a\nb', shown: 'a\\\\nb', why: 'was not found'},
];

const badPrograms: readonly Row[] = programs.flatMap(({title, program, shown = program, why}) =>
	[
		['check', 'api-move'],
		['grade', '-s', 'api-move'],
	].map(args => ({
		title: `${args[0]}: a command that is ${title}`,
		args: [...args, '--', program],
		code: 3,
		stderr: new RegExp(`^The command "${shown.replaceAll('.', '\\.')}" ${why}\\.$`),
	})),
);

const others: readonly Row[] = [
	{
		title: 'an unknown command',
		args: ['chek'],
		code: 4,
		stderr: /^error: unknown command 'chek' \(Did you mean check\?\)$/,
	},
	{
		title: 'help of an unknown command',
		args: ['help', 'chek'],
		code: 4,
		stderr: /^error: unknown command 'chek' \(Did you mean check\?\)$/,
	},
	{
		title: 'help of a command that is like none',
		args: ['help', 'zigzag'],
		code: 4,
		stderr: /^error: unknown command 'zigzag'$/,
	},
	{
		title: 'an option that is nearly one',
		args: ['list', '--jsn'],
		code: 4,
		stderr: /^error: unknown option '--jsn' \(Did you mean --json\?\)$/,
	},
	{
		title: 'an unknown rule',
		args: ['explain', 'body-preserve'],
		code: 4,
		stderr: /^There is no rule "body-preserve"; did you mean "body-preserved"\? .*$/,
	},
	{
		title: 'a rule that is like none',
		args: ['explain', 'tea'],
		code: 4,
		stderr: /^There is no rule "tea"\. "followthrough explain" lists all\.$/,
	},
	...['65536', '-1', '1.5', 'http', ''].map(port => ({
		title: `the port "${port}"`,
		args: ['serve', `--port=${port}`, 'api-move'],
		code: 4,
		stderr: /^error: option '-p, --port <port>' argument '.*' is invalid\. .*expected .*$/i,
	})),
	...['0', '-5', '1s', '1e3', '', '99999999999'].flatMap(time =>
		[
			['check', `--timeout=${time}`, 'api-move', '--', 'true'],
			['grade', `--timeout=${time}`, '--', 'true'],
		].map(args => ({
			title: `${args[0]}: the time "${time}"`,
			args,
			code: 4,
			stderr: /^error: option '--timeout <ms>' argument '.*' is invalid\. Expected .*\.$/,
		})),
	),
	...['SIGKILL', 'SIGSEGV'].map(signal => ({
		title: `check: a command that ${signal} ends`,
		args: ['check', 'api-move', '--', 'sh', '-c', `kill -s ${signal.slice(3)} $$`],
		code: 3,
		stderr: /^$/,
		stdout: new RegExp(`✗ command failed: the command was ended by ${signal}\\n$`),
	})),
	...['SIGKILL', 'SIGSEGV'].map(signal => ({
		title: `grade: a client that ${signal} ends`,
		args: ['grade', '-s', 'api-move', '--', 'sh', '-c', `kill -s ${signal.slice(3)} $$`],
		code: 3,
		stderr: /^$/,
		stdout: new RegExp(`ended by ${signal}`),
	})),
	{
		title: 'serve: a port that leaves none for a listener',
		args: ['serve', '--port', '65535', 'api-move'],
		code: 4,
		stderr:
			/^--port 65535 is too high: the API has this port, and 1 listener takes the next; expected 65534 at most\.$/,
	},
	{
		title: 'serve: a port that leaves too few for proxies',
		args: ['serve', '--proxy', '65535', 'api-move', 'redirect-loop'],
		code: 4,
		stderr:
			/^--proxy 65535 is too high: 2 proxies take this port and the next; expected 65534 at most\.$/,
	},
	...['http://x/', 'x:80', 'a b', '*', '', '.'].map(host => ({
		title: `the host "${host}"`,
		args: ['serve', `--allow-host=${host}`],
		code: 4,
		stderr:
			/^error: option '--allow-host <name>' argument '.*' is invalid\. Expected a host name .*\.$/,
	})),
	...[
		['new', 'nodir/x.yaml', '-r', 'POST https://api.example.test/', '-l', '/b'],
		['import', '-o', 'nodir/x.yaml', 'login.har'],
	].map(args => ({
		title: `${args[0]}: a scenario in a folder that is not there`,
		args,
		code: 4,
		stderr: /^nodir\/x\.yaml can't be written: there is no folder "nodir"\.$/,
	})),
	{
		title: 'import: the example of a documentation',
		args: ['import', './text.txt'],
		code: 4,
		stderr:
			/^\.\/text\.txt is no JSON: expected .*; "followthrough new --from \.\/text\.txt" takes .*$/,
	},
	{
		title: 'import: JSON with a fault',
		args: ['import', 'no-json.json'],
		code: 4,
		stderr: /^no-json\.json is no JSON: Unexpected token .*: expected .*$/,
	},
	{
		title: 'check --json: faults are told in words, with nothing on stdout',
		args: ['check', '--json', './faulty.yaml', '--', 'true'],
		code: 4,
		stderr: /^faulty\.yaml has /,
	},
];

/** Where temporary files can't lie. */
const noRoom = [
	{title: 'is not there', folder: '/no-such-folder', why: 'it is not there'},
	{title: 'is a file', folder: join(folder, 'text.txt'), why: 'it is no folder'},
];

const ofTemporaryFiles: readonly Row[] = noRoom.flatMap(({title, folder: temporary, why}) =>
	[
		{what: 'check', args: ['check', 'api-move', '--', 'true']},
		{what: 'check with {url}', args: ['check', 'api-move', '--', 'echo', '{url}']},
		{what: 'grade', args: ['grade', '-s', 'api-move', '--', 'true']},
		{
			what: 'serve with a ready file',
			args: ['serve', '--ready-file', 'ready.json', 'api-move'],
			stdout: /^HTTP API: /,
		},
	].map(({what, ...row}) => ({
		...row,
		title: `${what}: a folder for temporary files that ${title}`,
		code: 4,
		env: {TMPDIR: temporary, TEMP: temporary},
		stderr: new RegExp(
			`^The folder for temporary files, ${temporary}, can't be written: ${why}\\. Name another in the variable \\w+\\.$`,
		),
	})),
);

for (const {title, args, code, stderr, stdout = /^$/, env = {}} of [
	...ofEach,
	...badScenarios,
	...badPrograms,
	...others,
	...ofTemporaryFiles,
])
	test(`${title}: exit code ${code}, the cause on stderr, nothing left`, async t => {
		const mark = markProcesses();
		const ran = await inTurn(() => run(args, {cwd: folder, env: {...mark.env, ...env}}));
		t.is(ran.code, code, ran.stdout + ran.stderr);
		t.regex(withoutHint(ran), stderr);
		t.regex(ran.stdout, stdout);
		t.notRegex(ran.stderr, /^ +at |node:internal/m, 'no stack');
		t.deepEqual(await mark.leftBehind(), []);
	});

/** What is told of a fault, without the line in brackets that says where more is to be read. */
function withoutHint({stderr}: Ran): string {
	return stderr.replace(/\n\(.*\)\n$/, '\n').trimEnd();
}

/** The options that a command must have. */
function mandatory({options}: Described): string[] {
	return options
		.filter(option => option.mandatory)
		.flatMap(({long, argChoices}) => [long ?? '', argChoices?.[0] ?? 'x']);
}

/** One argument more than there may be, each of which is a choice where there are choices. */
function manyFor({registeredArguments}: Described): string[] {
	return [...registeredArguments.map(({argChoices}) => argChoices?.[0] ?? 'x'), 'x'];
}

test('a scenario that may not be read is told', async t => {
	const own = await mkdtemp(join(tmpdir(), 'followthrough-closed-'));
	t.teardown(() => rm(own, {recursive: true}));
	await chmod(own, 0o755);
	await writeFile(join(own, 'closed.yaml'), 'name: closed\n');
	await chmod(join(own, 'closed.yaml'), 0);
	// Root may read all: what is run is somebody else then.
	const place = {cwd: own, ...(process.getuid?.() === 0 && {uid: 65534})};
	if ((await run(['--version'], place)).code !== 0) return t.log('Nobody may run this clone.');
	const {code, stderr} = await run(['lint', './closed.yaml'], place);
	t.is(code, 4);
	t.is(stderr, "closed.yaml can't be read: the permission is missing\n");
});

test('a working directory that is gone is told', async t => {
	const {code, stderr} = await inShell(
		t,
		'mkdir gone && cd gone && rmdir ../gone && "$0" "$1" list',
	);
	t.is(code, 4);
	t.is(stderr, 'The working directory is not there any more: change into another.\n');
});

test('a port that is in use is told, and nothing is left', async t => {
	const blocker = createServer().listen(0, '127.0.0.1');
	t.teardown(() => void blocker.close());
	await once(blocker, 'listening');
	const address = blocker.address();
	const port = typeof address === 'object' ? address?.port : undefined;
	const mark = markProcesses();
	const {code, stderr} = await run(['serve', '--port', `${port}`, 'api-move'], {env: mark.env});
	t.is(code, 4);
	t.regex(stderr, new RegExp(`^Port ${port} of 127\\.0\\.0\\.1.* is in use\\. .*\\n$`));
	t.deepEqual(await mark.leftBehind(), []);
});

test('a port in use that follows from another is told with that one', async t => {
	const blocker = createServer().listen(0, '127.0.0.1');
	t.teardown(() => void blocker.close());
	await once(blocker, 'listening');
	const address = blocker.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	const {code, stderr} = await run(['serve', '--port', '0', '--proxy', `${port}`, 'api-move']);
	t.is(code, 4);
	t.regex(stderr, new RegExp(`^Port ${port} .* is in use\\. .* from --proxy ${port} on\\.\\n$`));
	const before = await run(['serve', '--port', `${port - 1}`, 'api-move']);
	t.is(before.code, 4);
	// Another process may have the port of the API.
	if (before.stderr.startsWith(`Port ${port} `))
		t.regex(before.stderr, new RegExp(` is in use\\. .* after --port ${port - 1}\\.\\n$`));
});

const results = [
	{title: 'list', args: 'list', code: 0},
	{title: 'explain', args: 'explain', code: 0},
	{title: 'lint', args: 'lint api-move', code: 0},
	{title: 'completion', args: 'completion bash', code: 0},
	{title: 'help', args: '--help', code: 0},
	{title: 'check', args: 'check api-move -- true', code: 2},
	{title: 'grade', args: 'grade -s api-move -- true', code: 2},
	{title: 'serve', args: 'serve api-move', code: 0},
];

for (const {title, args, code} of results) {
	test(`${title}: an output that nobody reads any more is no fault`, async t => {
		// The reader has closed the pipe before anything is written.
		const line = `{ "$0" "$1" ${args}; echo $? >&3; } 3>code | true; cat code`;
		const ran = await inShell(t, line);
		t.is(ran.stdout, `${code}\n`);
		t.is(ran.stderr, '');
	});

	test(`${title}: an output that can't be written is told, with exit code 4`, async t => {
		const ran = await inShell(t, `[ -e /dev/full ] || exit 99; "$0" "$1" ${args} > /dev/full`);
		if (ran.code === 99) return t.log('This system has no /dev/full.');
		t.is(ran.code, 4);
		t.regex(ran.stderr, /^The output can't be written: .*no space.*\.\n$/i);
	});
}

/** A line for a shell in which "$0" "$1" is followthrough. */
async function inShell(t: ExecutionContext, line: string): Promise<Ran> {
	const cwd = await mkdtemp(join(tmpdir(), 'followthrough-shell-'));
	t.teardown(() => rm(cwd, {recursive: true, force: true}));
	const mark = markProcesses();
	const env = {...process.env, ...mark.env};
	const ran = await inTurn(
		() =>
			new Promise<Ran>(resolve => {
				const args = ['-c', line, process.execPath, bin];
				const child = execFile('sh', args, {cwd, env}, (_, stdout, stderr) =>
					resolve({code: child.exitCode, stdout, stderr}),
				);
			}),
	);
	t.deepEqual(await mark.leftBehind(), []);
	return ran;
}

const working = [
	{
		title: 'check',
		args: ['check', 'api-move', '--', 'sh', '-c', 'sleep 1000 & echo on; wait'],
		on: 'on\n',
		codes: {SIGINT: 130, SIGTERM: 143, SIGHUP: 129},
	},
	{
		title: 'serve',
		args: ['serve', 'api-move'],
		on: 'Ctrl+C stops.',
		codes: {SIGINT: 0, SIGTERM: 0, SIGHUP: 0},
	},
];

for (const {title, args, on, codes} of working)
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		test(`${title}: ${signal} ends it with all that it has started, with exit code ${codes[signal]}`, async t => {
			const mark = markProcesses();
			const ran = await inTurn(async () => {
				const running = start(args, {env: mark.env});
				await running.until(on);
				running.child.kill(signal);
				return running.end;
			});
			t.is(ran.code, codes[signal]);
			t.is(ran.stderr, codes[signal] === 0 ? '' : `Stopped by ${signal}.\n`);
			t.deepEqual(await mark.leftBehind(), []);
		});
