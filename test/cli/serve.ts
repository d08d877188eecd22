import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {createServer, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test from 'ava';
import {shippedFiles} from '../../src/scenario/shipped.ts';
import {type Running, start} from '../helpers/followthrough.ts';
import {lacksCurl} from '../helpers/needs-curl.ts';

const program = fileURLToPath(new URL('../../src/cli/start.ts', import.meta.url));

test('a scenario is served until SIGINT, and what comes is told', async t => {
	const serving = serve('api-move');
	const intro = await serving.until('Ctrl+C stops.');
	const url = /→ (http:\S+v1\/users)/.exec(intro)?.[1] ?? '';
	const response = await fetch(url, {method: 'POST', body: '{"name":"Ada"}'});
	t.is(response.status, 201);
	await serving.until('✓ hop 1');
	serving.child.kill('SIGINT');
	t.like(await serving.end, {code: 0, stderr: ''});
	t.regex(
		(await serving.end).stdout,
		/\nStopped: 2 exchanges, 1 redirect \(1 followed\), rules broken 0 times\.\n$/,
	);
	t.false(intro.includes('\x1b'), 'a pipe gets no colours');
});

test('without names all shipped scenarios are served, until SIGTERM', async t => {
	const serving = serve();
	const intro = await serving.until('Ctrl+C stops.');
	for (const {name} of await shippedFiles()) t.regex(intro, new RegExp(`^${name}: `, 'm'));
	serving.child.kill('SIGTERM');
	t.like(await serving.end, {code: 0, stderr: ''});
});

test('the line through the proxy, pasted, is followed at the documented URLs', async t => {
	if (lacksCurl(t)) return;
	const serving = serve('api-move');
	const intro = await serving.until('Ctrl+C stops.');
	const line = /^ {2}(https_proxy=.*)$/m.exec(intro)?.[1] ?? '';
	const {stdout} = await promisify(execFile)('sh', ['-c', line]);
	t.regex(stdout, /^location: https:\/\/api\.example\.test\/api\/v2\/users\r$/im);
	await serving.until('✓ hop 1');
	serving.child.kill('SIGINT');
	t.like(await serving.end, {code: 0, stderr: ''});
});

test('--port is that of the API, and the listeners have the ones after it', async t => {
	const {port, serving, intro} = await serveOnFreePort('api-move');
	t.true(intro.startsWith(`HTTP API: http://127.0.0.1:${port}\n`), intro);
	t.true(intro.includes(`http://127.0.0.1:${port + 1}/api/v1/users`), intro);
	serving.child.kill('SIGINT');
	t.is((await serving.end).code, 0);
});

test('--help tells the options', async t => {
	const {code, stdout} = await serve('--help').end;
	t.is(code, 0);
	t.regex(stdout, /^Usage: npm start -- \[options\] \[scenario\.\.\.\]\n/);
	t.regex(stdout, /\$ npm start -- --watch \.\/my-move\.yaml\n/);
	t.false(stdout.includes('followthrough serve'), stdout);
});

test('an unknown option is told in a line, and exit code 4', async t => {
	const {code, stdout, stderr} = await serve('--prot', '1').end;
	t.deepEqual({code, stdout}, {code: 4, stdout: ''});
	t.is(
		stderr,
		`error: unknown option '--prot' (Did you mean --port?)\n("npm start -- --help" has examples)\n`,
	);
});

test('unknown names are told with the nearest ones, all at once', async t => {
	const {code, stdout, stderr} = await serve('api-mov', 'redirect-lop').end;
	t.deepEqual({code, stdout}, {code: 4, stdout: ''});
	t.regex(stderr, /^no shipped scenario is called "api-mov"; did you mean "api-move"\? /m);
	t.regex(
		stderr,
		/^no shipped scenario is called "redirect-lop"; did you mean "redirect-loop"\? /m,
	);
	t.notRegex(stderr, /^\s+at /m);
});

test('a scenario file that is no good is told with its place', async t => {
	const folder = await mkdtemp(join(tmpdir(), 'followthrough-serve-'));
	t.teardown(() => rm(folder, {recursive: true}));
	const file = join(folder, 'bad.yaml');
	await writeFile(file, 'name: bad\nroute: []\n');
	const {code, stdout, stderr} = await serve('api-move', file).end;
	t.deepEqual({code, stdout}, {code: 4, stdout: ''});
	t.true(stderr.startsWith(`${file} has `));
	t.notRegex(stderr, /^\s+at /m);
});

test('a port in use is told, and nothing is served', async t => {
	const blocker = createServer().listen(0, '127.0.0.1');
	t.teardown(() => void blocker.close());
	await once(blocker, 'listening');
	const port = portOf(blocker);
	const {code, stdout, stderr} = await serve('--port', String(port), 'api-move', 'upload-reroute')
		.end;
	t.deepEqual({code, stdout}, {code: 4, stdout: ''});
	const [first] = stderr.split('\n');
	t.is(
		first,
		`Port ${port} of 127.0.0.1, asked for the HTTP API, is in use. Leave the port out to get a free one.`,
	);
});

/** What `npm start` runs. */
function serve(...args: string[]): Running {
	return start(args, {program});
}

/** Serves on a port that was free a moment ago; on another, when somebody was faster. */
async function serveOnFreePort(scenario: string) {
	for (;;) {
		const port = await freePort();
		const serving = serve('--port', String(port), scenario);
		const intro = await serving.until('Ctrl+C stops.').catch(() => '');
		if (intro !== '') return {port, serving, intro};
		const {stderr} = await serving.end;
		if (!stderr.includes('is in use')) throw new Error(stderr);
	}
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const port = portOf(server);
	server.close();
	await once(server, 'close');
	return port;
}

function portOf(server: Server): number {
	const address = server.address();
	return typeof address === 'object' && address !== null ? address.port : 0;
}
