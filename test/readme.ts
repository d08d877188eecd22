import {execFile} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {copyFile, mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {hopImageFile, renderHopImage} from '../scripts/render-hop-image.ts';
import {root, textOf} from './helpers/source-files.ts';

const readme = textOf('README.md');

/** A code block; it has a name when its first line is a comment with a file name. */
interface Block {
	readonly language: string;
	readonly code: string;
	readonly name?: string | undefined;
}

const blocks = [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(
	([, language = '', code = '']): Block => ({
		language,
		code,
		name: /^(?:\/\/|#) (\S+\.\w+)\n/.exec(code)?.[1],
	}),
);

test('the README is shorter than 200 lines', t => {
	t.true(readme.trimEnd().split('\n').length < 200);
});

test('every relative link of the README leads somewhere', t => {
	const targets = [...readme.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = '']) => target);
	const relative = targets.filter(target => !/^https?:/.test(target));
	t.true(relative.length > 10);
	t.deepEqual(
		relative.filter(target => !existsSync(join(root, target))),
		[],
	);
});

test('the TypeScript and YAML blocks of the README have file names', t => {
	const files = blocks.filter(({language}) => language !== 'sh');
	t.deepEqual(
		files.map(({name}) => name),
		['users.ts', 'orders-move.yaml', 'orders.ts', 'follow-ups.ts'],
	);
});

test('the npm commands of the README exist', t => {
	const shell = blocks.filter(({language}) => language === 'sh').map(({code}) => code);
	const {name, scripts} = JSON.parse(textOf('package.json'));
	const known = [
		...Object.keys(scripts).flatMap(script => [`npm ${script}`, `npm run ${script}`]),
		'npm cit',
		`npm install --save-dev ${name}`,
	];
	const commands = shell.join('').trim().split('\n');
	t.deepEqual(
		commands.filter(command => !known.includes(command)),
		[],
	);
});

test('the code of the README compiles and its tests pass', async t => {
	// In the repository, so that ava is found; a folder of tests would be taken for ava's own.
	const folder = await mkdtemp(join(root, '.readme-'));
	t.teardown(() => rm(folder, {recursive: true}));
	await prepareProject(folder);
	const bin = join(root, 'node_modules');
	await t.notThrowsAsync(node(folder, join(bin, 'typescript/bin/tsc'), '-p', '.'));
	await t.notThrowsAsync(node(folder, join(bin, 'ava/entrypoints/cli.js'), '--tap'));
});

test('the image of the README is what the command tells today', async t => {
	const message = 'it is out of date: node scripts/render-hop-image.ts';
	t.is(readFileSync(hopImageFile, 'utf8'), await renderHopImage(), message);
});

/** A project as a reader would have it: the blocks as files, and Followthrough in node_modules. */
async function prepareProject(folder: string): Promise<void> {
	for (const {name, code} of blocks) if (name) await writeFile(join(folder, name), code);
	await copyFile(join(root, 'examples/users-client.ts'), join(folder, 'users-client.ts'));
	await mkdir(join(folder, 'node_modules'));
	await symlink(root, join(folder, 'node_modules/followthrough'));
	const files = blocks.flatMap(({name}) => (name?.endsWith('.ts') ? [name] : []));
	const ava = {extensions: ['ts'], files};
	await writeFile(join(folder, 'package.json'), JSON.stringify({type: 'module', ava}));
	const tsconfig = {extends: '../tsconfig.json', files};
	await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
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
