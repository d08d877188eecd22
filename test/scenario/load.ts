import {mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import test from 'ava';
import {loadScenario, shippedScenarios} from '../../src/scenario/load.ts';

const files = fileURLToPath(new URL('./files/', import.meta.url));

test('a shipped scenario is found by its name, in whichever folder it is', async t => {
	t.like(await loadScenario('api-move'), {
		file: 'scenarios/documented/api-move.yaml',
		scenario: {name: 'api-move'},
	});
	t.like(await loadScenario('moved-302'), {file: 'scenarios/contrast/moved-302.yaml'});
});

test('a path, a file URL and its text all lead to the file', async t => {
	const path = `${files}with-files.yaml`;
	const url = pathToFileURL(path);
	for (const source of [path, url, url.href, 'test/scenario/files/with-files.yaml']) {
		t.like(await loadScenario(source), {
			file: 'test/scenario/files/with-files.yaml',
			folder: files.slice(0, -1),
			scenario: {name: 'with-files'},
		});
	}
});

test('a module gives its default export or its export "scenario"', async t => {
	const {scenario} = await loadScenario(`${files}modules/by-default.mjs`);
	t.is(typeof scenario.routes[0]?.response, 'function');
	t.like(await loadScenario(`${files}modules/by-name.ts`), {scenario: {name: 'by-name'}});
});

test('an object has no folder, and is named in messages by its name', async t => {
	const routes = [{request: 'GET https://api.example.test/', response: {file: 'a.txt'}}];
	await t.throwsAsync(loadScenario({name: 'inline', routes}), {
		message:
			'scenario object "inline" has 1 problem:\n  /routes/0/response/file  the file "a.txt" is not read: only a scenario that is read from a file itself can name files, which stand beside it; use "text" or "base64"',
	});
});

const fails = test.macro({
	async exec(t, source: string | URL, code: string, message: string) {
		await t.throwsAsync(loadScenario(source), {code, message});
	},
	title: (_, source) => `can't load ${source}`,
});

const unreadable = 'SCENARIO_UNREADABLE';
const here = process.cwd();
const missing = `missing.yaml can't be read: there is no such file in "${here}"`;
test(fails, './missing.yaml', unreadable, missing);
test(fails, 'missing.yaml', unreadable, missing);
test(
	fails,
	'./test/scenario/files/wiht-files.yml',
	unreadable,
	`test/scenario/files/wiht-files.yml can't be read: there is no such file in "${files.slice(0, -1)}"; did you mean "with-files.yaml"?`,
);
test(
	fails,
	'./gone/missing.yaml',
	unreadable,
	`gone/missing.yaml can't be read: there is no folder "${join(here, 'gone')}" that can be read`,
);
test(
	fails,
	'./scenarios',
	unreadable,
	'scenarios is a folder: expected a scenario file, such as "scenarios/api-move.yaml"',
);
test(
	fails,
	'./package-lock.txt',
	unreadable,
	`package-lock.txt can't be read: there is no such file in "${here}"; did you mean "package-lock.json"?`,
);
test(
	fails,
	'./LICENSE',
	unreadable,
	'LICENSE is no scenario file: expected a name that ends in .yaml, .yml, .json, .js, .mjs, .ts, .mts',
);
test(
	fails,
	new URL('https://api.example.test/x.yaml'),
	unreadable,
	"https://api.example.test/x.yaml can't be read: a scenario comes from a path or a file URL",
);
test(
	fails,
	'test/scenario/files/modules/without-scenario.mjs',
	unreadable,
	'test/scenario/files/modules/without-scenario.mjs exports no scenario: expected "export default defineScenario({…})" or an export called "scenario"',
);
test(
	fails,
	'test/scenario/files/modules/throwing.mjs',
	unreadable,
	"test/scenario/files/modules/throwing.mjs can't be imported: TypeError: not today (line 1)",
);
test(
	fails,
	'test/scenario/files/modules/faulty.mjs',
	'SCENARIO_INVALID',
	'test/scenario/files/modules/faulty.mjs has 1 problem:\n  /routes  expected a list of 1 or more, found an empty one',
);

test('an unknown name is answered with the near names, how to list all, and how to give a path', async t => {
	const names = await shippedScenarios();
	await t.throwsAsync(loadScenario('api-mvoe'), {
		code: 'SCENARIO_UNKNOWN',
		message: `no shipped scenario is called "api-mvoe"; did you mean "api-move"?\n  shippedScenarios() lists all ${names.length}; their files are in the folder "scenarios" of the package\n  for a file of your own give its path, such as "./api-mvoe.yaml"`,
	});
	await t.throwsAsync(loadScenario('my scenario'), {
		code: 'SCENARIO_UNKNOWN',
		message: `no shipped scenario is called "my scenario"\n  shippedScenarios() lists all ${names.length}; their files are in the folder "scenarios" of the package\n  for a file of your own give its path, such as "./scenario.yaml"`,
	});
});

test('a word of a name is answered with a few of the names in which it stands', async t => {
	const unknown = await t.throwsAsync(loadScenario('WebHDFS'));
	t.regex(unknown?.message ?? '', /; did you mean "webhdfs-append" or "webhdfs-create" or /);
	const common = await t.throwsAsync(loadScenario('curl'));
	const [first = ''] = common?.message.split('\n') ?? [];
	t.is(first.match(/"curl-/g)?.length, 5);
});

test('a file that is not in UTF-8 is said to be so', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'followthrough-test-'));
	t.teardown(() => rmSync(folder, {recursive: true}));
	const path = join(folder, 'latin.yaml');
	writeFileSync(path, Buffer.from('name: gr\xfc\xdfe\n', 'latin1'));
	await t.throwsAsync(loadScenario(path), {
		code: unreadable,
		message: `${path} can't be read: it is not in UTF-8`,
	});
});

test('a body file that a symbolic link leads out of the folder is refused', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'followthrough-test-'));
	t.teardown(() => rmSync(folder, {recursive: true}));
	symlinkSync(join(files, 'twelve-bytes.bin'), join(folder, 'link.bin'));
	const path = join(folder, 'linked.json');
	const routes = [{request: 'GET https://api.example.test/', response: {file: 'link.bin'}}];
	writeFileSync(path, JSON.stringify({name: 'linked', routes}));
	await t.throwsAsync(loadScenario(path), {
		message: `${path} has 1 problem:\n  1:90  /routes/0/response/file  "link.bin" leads outside the scenario's folder: expected a file beside the scenario or in a folder below it`,
	});
});

test('shipped scenarios are listed by name with title and file', async t => {
	const shipped = await shippedScenarios();
	t.deepEqual(shipped[0], {
		name: 'api-move',
		title: 'Temporary API endpoint move',
		file: 'scenarios/documented/api-move.yaml',
	});
	t.deepEqual(
		shipped.map(({name}) => name),
		shipped.map(({name}) => name).sort(),
	);
});
