// What a start loads is most of what it costs. These are counted, not timed.
import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import test from 'ava';
import {root} from './helpers/source-files.ts';

/** Starts a double in a process of its own, and has it answer with a redirect; gives what was loaded. */
const program = `
	import {registerHooks} from 'node:module';
	import {connect} from 'node:net';
	const urls = [];
	registerHooks({
		load(url, context, next) {
			urls.push(url);
			return next(url, context);
		},
	});
	const {startDouble} = await import('./src/index.ts');
	const request = 'POST https://api.example.test/a';
	const headers = {Location: '/b'};
	const double = await startDouble({name: 'a', routes: [{request, response: {status: 307, headers}}]});
	const answer = await new Promise(resolve => {
		const socket = connect(new URL(double.url).port, '127.0.0.1');
		socket.once('data', data => resolve(String(data)));
		socket.end('POST /a HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n');
	});
	await double.close();
	console.log(JSON.stringify({answer, urls, native: process.moduleLoadList}));
`;

const loaded = (async (): Promise<{answer: string; urls: string[]; native: string[]}> => {
	const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program];
	const {stdout} = await promisify(execFile)(process.execPath, args, {cwd: root});
	return JSON.parse(stdout);
})();

test('what is loaded is enough to answer with a redirect', async t => {
	const {answer, urls} = await loaded;
	t.regex(answer, /^HTTP\/1\.1 307 /);
	t.true(urls.some(url => url.endsWith('/src/start-double.ts')));
	t.true(urls.some(url => url.includes('/node_modules/koa/')));
});

for (const name of ['ajv', 'yaml', '@peculiar/x509', 'reflect-metadata', 'fastest-levenshtein'])
	test(`a start does not load ${name}`, async t => {
		const {urls} = await loaded;
		t.deepEqual(
			urls.filter(url => url.includes(`/node_modules/${name}/`)),
			[],
		);
	});

for (const file of [
	'app/send-scripted',
	'doors/http2',
	'doors/tls',
	'scenario/check-json',
	'scenario/lint',
	'scenario/problem-words',
	'scenario/schema-faults',
])
	test(`a start does not load ${file}, which only some doubles need`, async t => {
		const {urls} = await loaded;
		t.false(urls.some(url => url.endsWith(`/src/${file}.ts`)));
	});

test('a start loads neither fetch, which comes with an import of node:http, nor TLS, nor HTTP/2', async t => {
	const {native} = await loaded;
	const needless = ['internal/deps/undici/undici', 'internal/tls/wrap', 'internal/http2/core'];
	t.deepEqual(
		needless.filter(name => native.includes(`NativeModule ${name}`)),
		[],
	);
});
