import {mkdir, mkdtemp, rename, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {fileOf, ScenarioWatch} from '../../src/cli/watch-scenario.ts';
import {type Double, startDouble} from '../../src/index.ts';

const api = 'https://api.example.test';

const yaml = (name: string, more = '') => `name: ${name}
routes:
  - request: GET ${api}/name
    response: { text: ${name} }
${more}`;

/** A scenario file that is watched, and what is told of it. */
interface Watching {
	readonly double: Double;
	readonly folder: string;
	readonly path: string;
	/** The next that is told. */
	next(): Promise<{readonly swapped?: string; readonly refused?: string}>;
	/** What has been told and was not asked for. */
	readonly told: readonly unknown[];
	name(): Promise<string>;
}

async function watching(
	t: ExecutionContext,
	text = yaml('first'),
	file = 'scenario.yaml',
): Promise<Watching> {
	const folder = await mkdtemp(join(tmpdir(), 'followthrough-watch-'));
	const path = join(folder, file);
	await writeFile(path, text);
	await writeFile(join(folder, 'body.txt'), 'one');
	return watchingPath(t, folder, path);
}

async function watchingPath(t: ExecutionContext, folder: string, path: string): Promise<Watching> {
	const double = await startDouble(path);
	const told: {swapped?: string; refused?: string}[] = [];
	let tell = () => {};
	const add = (news: {swapped?: string; refused?: string}) => {
		told.push(news);
		tell();
	};
	const watch = new ScenarioWatch(double, path, path, {
		swapped: swapped => add({swapped}),
		refused: refused => add({refused}),
	});
	t.teardown(async () => {
		watch.close();
		await double.close();
		await rm(folder, {recursive: true});
	});
	return {
		double,
		folder,
		path,
		told,
		async next() {
			while (told.length === 0)
				await new Promise<void>(resolve => {
					tell = resolve;
				});
			return told.shift() ?? {};
		},
		name: async () => (await fetch(double.urlOf(`${api}/name`))).text(),
	};
}

test('a file that is written anew is played, at the same address and with the same journal', async t => {
	const {double, path, next, name} = await watching(t);
	const {url} = double;
	t.is(await name(), 'first');
	await writeFile(path, yaml('second'));
	t.deepEqual(await next(), {swapped: `${path} has changed, and is played from now on.`});
	t.is(await name(), 'second');
	t.is(double.url, url);
	t.is(double.exchanges.length, 2);
});

test('a file that an editor puts in the place of the old one is played', async t => {
	const {folder, path, next, name} = await watching(t);
	for (const each of ['second', 'third']) {
		await writeFile(join(folder, 'draft~'), yaml(each));
		await rename(join(folder, 'draft~'), path);
		t.truthy((await next()).swapped);
		t.is(await name(), each);
	}
});

test('a file that an editor moves away, and writes anew, is played', async t => {
	const {folder, path, next, name} = await watching(t);
	await rename(path, join(folder, 'scenario.yaml~'));
	await writeFile(path, yaml('second'));
	for (let news = await next(); news.swapped === undefined; news = await next());
	t.is(await name(), 'second');
});

test('a file that is broken is told once, with place and cause, and the scenario before is played on', async t => {
	const {double, path, next, name, told} = await watching(t);
	await writeFile(path, yaml('second').replace('routes', 'route'));
	const {refused = ''} = await next();
	t.regex(refused, /scenario\.yaml has 2 problems:\n {2}1:1 .*\n {2}2:1 {2}\/route .*"routes"/);
	t.true(refused.endsWith('\nfirst is played on as it was before.'), refused);
	t.is(await name(), 'first');
	await writeFile(path, yaml('second').replace('routes', 'route'));
	await writeFile(path, yaml('third'));
	t.truthy((await next()).swapped);
	t.is(await name(), 'third');
	t.is(double.exchanges.length, 2);
	t.deepEqual(told, []);
});

test('a file that is away is told, and one that comes back is played', async t => {
	const {path, next, name} = await watching(t);
	await rm(path);
	t.regex((await next()).refused ?? '', /scenario\.yaml can't be read/);
	await writeFile(path, yaml('second'));
	t.truthy((await next()).swapped);
	t.is(await name(), 'second');
});

test('a folder that is replaced is watched on', async t => {
	const folder = await mkdtemp(join(tmpdir(), 'followthrough-watch-'));
	const inside = join(folder, 'inside');
	await mkdir(inside);
	const path = join(inside, 'scenario.yaml');
	await writeFile(path, yaml('first'));
	const {next, name} = await watchingPath(t, folder, path);
	await rm(inside, {recursive: true});
	t.truthy((await next()).refused);
	await mkdir(inside);
	await writeFile(path, yaml('second'));
	for (let news = await next(); news.swapped === undefined; news = await next());
	t.is(await name(), 'second');
});

test('a name that is led to another file by a link is played from there', async t => {
	const folder = await mkdtemp(join(tmpdir(), 'followthrough-watch-'));
	for (const each of ['first', 'second']) await writeFile(join(folder, `${each}.yaml`), yaml(each));
	const path = join(folder, 'scenario.yaml');
	await symlink('first.yaml', path);
	const {next, name} = await watchingPath(t, folder, path);
	await symlink('second.yaml', join(folder, 'new'));
	await rename(join(folder, 'new'), path);
	t.truthy((await next()).swapped);
	t.is(await name(), 'second');
});

test('a file that contents are taken from is watched, too', async t => {
	const more = `  - request: GET ${api}/body\n    response: { file: body.txt }\n`;
	const {double, folder, next} = await watching(t, yaml('first', more));
	const body = async () => (await fetch(double.urlOf(`${api}/body`))).text();
	t.is(await body(), 'one');
	await writeFile(join(folder, 'body.txt'), 'and two');
	t.truthy((await next()).swapped);
	t.is(await body(), 'and two');
	await rm(join(folder, 'body.txt'));
	t.regex((await next()).refused ?? '', /body\.txt/);
	await writeFile(join(folder, 'body.txt'), 'three');
	t.truthy((await next()).swapped);
	t.is(await body(), 'three');
});

test('a file that a broken scenario lacks mends it, in a folder that was not there', async t => {
	const {folder, path, next} = await watching(t);
	const more = `  - request: GET ${api}/body\n    response: { file: bodies/new.txt }\n`;
	await writeFile(path, yaml('second', more));
	t.regex((await next()).refused ?? '', /bodies\/new\.txt/);
	await mkdir(join(folder, 'bodies'));
	await writeFile(join(folder, 'bodies/new.txt'), 'new');
	t.truthy((await next()).swapped);
});

test('addresses that are new, and origins that are gone, stand in the line', async t => {
	const {double, path, next} = await watching(t);
	const cdn = 'https://cdn.example.test';
	await writeFile(path, yaml('second').replace(api, cdn));
	t.deepEqual(await next(), {
		swapped: `${path} has changed, and is played from now on. New: ${cdn} → ${double.urlOf(cdn)}. Gone: ${api}.`,
	});
});

test('a module is imported anew', async t => {
	const text = (name: string) =>
		`export default {name: '${name}', routes: [{request: 'GET ${api}/name', response: ctx => { ctx.body = '${name}'; }}]};\n`;
	const {path, next, name} = await watching(t, text('first'), 'scenario.mjs');
	await writeFile(path, text('second'));
	t.truthy((await next()).swapped);
	t.is(await name(), 'second');
	const faults = [
		['export default {\n  a b\n};', /can't be imported: SyntaxError: Unexpected identifier 'b'\n/],
		['\n\nnowhere();', /can't be imported: ReferenceError: nowhere is not defined \(line 3\)\n/],
		['import "./nowhere.mjs";', /scenario\.mjs can't be imported: Error: Cannot find module /],
	] as const;
	for (const [fault, why] of faults) {
		await writeFile(path, fault);
		t.regex((await next()).refused ?? '', why);
	}
	await writeFile(path, text('third'));
	t.truthy((await next()).swapped);
	t.is(await name(), 'third');
});

test('what happens beside the files is not told', async t => {
	const {folder, path, next, told, name} = await watching(t);
	await writeFile(join(folder, 'other.yaml'), 'broken');
	await writeFile(path, yaml('second'));
	t.truthy((await next()).swapped);
	t.deepEqual(told, []);
	t.is(await name(), 'second');
});

test('a double that was closed is told nothing of', async t => {
	const {double, path, told} = await watching(t);
	await double.close();
	await writeFile(path, yaml('second'));
	const refused = double.swap(path);
	await t.throwsAsync(refused, {code: 'DOUBLE_CLOSED'});
	await new Promise(resolve => setTimeout(resolve, 300));
	t.deepEqual(told, []);
});

test('shipped scenarios have no file that is watched', t => {
	t.is(fileOf('api-move'), undefined);
	t.is(fileOf('/x/my.yaml'), '/x/my.yaml');
	t.is(fileOf(pathToFileURL('/x/my.yaml').href), '/x/my.yaml');
});

test.serial('a double that was closed is watched over no more', async t => {
	const {double, path, told} = await watching(t);
	const watchers = () => process.getActiveResourcesInfo().filter(each => each === 'FSEventWrap');
	const before = watchers().length;
	await double.close();
	await writeFile(path, yaml('second'));
	while (watchers().length === before) await new Promise(setImmediate);
	t.is(watchers().length, before - 1);
	t.deepEqual(told, []);
});
