// What the command names of the package is there: pages of the rules, and the schema for editors.
import {existsSync} from 'node:fs';
import {mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {run} from '../helpers/followthrough.ts';
import {root} from '../helpers/source-files.ts';

/** Follows a 307 with a GET, which breaks rules. */
const client = `const url = process.argv[2] ?? process.env.URL;
const first = await fetch(url, {method: 'POST', body: 'a', redirect: 'manual'});
await fetch(new URL(first.headers.get('Location'), url));
`;

/** A folder that has the package in its node_modules, or does not, and a folder in it. */
async function project(t: ExecutionContext, installed: boolean): Promise<string> {
	const folder = await realpath(await mkdtemp(join(tmpdir(), 'followthrough-paths-')));
	t.teardown(() => rm(folder, {recursive: true}));
	await mkdir(join(folder, 'node_modules'));
	await mkdir(join(folder, 'sub'));
	await writeFile(join(folder, 'client.mjs'), client);
	if (installed) await symlink(root, join(folder, 'node_modules/followthrough'));
	return folder;
}

function checked(folder: string, at: string, ...exports: string[]) {
	const command = ['node', join(folder, 'client.mjs'), '{url}/api/v1/users'];
	return run(['check', ...exports, 'api-move', '--', ...command], {cwd: join(folder, at)});
}

for (const {where, installed, at, see} of [
	{
		where: 'the root of a project',
		installed: true,
		at: '.',
		see: 'node_modules/followthrough/docs/rules/method-preserved.md',
	},
	{
		where: 'a folder of a project',
		installed: true,
		at: 'sub',
		see: 'followthrough explain method-preserved',
	},
	{
		where: 'any folder, when it is installed elsewhere',
		installed: false,
		at: '.',
		see: 'followthrough explain method-preserved',
	},
])
	test(`check names what its reader can open, or run, in ${where}`, async t => {
		const folder = await project(t, installed);
		const {code, stdout} = await checked(folder, at);
		t.is(code, 1);
		t.regex(stdout, new RegExp(`^ +see +${see.replaceAll('.', '\\.')}$`, 'm'));
		if (see.endsWith('.md')) t.true(existsSync(join(folder, at, see)));
	});

/** The pages that a report leads to. */
function pagesIn(text: string): string[] {
	return [...text.matchAll(/[^\s"(]*docs\/rules\/[\w-]+\.md/g)].map(([page]) => page);
}

for (const command of ['check', 'grade'])
	test(`each page that a report of ${command} links to is there, as seen from the report`, async t => {
		const folder = await project(t, true);
		const other = await project(t, false);
		const forms = command === 'check' ? ['markdown', 'junit'] : ['markdown', 'html', 'junit'];
		const at = [join(folder, 'report'), join(folder, 'sub/report'), join(other, 'report')];
		const files = forms.flatMap(form => at.map(path => ({form, file: `${path}.${form}`})));
		const exports = files.flatMap(({form, file}) => ['--export', `${form}=${file}`]);
		const {code, stdout} =
			command === 'check'
				? await checked(folder, '.', ...exports)
				: await run(['grade', '-s', 'api-move', ...exports, '--', 'node', 'client.mjs'], {
						cwd: folder,
					});
		t.is(code, 1);
		if (command === 'grade') t.deepEqual(pagesIn(stdout), []);
		for (const {file} of files) {
			const text = await readFile(file, 'utf8');
			const pages = pagesIn(text);
			t.true(text.includes('method-preserved'), file);
			t.is(pages.length > 0, file.startsWith(folder), file);
			for (const page of pages) t.true(existsSync(resolve(dirname(file), page)), page);
			if (file.endsWith('.junit') && pages.length === 0)
				t.true(text.includes('see followthrough explain method-preserved'));
		}
	});

for (const {what, installed, file, at = '.', line} of [
	{
		what: 'at the root of a project',
		installed: true,
		file: 'move.yaml',
		line: '# yaml-language-server: $schema=node_modules/followthrough/scenario.schema.json\n',
	},
	{
		what: 'in a folder of a project',
		installed: true,
		file: 'sub/move.yaml',
		line: '# yaml-language-server: $schema=../node_modules/followthrough/scenario.schema.json\n',
	},
	{
		what: 'from a folder of a project',
		installed: true,
		file: 'move.yaml',
		at: 'sub',
		line: '# yaml-language-server: $schema=../node_modules/followthrough/scenario.schema.json\n',
	},
	{
		what: 'where the package is elsewhere',
		installed: false,
		file: 'move.yaml',
		line: 'name: move\n',
	},
])
	test(`a scenario that is written ${what} names the schema that is there, or none`, async t => {
		const folder = await project(t, installed);
		const request = ['--request', 'POST https://api.example.test/users', '--location', '/v2/users'];
		const {code, stderr} = await run(['new', file, ...request], {cwd: join(folder, at)});
		t.is(code, 0, stderr);
		const text = await readFile(join(folder, at, file), 'utf8');
		t.true(text.startsWith(line), text);
	});
