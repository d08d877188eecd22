// The built command, with real clients: what a test suite in any language would see.
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {run, start} from '../helpers/followthrough.ts';
import {lacksCurl} from '../helpers/needs-curl.ts';

const users = 'https://api.example.test/api/v1/users';
const post = ['curl', '-sSL', '--disable', '-d', '{"name":"Ada"}'];

interface Row {
	readonly title: string;
	readonly scenario?: string;
	readonly command: readonly string[];
	readonly code: number;
	readonly last: RegExp;
}

const rows: readonly Row[] = [
	{
		title: 'curl at the documented URL keeps the rules, through the proxy',
		command: [...post, users],
		code: 0,
		last: /^✓ kept: \d rules, at 1 followed redirect$/,
	},
	{
		title: 'curl at the local form of a documented URL keeps the rules, around the proxy',
		command: [...post, `{url:${users}}`],
		code: 0,
		last: /^✓ kept/,
	},
	{
		title: 'curl at the local URL of the first origin keeps the rules',
		command: [...post, '{url}/api/v1/users'],
		code: 0,
		last: /^✓ kept/,
	},
	{
		title: 'a placeholder may stand in the middle of a word, for a shell',
		command: ['sh', '-c', `${post.slice(0, -1).join(' ')} Ada "$0"`, '{url}/api/v1/users'],
		code: 0,
		last: /^✓ kept/,
	},
	{
		title: 'curl -X POST sends a POST where 303 asks for a GET',
		scenario: 'see-other-303',
		command: [...post, '-X', 'POST', 'https://surveys.example.test/answers'],
		code: 1,
		last: /^✗ broken: (?:.*, )?see-other-retrieves/,
	},
	{
		title: 'a broken rule counts before the failure of the command',
		scenario: 'see-other-303',
		command: ['sh', '-c', `curl -sSL -d a -X POST "$0"; exit 7`, '{url}/answers'],
		code: 1,
		last: /see-other-retrieves.*; the command ended with exit code 7$/,
	},
	{
		title: 'without -L, curl follows nothing, so nothing can be told',
		command: ['curl', '-sS', '-d', 'a', users],
		code: 2,
		last: /^\? could not tell: of 1 redirect that was answered, 1 was not followed$/,
	},
	{
		title: 'a command that sends nothing tells nothing',
		command: ['true'],
		code: 2,
		last: /^\? could not tell: the command sent no request to the double; give it /,
	},
	{
		title: 'a request that no redirect answers tells nothing',
		command: ['curl', '-sS', 'https://api.example.test/'],
		code: 2,
		last: /^\? could not tell: no redirect was answered$/,
	},
	{
		title: 'a command that fails is not taken for one that keeps the rules',
		command: ['sh', '-c', 'curl -sSL -d a "$0"; exit 22', users],
		code: 3,
		last: /^✗ command failed: the command ended with exit code 22$/,
	},
	{
		title: 'a command that is killed has failed',
		command: ['sh', '-c', 'kill -9 $$'],
		code: 3,
		last: /^✗ command failed: the command was ended by SIGKILL$/,
	},
];

for (const {title, scenario = 'api-move', command, code, last} of rows)
	test(`${title}: exit code ${code}`, async t => {
		if (command.join(' ').includes('curl') && lacksCurl(t)) return;
		const ran = await run(['check', scenario, '--', ...command]);
		t.is(ran.code, code, ran.stdout + ran.stderr);
		t.regex(ran.stdout.trimEnd().split('\n').at(-1) ?? '', last);
	});

const faults = [
	{
		title: 'a command that is not found',
		args: ['api-move', '--', 'no-such-client'],
		code: 3,
		stderr: /^The command "no-such-client" was not found\.\n$/,
	},
	{
		title: 'a command that can not be run',
		args: ['api-move', '--', './README.md'],
		code: 3,
		stderr: /^The command ".\/README.md" can't be run: it is not executable\.\n$/,
	},
	{
		title: 'a scenario that is unknown',
		args: ['api-mov', '--', 'true'],
		code: 4,
		stderr: /^no shipped scenario is called "api-mov"; did you mean "api-move"\? \(.*\)\n$/,
	},
	{
		title: 'a placeholder for a URL that the scenario does not know',
		args: ['api-move', '--', 'true', '{url:https://other.example.test/}'],
		code: 4,
		stderr: /^"https:\/\/other\.example\.test\/" is not of this double's scenario\. .*\n$/,
	},
	{
		title: 'no command',
		args: ['api-move'],
		code: 4,
		stderr: /^error: missing required argument 'command'\n\(.* stands behind "--"; .*\)\n$/,
	},
	{
		title: 'a command without -- before it',
		args: ['api-move', 'curl', '-L', users],
		code: 4,
		stderr: /^error: unknown option '-L'\n\(.* stands behind "--"; .*\)\n$/,
	},
];

for (const {title, args, code, stderr} of faults)
	test(`${title} is told in a line, with exit code ${code}`, async t => {
		const ran = await run(['check', ...args]);
		t.like(ran, {code, stdout: ''});
		t.regex(ran.stderr, stderr);
	});

test('--json prints nothing but the verdict, and what the command prints goes to stderr', async t => {
	if (lacksCurl(t)) return;
	const {code, stdout, stderr} = await run(['check', '--json', 'api-move', '--', ...post, users]);
	t.is(code, 0, stderr);
	const {kept, ...told} = JSON.parse(stdout).verdict;
	t.like(told, {scenario: 'api-move', hops: {followed: 1, declined: 0, waiting: 0}, broken: []});
	t.true(kept.length > 5);
	t.like(JSON.parse(stdout), {outcome: 'kept', command: {code: 0, signal: null}});
	t.is(stderr, '{"id":123}');
});

test('what a command leaves running in the background is ended with it', async t => {
	// It has the output open: the run ends for this test only when that is closed.
	const {code, stdout} = await run(['check', 'api-move', '--', 'sh', '-c', 'sleep 1000 & echo on']);
	t.is(code, 2);
	t.regex(stdout, /^on\n/);
});

for (const {signal, code} of [
	{signal: 'SIGINT', code: 130},
	{signal: 'SIGTERM', code: 143},
] as const)
	test(`${signal} ends the command and all that it has started: exit code ${code}`, async t => {
		const inBackground = 'sleep 1000 & echo on; wait';
		const running = start(['check', 'api-move', '--', 'sh', '-c', inBackground]);
		await running.until('on\n');
		running.child.kill(signal);
		t.deepEqual(await running.end, {code, stdout: 'on\n', stderr: `Stopped by ${signal}.\n`});
	});

for (const {title, script, code, last} of [
	{
		title: 'a command that hangs has failed',
		script: 'sleep 1000 & wait',
		code: 3,
		last: /^✗ command failed: the command did not end within 300 ms, and was ended$/,
	},
	{
		title: 'a command that ends with 0 when it is asked to end has failed too',
		script: "trap 'exit 0' TERM; sleep 1000 & wait",
		code: 3,
		last: /^✗ command failed: the command did not end within 300 ms, and was ended$/,
	},
	{
		title: 'a command that does not listen is killed',
		script: "trap '' TERM; while :; do sleep 1000; done",
		code: 3,
		last: /^✗ command failed: the command did not end within 300 ms, and was ended$/,
	},
])
	test(`--timeout: ${title}: exit code ${code}`, async t => {
		// What is started has the output open: the run ends for this test only when that is closed.
		const ran = await run(['check', '--timeout', '300', 'api-move', '--', 'sh', '-c', script]);
		t.is(ran.code, code, ran.stdout + ran.stderr);
		t.regex(ran.stdout.trimEnd().split('\n').at(-1) ?? '', last);
	});

test('--timeout: a rule that was broken before counts, and the JSON tells both', async t => {
	if (lacksCurl(t)) return;
	const script = 'curl -sSL -d a -X POST "$0"; exec sleep 1000';
	const args = ['--json', '--timeout', '4000', 'see-other-303', '--', 'sh', '-c', script];
	const {code, stdout} = await run(['check', ...args, '{url}/answers']);
	t.is(code, 1, stdout);
	const told = JSON.parse(stdout);
	t.like(told, {outcome: 'broken', command: {code: null, signal: 'SIGTERM', timedOut: 4000}});
	t.regex(told.why, /see-other-retrieves.*; the command did not end within 4000 ms/);
});

test('--timeout: a command that ends in its time is not touched', async t => {
	const {code, stdout} = await run([
		'check',
		'--timeout',
		'60000',
		'--json',
		'api-move',
		'--',
		'true',
	]);
	t.is(code, 2);
	t.deepEqual(JSON.parse(stdout).command, {code: 0, signal: null});
});

test('a command that does not listen to SIGTERM is killed', async t => {
	const deaf = `trap '' TERM; echo on; while :; do sleep 1000; done`;
	const running = start(['check', 'api-move', '--', 'sh', '-c', deaf]);
	await running.until('on\n');
	running.child.kill('SIGTERM');
	t.like(await running.end, {code: 143});
});

test('no temporary file is left behind, however it ends', async t => {
	const folder = await mkdtemp(join(tmpdir(), 'followthrough-check-'));
	t.teardown(() => rm(folder, {recursive: true}));
	const env = {TMPDIR: folder};
	await run(['check', 'api-move', '--', 'true'], {env});
	await run(['check', 'api-move', '--', 'no-such-client'], {env});
	const running = start(['check', 'api-move', '--', 'sh', '-c', 'echo on; sleep 1000'], {env});
	await running.until('on\n');
	running.child.kill('SIGTERM');
	await running.end;
	t.deepEqual(await readdir(folder), []);
});
