// What a start of the built package loads is most of what it costs. It is looked at, not timed.
import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import test from 'ava';
import {filesBelow, root, textOf} from './helpers/source-files.ts';

/** Starts a double of the built package in a process of its own, and has it answer with a redirect; gives what was loaded. */
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
	const {startDouble} = await import('./dist/index.js');
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

test('of the package itself a start loads two files; the others are what only some doubles need', async t => {
	const {urls} = await loaded;
	const own = urls.filter(url => url.includes('/dist/') && !url.includes('/node_modules/'));
	t.deepEqual(
		own.map(url => url.slice(url.indexOf('/dist/'))),
		['/dist/index.js', '/dist/parts/core.js'],
	);
	t.deepEqual(filesBelow('dist/parts'), [
		'call-content.js',
		'certificates.js',
		'check-json.js',
		'core.js',
		'curl-line.js',
		'curl.js',
		'documented-fields.js',
		'double-conclusion.js',
		'grade-scenarios.js',
		'har.js',
		'html.js',
		'http2.js',
		'json-text.js',
		'json.js',
		'junit-parts.js',
		'junit.js',
		'lint.js',
		'markdown-parts.js',
		'markdown.js',
		'markup.js',
		'outcome.js',
		'package-version.js',
		'problem-words.js',
		'rule-sections.js',
		'sarif.js',
		'schema-faults.js',
		'secrets.js',
		'send-scripted.js',
		'tls.js',
		'verdict-junit.js',
		'verdict-markdown.js',
		'words.js',
	]);
});

test('a start loads neither fetch, which comes with an import of node:http, nor TLS, nor HTTP/2', async t => {
	const {native} = await loaded;
	const needless = ['internal/deps/undici/undici', 'internal/tls/wrap', 'internal/http2/core'];
	t.deepEqual(
		needless.filter(name => native.includes(`NativeModule ${name}`)),
		[],
	);
});

test('the command loads commander and its own words; what a command does is loaded when it is asked for', async t => {
	const {stdout, urls} = await loadedBy('grade', '--help');
	t.regex(stdout, /^Usage: followthrough grade /);
	const files = urls.filter(url => url.startsWith('file:'));
	const its = /\/dist\/cli\/|\/commander\/|\/parts\/package-version\.js$|\/package\.json$/;
	t.deepEqual(
		files.filter(url => !its.test(url)),
		[],
	);
	t.true(files.some(url => url.includes('/commander/')));
	t.false(files.some(url => url.endsWith('/parts/grade.js')));
});

test('the HTTP API is part of what serve does, and no other command loads it', async t => {
	const holders = filesBelow('dist').filter(
		file => file.endsWith('.js') && textOf(`dist/${file}`).includes('/v1/health'),
	);
	t.deepEqual(holders, ['cli/parts/serve-scenarios.js']);
	for (const args of [['list'], ['lint', 'api-move'], ['check', 'api-move', '--', 'true']]) {
		const {urls} = await loadedBy(...args);
		t.false(urls.some(url => url.endsWith('/parts/serve-scenarios.js')));
	}
});

/** Runs the built command, and tells what it loads. */
async function loadedBy(...command: string[]): Promise<{stdout: string; urls: string[]}> {
	const watched = `
		import {registerHooks} from 'node:module';
		const urls = [];
		registerHooks({load: (url, context, next) => (urls.push(url), next(url, context))});
		process.on('exit', () => process.stderr.write(JSON.stringify(urls)));
		await import('./dist/cli/followthrough.js');
	`;
	const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', watched];
	return new Promise(resolve =>
		// Whatever it ends with.
		execFile(process.execPath, [...args, '--', ...command], {cwd: root}, (_, stdout, stderr) =>
			resolve({stdout, urls: JSON.parse(stderr)}),
		),
	);
}
