// The built command with clients that keep to the contract of docs/cli.md.
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {run, start} from '../helpers/followthrough.ts';
import {lacksCurl} from '../helpers/needs-curl.ts';

const curl = [
	'sh',
	fileURLToPath(new URL('../clients/programs/curl.sh', import.meta.url)),
] as const;

const rows = [
	{
		title: 'curl passes',
		scenario: 'api-move',
		client: curl,
		code: 0,
		stdout: /^# How sh .*curl\.sh follows redirects\n\n\*\*✓ Passed\.\*\*/,
	},
	{
		title: 'curl -X breaks a rule',
		scenario: 'see-other-303',
		client: [...curl, 'forced'],
		code: 1,
		stdout: /\*\*✗ Not passed: \d rules? broken in 1 scenario\.\*\*[\s\S]*see-other-retrieves/,
	},
	{
		title: 'a client that sends nothing shows nothing',
		scenario: 'api-move',
		client: ['true'],
		code: 2,
		stdout: /the client sent no request/,
	},
	{
		title: 'the complaint of a client that fails is in the report',
		scenario: 'api-move',
		client: ['sh', '-c', 'echo it rains >&2; exit 7'],
		code: 2,
		stdout: /it rains/,
	},
	{
		title: 'a client that crashes has failed',
		scenario: 'api-move',
		client: ['sh', '-c', 'kill -9 $$'],
		code: 3,
		stdout: /the client crashed in 1 scenario/,
	},
	{
		title: 'a client that hangs has failed, and is ended with what it has started',
		scenario: 'api-move',
		client: ['sh', '-c', 'sleep 1000 & wait'],
		code: 3,
		stdout: /no answer within 500 ms/,
	},
];

for (const {title, scenario, client, code, stdout} of rows)
	test(`${title}: exit code ${code}`, async t => {
		if (client[0] === curl[0] && lacksCurl(t)) return;
		const timeout = code === 3 ? ['--timeout', '500'] : [];
		const ran = await run(['grade', '--scenario', scenario, ...timeout, '--', ...client]);
		t.is(ran.code, code, ran.stdout + ran.stderr);
		t.regex(ran.stdout, stdout);
		t.is(ran.stderr, '', 'no progress is drawn where there is no terminal');
	});

test('--export writes reports to files beside the one that is printed', async t => {
	if (lacksCurl(t)) return;
	const folder = await mkdtemp(join(tmpdir(), 'followthrough-grade-'));
	t.teardown(() => rm(folder, {recursive: true}));
	const [xml, json] = [join(folder, 'a=b.xml'), join(folder, 'grade.json')];
	const files = ['--export', `junit=${xml}`, '--export', `json=${json}`];
	const options = ['--scenario', 'api-move', '--name', 'curl'];
	const {code, stdout} = await run(['grade', ...options, ...files, '--', ...curl]);
	t.is(code, 0);
	t.regex(stdout, /^# How curl follows redirects/);
	t.regex(await readFile(xml, 'utf8'), /<testsuites name="curl"/);
	t.like(JSON.parse(await readFile(json, 'utf8')), {client: 'curl', passed: true});
});

for (const {value, told} of [
	{
		value: 'pdf=report.pdf',
		told: "error: option '--export <format=file>' argument 'pdf=report.pdf' is invalid. Expected FORMAT=FILE, such as markdown=report, with a format of markdown, json, junit, html.",
	},
	{
		value: 'junit',
		told: "error: option '--export <format=file>' argument 'junit' is invalid. Expected FORMAT=FILE, such as markdown=report, with a format of markdown, json, junit, html.",
	},
	{
		value: 'junit=no/such/folder/report.xml',
		told: `"no/such/folder/report.xml" can't be written: there is no folder "no/such/folder".`,
	},
])
	test(`--export ${value} is refused before anything is played`, async t => {
		const {code, stdout, stderr} = await run(['grade', '--export', value, '--', 'false']);
		t.like({code, stdout}, {code: 4, stdout: ''});
		t.is(stderr.split('\n')[0], told);
	});

test('the client gets the call by its environment, and no proxy', async t => {
	const folder = await ownFolder(t);
	const program = join(folder, 'client.sh');
	const report = join(folder, 'told');
	const lines = [
		'echo "$METHOD $URL" | sed "s/:[0-9][0-9]*/:PORT/" > "$1"',
		'cat "$HEADERS_FILE" "$BODY_FILE" >> "$1"',
		'env | grep -ci _proxy= >> "$1"',
		'echo talk; echo 201',
	];
	await writeFile(program, lines.join('\n'));
	const env = {HTTPS_PROXY: 'http://proxy.example.test', https_proxy: 'http://proxy.example.test'};
	const args = ['grade', '--json', '--scenario', 'api-move', '--', 'sh', program, report];
	const {stdout} = await run(args, {env});
	t.is(
		await readFile(report, 'utf8'),
		[
			'POST http://127.0.0.1:PORT/api/v1/users',
			'Content-Type: application/json',
			'{"name":"Ada"}0',
			'',
		].join('\n'),
	);
	const [{calls}] = JSON.parse(stdout).scenarios;
	t.deepEqual(calls[0].result, {ended: 'answered', status: 201});
});

test('trailers are in a file, which is not there for a call without', async t => {
	const folder = await ownFolder(t);
	const program = join(folder, 'client.sh');
	const report = join(folder, 'told');
	await writeFile(
		program,
		'if [ -n "$TRAILERS_FILE" ]; then cat "$TRAILERS_FILE"; else echo none; fi >> "$1"',
	);
	const scenarios = ['-s', 'trailers', '-s', 'api-move', '--concurrency', '1'];
	await run(['grade', ...scenarios, '--', 'sh', program, report]);
	t.is(await readFile(report, 'utf8'), 'X-Checksum: crc32=d00f02d0\nnone\n');
});

for (const format of ['markdown', 'json', 'junit', 'html'])
	test(`a report in ${format} shows no parameter of the client, which may be a secret`, async t => {
		const folder = await ownFolder(t);
		const program = join(folder, 'client.sh');
		await writeFile(program, 'exit 7');
		const secrets = [
			'--token',
			'hunter2',
			'--api-key=hunter2',
			'https://ada:hunter2@a.test',
			'hunter2',
		];
		const args = ['--scenario', 'api-move', '--format', format, '--', 'sh', program, ...secrets];
		const {stdout} = await run(['grade', ...args]);
		t.regex(stdout, /sh \S+client\.sh/);
		t.notRegex(stdout, /hunter2|api-key/);
	});

for (const {format, begins} of [
	{format: 'markdown', begins: /^# How my client follows redirects\n/},
	{format: 'json', begins: /^\{\n\t"client": "my client",/},
	{format: 'junit', begins: /^<\?xml [\s\S]*<testsuites? [^>]*my client/},
	{format: 'html', begins: /^<!doctype html>[\s\S]*my client/i},
])
	test(`--format ${format} prints that, with the name that is given`, async t => {
		const args = ['--scenario', 'api-move', '--format', format, '--name', 'my client'];
		const {stdout} = await run(['grade', ...args, '--', 'true']);
		t.regex(stdout, begins);
		t.true(stdout.endsWith('\n'));
	});

test('several scenarios are played, by name and by path', async t => {
	const args = ['-s', 'see-other-303', '-s', './scenarios/documented/api-move.yaml'];
	const {stdout} = await run(['grade', '--json', '--concurrency', '1', ...args, '--', 'true']);
	const {scenarios} = JSON.parse(stdout);
	t.deepEqual(
		scenarios.map(({scenario}: {scenario: string}) => scenario),
		['see-other-303', 'api-move'],
	);
});

test('--except leaves a scenario out', async t => {
	const args = ['-s', 'see-other-303', '-s', 'api-move', '--except', 'see-other-303'];
	const {stdout} = await run(['grade', '--json', ...args, '--', 'true']);
	const {scenarios} = JSON.parse(stdout);
	t.deepEqual(
		scenarios.map(({scenario}: {scenario: string}) => scenario),
		['api-move'],
	);
});

const faults = [
	{
		title: 'a client that is not found',
		args: ['--scenario', 'api-move', '--', 'no-such-client'],
		code: 3,
		stderr: /^The command "no-such-client" was not found\.\n$/,
	},
	{
		title: 'unknown scenarios',
		args: ['-s', 'api-mov', '-s', 'redirect-lop', '--', 'true'],
		code: 4,
		stderr: /^no .* "api-mov"; did you mean "api-move"\? .*\nno .* "redirect-lop"; .*\n$/,
	},
	{
		title: 'an unknown scenario to leave out',
		args: ['--except', 'api-mov', '--', 'true'],
		code: 4,
		stderr: /"api-mov".*; did you mean "api-move"\? .*\n$/,
	},
	{
		title: 'an unknown format',
		args: ['--format', 'text', '--', 'true'],
		code: 4,
		stderr: /^error: option '-f, --format <format>' argument 'text' is invalid\. Allowed/,
	},
	{
		title: 'a time that is none',
		args: ['--timeout', '1s', '--', 'true'],
		code: 4,
		stderr: /^error: option '--timeout <ms>' argument '1s' is invalid\. Expected a whole/,
	},
	{
		title: 'no client',
		args: [],
		code: 4,
		stderr: /^error: missing required argument 'client'\n/,
	},
];

for (const {title, args, code, stderr} of faults)
	test(`grade tells ${title}, with exit code ${code}`, async t => {
		const ran = await run(['grade', ...args]);
		t.like(ran, {code, stdout: ''});
		t.regex(ran.stderr, stderr);
	});

test('an interrupted grading ends its clients, and leaves no file behind', async t => {
	const folder = await ownFolder(t);
	const told = join(folder, 'told');
	const temporary = await ownFolder(t);
	const client = ['sh', '-c', `echo on > ${told}; sleep 1000 & wait`];
	const args = ['grade', '--scenario', 'api-move', '--', ...client];
	const running = start(args, {env: {TMPDIR: temporary}});
	while (!(await readdir(folder)).includes('told')) await new Promise(setImmediate);
	running.child.kill('SIGTERM');
	t.deepEqual(await running.end, {code: 143, stdout: '', stderr: 'Stopped by SIGTERM.\n'});
	t.deepEqual(await readdir(temporary), []);
});

async function ownFolder(t: ExecutionContext): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'followthrough-grade-'));
	t.teardown(() => rm(folder, {recursive: true}));
	return folder;
}
