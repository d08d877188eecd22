// docs/http-api.md does what it says: its lines are run, and its tables name what there is.

import {execFile} from 'node:child_process';
import test from 'ava';
import {Doubles} from '../../src/api/doubles.ts';
import {problems} from '../../src/api/problems.ts';
import {operations} from '../../src/api/resources/index.ts';
import {startApi} from '../../src/api/start-api.ts';
import {lacksCurl} from '../helpers/needs-curl.ts';
import {textOf} from '../helpers/source-files.ts';

const page = textOf('docs/http-api.md');

test('every line of the page can be run', async t => {
	if (lacksCurl(t)) return;
	const doubles = new Doubles();
	const api = await startApi({doubles});
	t.teardown(async () => {
		await api.close();
		await doubles.close();
	});
	const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
	const script = blocks.join('').replace('http://127.0.0.1:3070', api.url);
	t.true(script.includes(api.url));
	const {failed, output} = await shell(`set -e\n${script}`);
	t.false(failed, output);
	t.regex(output, /"outcome": "kept"/);
	t.deepEqual(doubles.all(), []);
});

test('the page has all problems, with their statuses', t => {
	for (const [code, {status}] of Object.entries(problems))
		t.true(page.includes(`| ${status} | \`${code}\``), code);
});

test('the page has all operations', t => {
	const missing = operations.filter(({method, path}) => {
		const [, way = path] = /^\/v1\/doubles\/\{id\}(\/.*)$/.exec(path) ?? [];
		const written = way === path ? path : `${method} …${way}`;
		return path !== '/' && !page.includes(written);
	});
	t.deepEqual(
		missing.map(({id}) => id),
		[],
	);
});

function shell(script: string): Promise<{failed: boolean; output: string}> {
	return new Promise(resolve =>
		execFile('sh', ['-c', script], (error, stdout, stderr) =>
			resolve({failed: error !== null, output: stdout + stderr}),
		),
	);
}
