// A server that may open few files, in a process of its own.

import {spawn} from 'node:child_process';
import test from 'ava';
import type {Opened} from '../../src/cli/announcement.ts';
import {bin} from '../helpers/followthrough.ts';

test('a double for which no file is left is a problem that says so', async t => {
	const line = 'ulimit -n 64; exec "$0" "$@" 3>&1 >/dev/null';
	const args = [process.execPath, bin, 'serve', '--port', '0', '--ready-fd', '3'];
	const child = spawn('sh', ['-c', line, ...args], {stdio: ['ignore', 'pipe', 'pipe']});
	t.teardown(() => void child.kill('SIGKILL'));
	let stderr = '';
	child.stderr.setEncoding('utf8').on('data', text => {
		stderr += text;
	});
	let ready = '';
	for await (const text of child.stdout.setEncoding('utf8')) ready += text;
	const {api}: Opened = JSON.parse(ready);
	const scenario = {
		name: 'a',
		routes: [{request: 'GET https://a.test/', response: {status: 204}}],
	};
	let answer: Response;
	do
		answer = await fetch(`${api.url}/v1/doubles`, {
			method: 'POST',
			headers: {'Content-Type': 'application/json'},
			body: JSON.stringify({scenario}),
		});
	while (answer.status === 201 && (await answer.text()) !== '');
	t.is(answer.status, 503);
	t.like(await answer.json(), {code: 'TOO_MANY_OPEN_FILES'});
	t.is(stderr, '');
});
