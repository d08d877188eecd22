import {execFile} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {copyFile, mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {join, posix} from 'node:path';
import test from 'ava';
import {hopImageFile, renderHopImage} from '../scripts/render-hop-image.ts';
import {scenarioSchema} from '../src/scenario/schema.ts';
import {filesBelow, root, textOf} from './helpers/source-files.ts';

const readme = textOf('README.md');
const api = textOf('docs/api.md');
const manifest = JSON.parse(textOf('package.json'));
const shipped: string[] = ['package.json', 'README.md', 'LICENSE', ...manifest.files];
const pages = ['README.md', 'docs/api.md'];
const texts = ['README', 'CHANGELOG', 'CONTRIBUTING', ...docs()].map(name => `${name}.md`);

/** A code block; it has a name when its first line is a comment with a file name. */
interface Block {
	readonly language: string;
	readonly code: string;
	readonly name?: string | undefined;
}

test('the README is shorter than 200 lines', t => {
	t.true(readme.trimEnd().split('\n').length < 200);
});

for (const page of texts)
	test(`every relative link of ${page} leads somewhere in the package`, t => {
		const targets = [...textOf(page).matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
		const relative = targets.filter(target => !/^https?:/.test(target));
		t.deepEqual(
			relative.filter(target => !leadsSomewhere(page, target)),
			[],
		);
	});

for (const page of pages)
	test(`the TypeScript and YAML blocks of ${page} have file names`, t => {
		const files = blocksOf(page).filter(({language}) => language !== 'sh');
		const names = files.map(({name}) => name);
		t.true(names.length > 3);
		t.false(names.includes(undefined));
		t.is(new Set(names).size, names.length);
	});

test('the npm commands of the README exist', t => {
	const shell = blocksOf('README.md').filter(({language}) => language === 'sh');
	const known = [
		...Object.keys(manifest.scripts).flatMap(name => [`npm ${name}`, `npm run ${name}`]),
		'npm cit',
		`npm install --save-dev ${manifest.name}`,
	];
	const commands = shell.flatMap(({code}) => code.trim().split('\n'));
	t.deepEqual(
		commands.filter(command => !known.includes(command)),
		[],
	);
});

for (const page of pages)
	test(`the code of ${page} compiles and runs`, async t => {
		// In the repository, so that ava is found; a folder of tests would be taken for ava's own.
		const folder = await mkdtemp(join(root, '.readme-'));
		t.teardown(() => rm(folder, {recursive: true}));
		const {scripts, tests} = await prepareProject(folder, blocksOf(page));
		const bin = join(root, 'node_modules');
		await t.notThrowsAsync(node(folder, join(bin, 'typescript/bin/tsc'), '-p', '.'));
		await Promise.all(scripts.map(name => t.notThrowsAsync(node(folder, name))));
		if (tests.length > 0)
			await t.notThrowsAsync(node(folder, join(bin, 'ava/entrypoints/cli.js'), '--tap'));
	});

test('the image of the README is what the command tells today', async t => {
	const message = 'it is out of date: node scripts/render-hop-image.ts';
	t.is(readFileSync(hopImageFile, 'utf8'), await renderHopImage(), message);
});

const {calls, routes} = scenarioSchema.properties;
const {request, response} = routes.items.properties;
const [, requestObject] = request.anyOf;

for (const {heading, schema} of [
	{heading: 'The file', schema: scenarioSchema},
	{heading: 'A route', schema: routes.items},
	{heading: 'A request as an object', schema: requestObject},
	{heading: 'A response', schema: response},
	{heading: 'A call', schema: calls.items},
])
	test(`the API page has all fields of the schema under "${heading}"`, t => {
		t.deepEqual(rowsBelow(heading), Object.keys(schema.properties));
	});

test('the API page has all error codes', t => {
	const codes = [...textOf('src/errors.ts').matchAll(/^\t\| '([A-Z_]+)'/gm)];
	t.deepEqual(
		rowsBelow('Errors'),
		codes.map(([, code]) => code),
	);
});

for (const {file, type, prefix} of [
	{file: 'src/double.ts', type: 'Double', prefix: 'double.'},
	{file: 'src/double.ts', type: 'JudgedHop', prefix: 'hop.'},
	{file: 'src/journal/hop.ts', type: 'Hop', prefix: 'hop.'},
	{file: 'src/journal/hop.ts', type: 'Link', prefix: 'link.'},
	{file: 'src/journal/journal.ts', type: 'Journal', prefix: 'journal.'},
	{file: 'src/journal/recorded-body.ts', type: 'RecordedBody', prefix: 'body.'},
	{file: 'src/journal/exchange.ts', type: 'Exchange', prefix: '`'},
	{file: 'src/journal/exchange.ts', type: 'RecordedRequest', prefix: '`'},
	{file: 'src/journal/exchange.ts', type: 'RecordedResponse', prefix: '`'},
	{file: 'src/verdict/verdict.ts', type: 'Finding', prefix: '`'},
	{file: 'src/verdict/verdict.ts', type: 'Verdict', prefix: '`'},
	{file: 'src/start-options.ts', type: 'StartOptions', prefix: '`'},
	{file: 'src/double.ts', type: 'CertificateAuthority', prefix: 'double.ca.'},
	{file: 'src/journal/connections.ts', type: 'ConnectionRecord', prefix: '`'},
	{file: 'src/journal/exchange.ts', type: 'AfterAnswer', prefix: '`'},
	{file: 'src/journal/exchange.ts', type: 'Http2Facts', prefix: '`'},
	{file: 'src/journal/exchange.ts', type: 'InterimResponse', prefix: '`'},
	{file: 'src/journal/exchange.ts', type: 'ConnectionFacts', prefix: '`'},
	{file: 'src/journal/exchange.ts', type: 'TlsFacts', prefix: '`'},
])
	test(`the API page has all members of ${type}`, t => {
		const members = membersOf(textOf(file), type);
		t.true(members.length > 0);
		t.deepEqual(
			members.filter(name => !new RegExp(`${prefix}${name}\\b`).test(api)),
			[],
		);
	});

test('the API page has all that the package exports', async t => {
	const exported = Object.keys(await import('../src/index.ts'));
	t.deepEqual(
		exported.filter(name => !new RegExp(`\\b${name}\\b`).test(api)),
		[],
	);
});

/** The pages below docs, without their ending. */
function docs(): string[] {
	const files = filesBelow('docs').filter(file => file.endsWith('.md'));
	return files.map(file => `docs/${file.slice(0, -'.md'.length)}`);
}

/** Whether a link, seen from a page, leads to a file or folder that is shipped, and to a heading there. */
function leadsSomewhere(page: string, link: string): boolean {
	const [way = '', heading] = link.split('#');
	const path = way === '' ? page : posix.join(posix.dirname(page), way);
	const isShipped = shipped.some(entry => path === entry || path.startsWith(`${entry}/`));
	if (!isShipped || !existsSync(join(root, path))) return false;
	return heading === undefined || headingsOf(textOf(path)).includes(heading);
}

/** The headings of a page as links name them. */
function headingsOf(text: string): string[] {
	const headings = text.matchAll(/^#+ (.+)$/gm);
	return [...headings].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\w\s-]/g, '')
			.replaceAll(' ', '-'),
	);
}

function blocksOf(page: string): Block[] {
	return [...textOf(page).matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(
		([, language = '', code = '']): Block => ({
			language,
			code,
			name: /^(?:\/\/|#) (\S+\.\w+)\n/.exec(code)?.[1],
		}),
	);
}

/** The first cells of the table that comes first below a heading of the API page. */
function rowsBelow(heading: string): string[] {
	const [, below = ''] = api.split(new RegExp(`^#+ ${heading}\\n`, 'm'));
	const [section = ''] = below.split(/^#/m);
	return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = '']) => name);
}

/** The names of the members that an interface of a source file declares. */
function membersOf(source: string, type: string): string[] {
	const [, body = ''] =
		new RegExp(`interface ${type}\\b.*\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(source) ?? [];
	const names = [...body.matchAll(/^\t(?:readonly )?(\w+)[?(:<]/gm)].map(([, name = '']) => name);
	return [...new Set(names)];
}

/** A project as a reader would have it: the blocks as files, and Followthrough in node_modules. */
async function prepareProject(folder: string, blocks: readonly Block[]) {
	for (const {name, code} of blocks) if (name) await writeFile(join(folder, name), code);
	await copyFile(join(root, 'examples/users-client.ts'), join(folder, 'users-client.ts'));
	await mkdir(join(folder, 'node_modules'));
	await symlink(root, join(folder, 'node_modules/followthrough'));
	const modules = blocks.filter(({language}) => language === 'ts');
	const named = (list: readonly Block[]) => list.flatMap(({name}) => (name ? [name] : []));
	const tests = named(modules.filter(({code}) => code.includes("from 'ava'")));
	const ava = {extensions: ['ts'], files: tests};
	await writeFile(join(folder, 'package.json'), JSON.stringify({type: 'module', ava}));
	const tsconfig = {extends: '../tsconfig.json', files: named(modules)};
	await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
	return {tests, scripts: named(modules).filter(name => !tests.includes(name))};
}

/** Runs a script in a folder; what it says is in the error, when it fails. */
async function node(folder: string, ...args: string[]): Promise<void> {
	const output = await new Promise<string | undefined>(resolve =>
		execFile(process.execPath, args, {cwd: folder}, (error, stdout, stderr) =>
			resolve(error ? stdout + stderr : undefined),
		),
	);
	if (output !== undefined) throw new Error(`${args.join(' ')} failed:\n${output}`);
}
