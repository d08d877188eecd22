// The built commands that write scenarios, and their questions on streams in the place of a terminal.
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {text} from 'node:stream/consumers';
import test, {type ExecutionContext} from 'ava';
import {askedScenario, type KnownAnswers} from '../../src/cli/asked-scenario.ts';
import {loadScenario} from '../../src/scenario/load.ts';
import {run} from '../helpers/followthrough.ts';

const request = 'POST https://api.example.test/users';
const location = '/v2/users';

/** What is asked, and what comes of these lines as answers. */
async function answered(known: KnownAnswers, lines: readonly string[]) {
	const input = new PassThrough();
	const output = new PassThrough();
	input.end(lines.map(line => `${line}\n`).join(''));
	try {
		return {made: await askedScenario(known, {input, output}), asked: await said(output)};
	} catch (error) {
		return {error, asked: await said(output)};
	}
}

async function said(output: PassThrough): Promise<string> {
	output.end();
	return text(output);
}

for (const {what, known = {}, lines, status = 307} of [
	{what: 'all', lines: [request, location, '']},
	{what: 'another status', lines: [request, location, '308'], status: 308},
	{what: 'where to', known: {request, status: '303'}, lines: [location], status: 303},
	{
		what: "all, after answers that can't be used",
		lines: ['POST', request, '', 'a b', location, '200', ''],
	},
	{
		what: 'an example',
		lines: [
			'POST /users HTTP/1.1',
			'Host: api.example.test',
			'',
			'HTTP/1.1 307 Temporary Redirect',
			`Location: ${location}`,
			'',
			'.',
			'more',
		],
	},
])
	test(`a person who is asked for ${what} gets a scenario`, async t => {
		const {made, asked} = await answered(known, lines);
		t.like(made?.scenario.routes[0], {request, response: {status, headers: {Location: location}}});
		t.is(asked.includes('Which request'), !('request' in known));
	});

test('an input that ends before all is answered is told', async t => {
	const {error} = await answered({}, [request]);
	t.regex(String(error), /ended before all was answered/);
});

async function folder(t: ExecutionContext): Promise<string> {
	const path = await mkdtemp(join(tmpdir(), 'followthrough-new-'));
	t.teardown(() => rm(path, {recursive: true}));
	return path;
}

test('new writes a scenario that loads, and says how to go on; it overwrites nothing unless told', async t => {
	const cwd = await folder(t);
	const args = ['new', 'my-move.yaml', '--request', request, '--location', location];
	const first = await run(args, {cwd});
	t.is(first.code, 0, first.stderr);
	t.regex(
		first.stdout,
		/^my-move\.yaml: 2 routes, 1 call\nnext: followthrough check \.\/my-move\.yaml -- curl /,
	);
	const {scenario} = await loadScenario(join(cwd, 'my-move.yaml'));
	t.is(scenario.name, 'my-move');
	const again = await run(args, {cwd});
	t.is(again.code, 4);
	t.regex(again.stderr, /^my-move\.yaml is there already: .*--force\n$/);
	t.is((await run([...args, '--force'], {cwd})).code, 0);
});

test('import writes what a recording and what stubs have, with the bodies of their files', async t => {
	const cwd = await folder(t);
	const entry = {
		request: {method: 'GET', url: 'https://api.example.test/a', headers: []},
		response: {status: 307, headers: [{name: 'Location', value: '/b'}], content: {}},
	};
	await writeFile(join(cwd, 'a.har'), JSON.stringify({log: {version: '1.2', entries: [entry]}}));
	const har = await run(['import', 'a.har'], {cwd});
	t.is(har.code, 0, har.stderr);
	t.regex(har.stdout, /^a-307\.yaml: 2 routes, 1 call\n/);
	await mkdir(join(cwd, 'wm/mappings'), {recursive: true});
	await mkdir(join(cwd, 'wm/__files'));
	await writeFile(join(cwd, 'wm/__files/b.txt'), 'kept in a file');
	await writeFile(
		join(cwd, 'wm/mappings/b.json'),
		JSON.stringify({request: {method: 'GET', url: '/b'}, response: {bodyFileName: 'b.txt'}}),
	);
	const origin = ['--origin', 'https://api.example.test'];
	const stubs = await run(['import', 'wm', ...origin, '--output', 'stubs.json'], {cwd});
	t.is(stubs.code, 0, stubs.stderr);
	t.regex(await readFile(join(cwd, 'stubs.json'), 'utf8'), /kept in a file/);
	await t.notThrowsAsync(loadScenario(join(cwd, 'stubs.json')));
	const json = await run(['import', 'wm', ...origin, '--json'], {cwd});
	t.like(JSON.parse(json.stdout), {scenario: {name: 'b'}, notes: [], findings: []});
});

test('bad input has one clear cause, and exit code 4', async t => {
	const cwd = await folder(t);
	await writeFile(join(cwd, 'no.json'), '{');
	await writeFile(join(cwd, 'other.json'), '{}');
	await writeFile(join(cwd, 'empty.har'), '{"log":{"entries":[]}}');
	for (const [args, stderr] of [
		[['new'], /^nothing says which request is redirected: give it with --request/],
		[['new', '-r', request], /^nothing says where .*--location/],
		[['new', '-r', request, '-l', location, '-s', '200'], /^the status "200"/],
		[['new', '-r', request, '-l', location, '-n', 'A b'], /^the name "A b" can't be used: .*"a-b"/],
		[['new', 'a.txt', '-r', request, '-l', location], /^"a\.txt" is no name for a scenario/],
		[
			['new', 'no-folder/a.yaml', '-r', request, '-l', location],
			/^no-folder\/a\.yaml can't be written/,
		],
		[['new', '--from', 'missing.md'], /^missing\.md can't be read: there is no such file/],
		[['new', '--from', 'no.json'], /^the example has no redirect/],
		[['new', '--from', 'no.json', '-s', '307'], /^--status has no place beside --from/],
		[['import', 'no.json'], /^no\.json is no JSON/],
		[['import', 'other.json'], /^other\.json is neither/],
		[['import', 'empty.har'], /^empty\.har has no entries/],
		[['import', 'empty.har', '--origin', 'https://a.test'], /^--origin has no place/],
		[['import', 'missing.har'], /^missing\.har can't be read/],
		[
			['import', 'a.har', '--format', 'pcap'],
			/^error: option '-f, --format <format>' argument 'pcap' is invalid/,
		],
	] as const) {
		const ran = await run(args, {cwd});
		t.like(ran, {code: 4, stdout: ''}, args.join(' '));
		t.regex(ran.stderr, stderr);
		t.notRegex(ran.stderr, /^\s+at /m);
	}
});
