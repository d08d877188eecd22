// The examples in other languages: each passes for its client, and fails with Followthrough's report for
// the client in "broken", which has a mistake that is made in its language; and so does the page.

import {execFile, spawnSync} from 'node:child_process';
import {cp, mkdir, mkdtemp, rm, symlink} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, delimiter, dirname, join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {Doubles} from '../src/api/doubles.ts';
import {startApi} from '../src/api/start-api.ts';
import {lacks} from './clients/foreign.ts';
import {bin} from './helpers/followthrough.ts';
import {root, textOf} from './helpers/source-files.ts';

interface Example {
	readonly name: string;
	/** Its heading in the page. */
	readonly heading: string;
	/** The folder in examples. */
	readonly folder: string;
	/** A command that succeeds where everything is there that it needs. */
	readonly probe: readonly [string, ...string[]];
	/** What is printed when all passed. */
	readonly passed: RegExp;
	/** What is printed for the broken client. */
	readonly failed: readonly RegExp[];
}

// Debian's own, which has Debian's packages; another Python on the PATH has not.
const debianPython = '/usr/bin/python3';

const jars = [
	...['junit-platform-console', 'junit-platform-launcher', 'junit-platform-engine'],
	...['junit-platform-reporting', 'junit-platform-commons', 'junit-jupiter-engine'],
	...['junit-jupiter-api', 'opentest4j', 'opentest4j-reporting-events'],
	...['opentest4j-reporting-schema', 'apiguardian-api', 'picocli'],
	...['jackson-databind', 'jackson-core', 'jackson-annotations'],
].map(name => `/usr/share/java/${name}.jar`);

const page = textOf('docs/other-languages.md');

const python: Example = {
	name: 'Python with pytest and requests',
	heading: 'Python',
	folder: 'python',
	probe: [debianPython, '-c', 'import pytest, requests'],
	passed: /^=+ 2 passed in /m,
	failed: [/^FAILED \S+::test_create_repeats_the_post/m, /^E +✗ body-preserved \(should\)/m],
};

const go: Example = {
	name: 'Go',
	heading: 'Go',
	folder: 'go',
	probe: ['go', 'version'],
	passed: /^--- PASS: TestTheTokenStaysWithItsHost/m,
	failed: [/^--- FAIL: TestTheTokenStaysWithItsHost/m, /^ +✗ authorization-withheld \(de facto\)/m],
};

const java: Example = {
	name: 'Java with JUnit and Jackson',
	heading: 'Java',
	folder: 'java',
	probe: ['sh', '-c', `javac -version && ls ${jars.join(' ')}`],
	passed: /\b2 tests successful/,
	failed: [/theTokenStaysWithItsOrigin/, /^ +✗ authorization-withheld \(de facto\)/m],
};

const shell: Example = {
	name: 'shell with curl and jq',
	heading: 'Shell',
	folder: 'shell',
	probe: ['sh', '-c', 'curl --version && jq --version'],
	passed: /^ok: the POST was repeated/m,
	failed: [/^ +✗ method-preserved \(must\)/m],
};

for (const example of [python, go, java, shell]) {
	test(`the example in ${example.name} passes, at a server that it starts`, async t => {
		if (lacks(t, example)) return;
		const {code, output} = await play(t, runs(example));
		t.regex(output, example.passed);
		t.is(code, 0, output);
	});

	test(`the example in ${example.name} fails for its broken client, at a server that is there`, async t => {
		if (lacks(t, example)) return;
		const token = 'token-of-the-server';
		const FOLLOWTHROUGH_URL = await serve(t, token);
		const env = {FOLLOWTHROUGH_URL, FOLLOWTHROUGH_TOKEN: token};
		const broken = await play(t, runs(example), {broken: true, env});
		for (const said of example.failed) t.regex(broken.output, said);
		t.not(broken.code, 0);
	});
}

test('shellcheck finds nothing in the example in shell', t => {
	if (lacks(t, {name: 'shellcheck', probe: ['shellcheck', '--version']})) return;
	const files = ['test-create-user.sh', 'create-user.sh', 'broken/create-user.sh'];
	const {stdout} = spawnSync('shellcheck', ['--external-sources', ...files], {
		cwd: join(root, 'examples', shell.folder),
		encoding: 'utf8',
	});
	t.is(stdout, '');
});

const parts = page.matchAll(/^```\w+\n(?:#|\/\/) (examples\/\S+)\n([\s\S]*?)^```$/gm);

test('the page says by which lines the examples are run', t => {
	for (const example of [python, go, java, shell]) t.not(runs(example).lines, '', example.name);
});

test('the page shows the examples as they are', t => {
	const shown = [...parts].map(([, file = '', code = '']) => {
		t.true(textOf(file).includes(code), file);
		return file.split('/')[1];
	});
	t.deepEqual(shown, ['python', 'go', 'java', 'shell']);
});

test('the page shows what the example in shell prints for its broken client', async t => {
	const [, report = ''] = /^```text\n([\s\S]*?)^```$/m.exec(page) ?? [];
	t.not(report, '');
	if (lacks(t, shell)) return;
	const {output} = await play(t, runs(shell), {broken: true});
	t.true(output.includes(report), output);
});

test('the lines of the page that need no code keep the rules', async t => {
	const lines = page.match(/^followthrough check .*$/gm) ?? [];
	t.is(lines.length, 2);
	if (lacks(t, python) || lacks(t, shell)) return;
	for (const line of lines) {
		const {code, output} = await play(t, {folder: '.', lines: line});
		t.is(code, 0, output);
	}
});

/** What the page says that an example is run by. */
function runs({heading, folder}: Example): {folder: string; lines: string} {
	const section = page.split(/^## /m).find(each => each.startsWith(`${heading}\n`)) ?? '';
	const [, lines = ''] = /^```sh\n(?!# examples)([\s\S]*?)^```$/m.exec(section) ?? [];
	return {folder, lines};
}

/** Runs the lines of an example in a copy of it, beside which the jars lie. */
async function play(
	t: ExecutionContext,
	{folder, lines}: {readonly folder: string; readonly lines: string},
	{broken = false, env = {}}: {readonly broken?: boolean; readonly env?: NodeJS.ProcessEnv} = {},
): Promise<{code: unknown; output: string}> {
	const place = await mkdtemp(join(tmpdir(), 'followthrough-example-'));
	t.teardown(() => rm(place, {recursive: true}));
	const copy = join(place, 'examples');
	await cp(join(root, 'examples', folder), copy, {recursive: true});
	if (broken) await cp(join(copy, 'broken'), copy, {recursive: true});
	await mkdir(join(copy, 'lib'));
	for (const jar of jars) await symlink(jar, join(copy, 'lib', basename(jar)));
	const programs = join(place, 'bin');
	await mkdir(programs);
	await symlink(bin, join(programs, 'followthrough'));
	await symlink(debianPython, join(programs, 'python3'));
	const wholeEnv = {
		...process.env,
		FOLLOWTHROUGH_URL: undefined,
		FOLLOWTHROUGH_TOKEN: undefined,
		PATH: [programs, dirname(process.execPath), process.env['PATH']].join(delimiter),
		...env,
	};
	return new Promise(resolve =>
		execFile('sh', ['-ec', lines], {cwd: copy, env: wholeEnv}, (error, stdout, stderr) =>
			resolve({code: error === null ? 0 : error.code, output: stdout + stderr}),
		),
	);
}

/** Starts a server, and gives the URL of its API. */
async function serve(t: ExecutionContext, token: string): Promise<string> {
	const doubles = new Doubles();
	const {url, close} = await startApi({doubles, token});
	t.teardown(async () => {
		await close();
		await doubles.close();
	});
	return url;
}
