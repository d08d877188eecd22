// The options of `followthrough serve`, in processes of their own.

import {spawn} from 'node:child_process';
import {randomInt} from 'node:crypto';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {request} from 'node:http';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import test, {type ExecutionContext} from 'ava';
import type {Opened} from '../../src/cli/announcement.ts';
import {bin, type Running, run, start} from '../helpers/followthrough.ts';

const users = 'https://api.example.test/api/v1/users';

async function folderOf(t: ExecutionContext): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'followthrough-options-'));
	t.teardown(() => rm(folder, {recursive: true}));
	return folder;
}

/** Serves, and waits until the file that announces it is there. */
async function serving(
	t: ExecutionContext,
	...args: string[]
): Promise<{readonly running: Running; readonly opened: Opened; readonly file: string}> {
	const file = join(await folderOf(t), 'ready.json');
	const running = start(['serve', '--ready-file', file, ...args]);
	t.teardown(() => void running.child.kill('SIGKILL'));
	await running.until('Ctrl+C stops.');
	while (!existsSync(file)) {
		if (running.child.exitCode !== null) throw new Error((await running.end).stderr);
		await new Promise(setImmediate);
	}
	return {running, opened: JSON.parse(await readFile(file, 'utf8')), file};
}

for (const [signal, name] of [
	['SIGINT', 'Ctrl+C'],
	['SIGTERM', 'SIGTERM'],
	['SIGHUP', 'a terminal that closes'],
] as const)
	test(`${name} ends it with a summary, and closes all`, async t => {
		const {running, opened, file} = await serving(t, 'api-move', 'upload-reroute');
		const [double] = opened.doubles;
		t.is(running.child.pid, opened.pid);
		t.deepEqual(
			opened.doubles.map(({id, name: scenario}) => [id, scenario]),
			[
				['api-move', 'api-move'],
				['upload-reroute', 'upload-reroute'],
			],
		);
		t.regex(await readFile(double?.caFile ?? '', 'utf8'), /^-----BEGIN CERTIFICATE-----/);
		const url = `${double?.url}/api/v1/users`;
		await fetch(url, {method: 'POST', body: 'Ada'});
		await fetch(url, {method: 'POST', body: 'Bob', redirect: 'manual'});
		await running.until('api-move 3');
		running.child.kill(signal);
		const {code, stdout, stderr} = await running.end;
		t.deepEqual({code, stderr}, {code: 0, stderr: ''});
		const line = '3 exchanges, 2 redirects (1 followed, 1 waiting), rules broken 0 times';
		t.true(stdout.endsWith(`\n  api-move: ${line}\nStopped: ${line}.\n`), stdout);
		t.false(existsSync(file));
		t.false(existsSync(double?.caFile ?? ''));
		await t.throwsAsync(fetch(url));
	});

test('a script is told by a pipe that it has opened', async t => {
	const child = spawn(process.execPath, [bin, 'serve', '--ready-fd', '3', 'api-move'], {
		stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
	});
	t.teardown(() => void child.kill('SIGKILL'));
	const pipe = child.stdio[3];
	if (pipe === null || pipe === undefined || !('read' in pipe)) throw new Error('It has no pipe.');
	// It ends, since the process closes its side.
	const opened: Opened = JSON.parse(await text(pipe));
	t.is(opened.doubles[0]?.name, 'api-move');
	child.kill('SIGINT');
	t.deepEqual(await once(child, 'close'), [0, null]);
});

test('a ready file of a process that was killed is no announcement', async t => {
	const {running, file} = await serving(t, 'api-move');
	running.child.kill('SIGKILL');
	await running.end;
	t.true(existsSync(file));
	const {code} = await run(['serve', '--ready-file', file, 'no-such-scenario']);
	t.is(code, 4);
	t.false(existsSync(file));
});

for (const text of ['name: mine\nroutes: []\n', '{"pid": 1}', '[]', 'null'])
	test(`a file of another kind is no ready file, and stays: ${JSON.stringify(text)}`, async t => {
		const file = join(await folderOf(t), 'mine.yaml');
		await writeFile(file, text);
		const {code, stdout, stderr} = await run(['serve', '--ready-file', file, 'api-move']);
		t.deepEqual({code, stdout}, {code: 4, stdout: ''});
		t.is(
			stderr,
			`The ready file ${file} is there already, and is none that a server has left: name another one.\n`,
		);
		t.is(await readFile(file, 'utf8'), text);
	});

test('an empty file may become the ready file, as mktemp makes one', async t => {
	const file = join(await folderOf(t), 'ready.json');
	await writeFile(file, '');
	const {code} = await run(['serve', '--ready-file', file, 'no-such-scenario']);
	t.is(code, 4);
	t.false(existsSync(file));
});

const unwritable = [
	{
		args: ['--ready-file', '/no-such-folder/ready.json'],
		told: `The ready file /no-such-folder/ready.json can't be written: there is no folder "/no-such-folder".\n`,
	},
	{
		args: ['--ready-file', 'package.json/ready.json'],
		told: `The ready file package.json/ready.json can't be written: there is no folder "package.json".\n`,
	},
	{args: ['--ready-file', '/'], told: "The ready file / can't be written: it is a folder.\n"},
	{args: ['--ready-fd', '99'], told: "The file descriptor 99 (--ready-fd) can't be written: "},
];

for (const {args, told} of unwritable)
	test(`with ${args.join(' ')} nothing is served, for a reason in one line`, async t => {
		const {code, stdout, stderr} = await run(['serve', ...args, 'api-move']);
		t.deepEqual({code, stdout}, {code: 4, stdout: ''});
		t.true(stderr.startsWith(told), stderr);
		t.is(stderr.split('\n').length, 2, stderr);
	});

test('--host and --advertise say where it is opened, and what clients are told', async t => {
	const args = ['--host', '127.0.0.2', '--advertise', 'localhost', 'api-move'];
	const {running, opened} = await serving(t, ...args);
	const [double] = opened.doubles;
	t.regex(double?.url ?? '', /^http:\/\/localhost:\d+$/);
	t.regex(double?.proxy ?? '', /^http:\/\/localhost:\d+$/);
	const {port} = new URL(double?.url ?? '');
	const response = await fetch(`http://127.0.0.2:${port}/api/v1/users`, {
		method: 'POST',
		redirect: 'manual',
	});
	t.is(response.headers.get('location'), `${double?.url}/api/v2/users`);
	// Another server may have the same port there.
	const elsewhere = await fetch(`http://127.0.0.1:${port}/api/v1/users`, {
		method: 'POST',
		redirect: 'manual',
	}).catch(() => undefined);
	t.not(elsewhere?.headers.get('location'), `${double?.url}/api/v2/users`);
	running.child.kill('SIGINT');
	const {code, stdout} = await running.end;
	t.is(code, 0);
	t.true(stdout.includes(`${users} → http://localhost:${port}/api/v1/users`), stdout);
	t.true(stdout.includes(`https_proxy=${double?.proxy}`), stdout);
});

const wrongHosts = [
	{
		args: ['--host', '203.0.113.9'],
		told: /^The option host is 203\.0\.113\.9, which is no address/,
	},
	{args: ['--advertise', 'a.test:80'], told: /^The option advertise is "a\.test:80"; expected/},
	{args: ['--proxy', 'x'], told: /^error: option '--proxy <port>' argument 'x' is invalid\. /},
];

for (const {args, told} of wrongHosts)
	test(`${args.join(' ')} is refused in one line`, async t => {
		const {code, stdout, stderr} = await run(['serve', ...args, 'api-move']);
		t.deepEqual({code, stdout}, {code: 4, stdout: ''});
		t.regex(stderr, told);
	});

test('--proxy gives the proxies ports in a row; one that is in use is told, and nothing is left open', async t => {
	// The system gives ports below 32768 to nobody who asks for any.
	const server = createServer().listen(10_000 + randomInt(20_000), '127.0.0.1');
	t.teardown(() => void server.close());
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	const {code, stdout, stderr} = await run(['serve', '--proxy', String(port), 'api-move']);
	t.deepEqual({code, stdout}, {code: 4, stdout: ''});
	t.is(
		stderr,
		`Port ${port} of 127.0.0.1, asked for the proxy, is in use. Leave the port out to get a free one. The proxies take the ports from --proxy ${port} on.\n`,
	);
	server.close();
	await once(server, 'close');
	const {running, opened} = await serving(t, '--proxy', String(port), 'api-move');
	t.is(opened.doubles[0]?.proxy, `http://127.0.0.1:${port}`);
	running.child.kill('SIGINT');
	t.is((await running.end).code, 0);
});

test('--watch plays a file anew, tells a broken one, and goes on with it when it is mended', async t => {
	const folder = await folderOf(t);
	const file = join(folder, 'mine.yaml');
	const yaml = (name: string) =>
		`name: ${name}\nroutes:\n  - request: GET https://api.example.test/name\n    response: { text: ${name} }\n`;
	await writeFile(file, yaml('first'));
	const {running, opened} = await serving(t, '--watch', file);
	const url = `${opened.doubles[0]?.url}/name`;
	const name = async () => (await fetch(url)).text();
	let stderr = '';
	running.child.stderr?.on('data', piece => {
		stderr += piece;
	});
	t.is(await name(), 'first');
	await writeFile(file, yaml('second').replace('routes:', 'route:'));
	while (!stderr.includes('first is played on as it was before.')) await new Promise(setImmediate);
	t.true(stderr.startsWith(`${file} has 2 problems:\n  1:1  `), stderr);
	t.is(await name(), 'first');
	await writeFile(file, yaml('third'));
	await running.until(`${file} has changed, and is played from now on.\n`);
	t.is(await name(), 'third');
	// A double goes by the name that it was started with.
	await running.until('first 3');
	running.child.kill('SIGINT');
	t.is((await running.end).code, 0);
});

test('with --watch, scenarios that come with the package are no files to watch', async t => {
	const {running} = await serving(t, '--watch', 'api-move');
	running.child.kill('SIGINT');
	t.like(await running.end, {
		code: 0,
		stderr: 'Nothing is watched: the scenarios come with the package, and do not change.\n',
	});
});

test('with --watch and no scenario, it says that there is none to watch', async t => {
	const {running} = await serving(t, '--watch');
	running.child.kill('SIGINT');
	t.like(await running.end, {
		code: 0,
		stderr: 'Nothing is watched: no scenario is named, and those of the API come without a file.\n',
	});
});

test('a closed pipe ends it, and leaves nothing behind', async t => {
	const {running, file} = await serving(t, 'api-move');
	running.child.stdout?.destroy();
	running.child.kill('SIGTERM');
	t.is((await running.end).code, 0);
	t.false(existsSync(file));
});

const titles = '/v1/scenarios';

test('a token of the command line is asked for by the API, and told nowhere', async t => {
	const {running, opened} = await serving(t, '--port', '0', '--token', 's3cret', 'api-move');
	const {url} = opened.api;
	const authorization = {Authorization: 'Bearer s3cret'};
	t.is((await fetch(`${url}${titles}`)).status, 401);
	t.is((await fetch(`${url}${titles}`, {headers: authorization})).status, 200);
	const shown = `${url}/v1/doubles/api-move/exchanges?secrets=shown`;
	t.is((await fetch(shown, {headers: authorization})).status, 200);
	running.child.kill('SIGTERM');
	const {stdout, stderr} = await running.end;
	t.false(`${stdout}${stderr}${JSON.stringify(opened)}`.includes('s3cret'));
});

test('a token that is empty, as by a variable that is not set, is refused', async t => {
	for (const [token, told] of [
		['', /^The token is empty: leave --token out /],
		['s3 cret', /^The token can not be sent: /],
	] as const) {
		const {code, stderr} = await run(['serve', '--token', token]);
		t.is(code, 4);
		t.regex(stderr, told);
	}
});

test('--show-secrets lets whoever asks see them; without it, nobody does', async t => {
	const path = '/v1/doubles/api-move/exchanges?secrets=shown';
	const open = await serving(t, '--port', '0', '--show-secrets', 'api-move');
	t.is((await fetch(open.opened.api.url + path)).status, 200);
	const closed = await serving(t, '--port', '0', 'api-move');
	t.is((await fetch(closed.opened.api.url + path)).status, 403);
});

test('--allow-host adds names of the API, --max-doubles says how many it makes', async t => {
	const names = ['--allow-host', 'ci.example.test', '--allow-host', 'Box.Example.test'];
	const {opened} = await serving(t, '--port', '0', '--max-doubles', '1', ...names);
	const {port} = new URL(opened.api.url);
	const statusFor = async (host: string) => {
		const asked = request({port, host: '127.0.0.1', path: titles, headers: {Host: host}}).end();
		const [response] = await once(asked, 'response');
		response.resume();
		return response.statusCode;
	};
	t.is(await statusFor('ci.example.test'), 200);
	t.is(await statusFor(`box.example.test:${port}`), 200);
	t.is(await statusFor('evil.example.test'), 421);
	const start = () =>
		fetch(`${opened.api.url}/v1/doubles`, {
			method: 'POST',
			headers: {'Content-Type': 'application/json'},
			body: '{"scenario":"api-move"}',
		});
	t.is((await start()).status, 201);
	t.is((await start()).status, 409);
});
