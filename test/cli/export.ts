// The built command beside a server that answers as the API does.
import {mkdtemp, readFile, rm, stat} from 'node:fs/promises';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {Doubles} from '../../src/api/doubles.ts';
import {startApi} from '../../src/api/start-api.ts';
import {formats} from '../../src/cli/commands/readers.ts';
import {exportFormats} from '../../src/exports/formats.ts';
import {exportDouble, startDouble} from '../../src/index.ts';
import {awkwardDouble} from '../helpers/awkward-traffic.ts';
import {run} from '../helpers/followthrough.ts';
import {lacksCurl} from '../helpers/needs-curl.ts';

const users = 'https://api.example.test/api/v1/users';

test('the command knows all formats', t => {
	t.deepEqual([...formats], [...exportFormats]);
});

test('what the API gives is printed as it is', async t => {
	const api = await serve(t, ['api-move']);
	const ran = await run(['export', '--format', 'har', '--from', api.url]);
	t.deepEqual(ran, {code: 0, stdout: 'har of api-move\n', stderr: ''});
	t.deepEqual(api.asked, ['/v1/doubles', '/v1/doubles/api-move/exports/har']);
});

test('a double is named where there are several, and secrets are asked for', async t => {
	const api = await serve(t, ['api-move', 'api-move-2']);
	const args = ['export', 'api-move-2', '-f', 'curl', '--show-secrets', '--from', `${api.url}/`];
	t.like(await run(args), {code: 0, stdout: 'curl of api-move-2\n'});
	t.deepEqual(api.asked, ['/v1/doubles', '/v1/doubles/api-move-2/exports/curl?secrets=shown']);
});

test('where the API is, and the token that it asks for, stand in the environment', async t => {
	const api = await serve(t, ['api-move'], 's3cret');
	const env = {FOLLOWTHROUGH_URL: api.url, FOLLOWTHROUGH_TOKEN: 's3cret'};
	t.like(await run(['export', '-f', 'json'], {env}), {code: 0, stdout: 'json of api-move\n'});
});

test('the variables of a proxy are not for the API', async t => {
	const api = await serve(t, ['api-move']);
	const env = {NODE_USE_ENV_PROXY: '1', HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: ''};
	t.like(await run(['export', '-f', 'har', '--from', api.url], {env}), {code: 0, stderr: ''});
});

test('unless told, the format is JSON', async t => {
	const api = await serve(t, ['api-move']);
	for (const args of [[], ['--json']]) {
		const ran = await run(['export', '--from', api.url, ...args]);
		t.deepEqual(ran, {code: 0, stdout: 'json of api-move\n', stderr: ''});
	}
});

test('it is written to a file', async t => {
	const api = await serve(t, ['api-move']);
	const file = join(await folderOf(t), 'traffic.har');
	const ran = await run(['export', '-f', 'har', '--from', api.url, '--output', file]);
	t.deepEqual(ran, {code: 0, stdout: '', stderr: ''});
	t.is(await readFile(file, 'utf8'), 'har of api-move\n');
});

interface Fault {
	readonly title: string;
	readonly ids?: readonly string[];
	readonly token?: string;
	readonly args?: readonly string[];
	readonly env?: NodeJS.ProcessEnv;
	readonly stderr: RegExp;
}

const faults: readonly Fault[] = [
	{
		title: 'a token that is missing',
		token: 's3cret',
		stderr: /^The API at \S+ asks for a token: give it in the variable FOLLOWTHROUGH_TOKEN\.\n$/,
	},
	{
		title: 'a token that is wrong',
		token: 's3cret',
		env: {FOLLOWTHROUGH_TOKEN: 'wrong'},
		stderr:
			/^The API at \S+ does not take the token that is in the variable FOLLOWTHROUGH_TOKEN\.\n$/,
	},
	{
		title: 'a double that is not there',
		args: ['api-mov'],
		ids: ['api-move', 'other'],
		stderr: /^There is no double "api-mov"\. There are: api-move, other\.\n$/,
	},
	{
		title: 'several doubles, and none named',
		ids: ['api-move', 'other'],
		stderr: /^There are several doubles; name one\. There are: api-move, other\.\n$/,
	},
	{title: 'no double', ids: [], stderr: /^The API at \S+ has no doubles\.\n$/},
	{
		title: 'a problem of another kind',
		args: ['broken'],
		ids: ['broken'],
		stderr: /^The body is gone\.\n$/,
	},
	{
		title: 'an address at which nothing listens',
		args: ['--from', 'http://127.0.0.1:1'],
		stderr: /^Nothing listens at http:\/\/127\.0\.0\.1:1\. "followthrough serve" prints .*\n$/,
	},
	{
		title: 'a server that is none of ours',
		args: ['api-move', '--from', 'URL/other'],
		stderr: /^What listens at \S+ is no HTTP API of Followthrough: it answered with 404\. .*\n$/,
	},
	{
		title: 'a server that breaks off',
		args: ['api-move', '--from', 'URL/reset'],
		stderr: /^The API at \S+ can't be reached: .+\n$/,
	},
	{
		title: 'what is no URL',
		args: ['--from', 'localhost:3070'],
		stderr: /^The option --from is "localhost:3070"; expected the URL of an API, such as http.*\n$/,
	},
	{
		title: 'what is no URL in the environment',
		env: {FOLLOWTHROUGH_URL: '3070'},
		args: ['api-move'],
		stderr: /^The variable FOLLOWTHROUGH_URL is "3070"; expected the URL of an API, .*\n$/,
	},
	{
		title: 'a folder that is not there',
		args: ['--output', './no-such/x.har'],
		stderr: /^".\/no-such\/x\.har" can't be written: there is no folder "\.\/no-such"\.\n$/,
	},
];

for (const {title, ids = ['api-move'], token, args = [], env = {}, stderr} of faults)
	test(`${title}: told in a line, with exit code 4`, async t => {
		const api = await serve(t, ids, token);
		const words = args.map(word => word.replace('URL', api.url));
		const place = {env: {FOLLOWTHROUGH_URL: api.url, ...env}};
		const ran = await run(['export', '-f', 'har', ...words], place);
		t.like(ran, {code: 4, stdout: ''});
		t.regex(ran.stderr, stderr);
	});

for (const [args, stderr] of [
	[['export', 'a', 'b'], /^error: too many arguments for 'export'\./],
	[['export', '-f', 'pdf'], /^error: .*'pdf' is invalid\. Allowed choices are har, json, /],
	[['check', '--export', 'pdf=x', 'api-move', '--', 'true'], /Expected FORMAT=FILE, such as har=/],
	[['check', '--export', 'har', 'api-move', '--', 'true'], /Expected FORMAT=FILE, such as har=/],
	[['check', '--export', 'har=', 'api-move', '--', 'true'], /Expected FORMAT=FILE, such as har=/],
	[
		['check', '--export', 'har=./no-such/x.har', 'api-move', '--', 'touch', 'ran'],
		/^".\/no-such\/x\.har" can't be written: there is no folder "\.\/no-such"\.\n$/,
	],
] as const)
	test(`"followthrough ${args.join(' ')}" is refused before anything runs, with exit code 4`, async t => {
		const cwd = await folderOf(t);
		const ran = await run(args, {cwd});
		t.like(ran, {code: 4, stdout: ''});
		t.regex(ran.stderr, stderr);
		await t.throwsAsync(stat(join(cwd, 'ran')), {code: 'ENOENT'});
	});

test('check writes what it has seen in each form, whatever the conclusion', async t => {
	if (lacksCurl(t)) return;
	const cwd = await folderOf(t);
	const to = (format: string) => ['--export', `${format}=${format}.out`];
	const client = ['curl', '-sS', '--disable', '-u', 'ada:hidden', '-d', '{}', users];
	const ran = await run(['check', ...formats.flatMap(to), 'api-move', '--', ...client], {cwd});
	t.like(ran, {code: 2, stderr: ''});
	const [har = '', json = '', junit, markdown, sarif = '', curl] = await Promise.all(
		formats.map(format => readFile(join(cwd, `${format}.out`), 'utf8')),
	);
	t.is(JSON.parse(har).log.entries.length, 1);
	t.like(JSON.parse(json), {scenario: 'api-move', outcome: 'could not tell'});
	t.regex(junit ?? '', /<testsuite name="api-move"/);
	t.regex(markdown ?? '', /^## api-move: \? could not tell\n/);
	t.is(JSON.parse(sarif).version, '2.1.0');
	t.regex(curl ?? '', /^curl -i .*-H 'authorization: Basic \*\*\*'/im);
});

test('check writes credentials as they came, where that is asked for', async t => {
	if (lacksCurl(t)) return;
	const cwd = await folderOf(t);
	const client = ['curl', '-sSL', '--disable', '-H', 'Authorization: Bearer hidden', users];
	const args = ['--show-secrets', '--export', 'curl=lines.sh', 'api-move', '--', ...client];
	await run(['check', ...args], {cwd});
	t.regex(await readFile(join(cwd, 'lines.sh'), 'utf8'), /-H 'authorization: Bearer hidden'/i);
});

test('check tells a file that can not be written behind the verdict', async t => {
	const cwd = await folderOf(t);
	const args = ['--export', 'har=traffic.har', 'api-move', '--', 'mkdir', 'traffic.har'];
	const ran = await run(['check', ...args], {cwd});
	t.is(ran.code, 4);
	t.regex(ran.stdout, /could not tell/);
	t.regex(ran.stderr, /^"traffic\.har" can't be written: EISDIR/);
});

for (const format of formats)
	test(`what the API exports as ${format} is what exportDouble gives, with secrets or without`, async t => {
		const doubles = new Doubles();
		const double = await awkwardDouble();
		doubles.adopt(double);
		const api = await startApi({doubles, token: 's3cret'});
		t.teardown(api.close);
		t.teardown(() => doubles.close());
		const env = {FOLLOWTHROUGH_URL: api.url, FOLLOWTHROUGH_TOKEN: 's3cret'};
		const masked = await run(['export', '--format', format], {env});
		// The pages of the rules are where the server is, and not where its client is.
		const given = {pages: false} as const;
		t.deepEqual(masked, {code: 0, stdout: await exportDouble(double, format, given), stderr: ''});
		const shown = await run(['export', '--format', format, '--show-secrets'], {env});
		t.is(shown.stdout, await exportDouble(double, format, {...given, secrets: 'shown'}));
	});

test('secrets that the API keeps back are refused', async t => {
	const doubles = new Doubles();
	doubles.adopt(await startDouble('api-move'));
	const api = await startApi({doubles});
	t.teardown(api.close);
	t.teardown(() => doubles.close());
	const ran = await run(['export', '--show-secrets', '--from', api.url]);
	t.like(ran, {code: 4, stdout: ''});
	t.regex(ran.stderr, /^secrets=shown was asked of a server .*--show-secrets\.\n$/);
});

test('the API itself is understood: its doubles, its token and its problems', async t => {
	const doubles = new Doubles();
	for (const name of ['api-move', 'delete-move']) doubles.adopt(await startDouble(name));
	const api = await startApi({doubles, token: 's3cret'});
	t.teardown(api.close);
	t.teardown(() => doubles.close());
	const ask = (args: readonly string[], token = 's3cret') =>
		run(['export', ...args], {env: {FOLLOWTHROUGH_URL: api.url, FOLLOWTHROUGH_TOKEN: token}});
	const [several, unknown, wrong, missing] = await Promise.all([
		ask([]),
		ask(['no-such']),
		ask([], 'wrong'),
		ask([], ''),
	]);
	const ids = 'There are: api-move, delete-move.\n';
	t.deepEqual(several, {
		code: 4,
		stdout: '',
		stderr: `There are several doubles; name one. ${ids}`,
	});
	t.deepEqual(unknown, {code: 4, stdout: '', stderr: `There is no double "no-such". ${ids}`});
	t.like(wrong, {code: 4, stdout: ''});
	t.regex(wrong.stderr, /does not take the token/);
	t.regex(missing.stderr, /asks for a token/);
});

interface Stub {
	readonly url: string;
	/** What it was asked for. */
	readonly asked: string[];
}

/** A server that answers as the API does, for doubles with these ids. */
async function serve(t: ExecutionContext, ids: readonly string[], token?: string): Promise<Stub> {
	const asked: string[] = [];
	const server = createServer((request, response) => {
		asked.push(request.url ?? '');
		if (request.url?.startsWith('/reset')) return void request.socket.destroy();
		if (request.url?.startsWith('/other')) return void response.writeHead(404).end('Not found');
		if (token !== undefined && request.headers.authorization !== `Bearer ${token}`)
			problem(response, 401, 'TOKEN_WRONG', 'The token is missing or wrong.');
		else answer(request, response, ids);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	t.teardown(() => server.closeAllConnections());
	t.teardown(() => server.close());
	const address = server.address();
	if (typeof address !== 'object' || address === null) throw new Error('It does not listen.');
	return {url: `http://127.0.0.1:${address.port}`, asked};
}

function answer(
	{url = ''}: IncomingMessage,
	response: ServerResponse,
	ids: readonly string[],
): void {
	if (url === '/v1/doubles') {
		response.setHeader('Content-Type', 'application/json');
		return void response.end(JSON.stringify({doubles: ids.map(id => ({id}))}));
	}
	const [, id = '', format = ''] = /^\/v1\/doubles\/([^/]+)\/exports\/(\w+)/.exec(url) ?? [];
	if (id === 'broken') problem(response, 410, 'BODY_GONE', 'The body is gone.');
	else response.end(`${format} of ${id}\n`);
}

function problem(response: ServerResponse, status: number, code: string, detail: string): void {
	response.writeHead(status, {'Content-Type': 'application/problem+json'});
	response.end(JSON.stringify({status, code, detail}));
}

async function folderOf(t: ExecutionContext): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'followthrough-export-'));
	t.teardown(() => rm(folder, {recursive: true}));
	return folder;
}
