import {accessSync, constants, existsSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {schemaFileText} from '../src/scenario/schema-file.ts';
import {filesBelow, importsOf, root, textOf} from './helpers/source-files.ts';

const manifest = JSON.parse(textOf('package.json'));
const dependencies: string[] = Object.keys(manifest.dependencies);
const devDependencies: string[] = Object.keys(manifest.devDependencies);

test('the tests run under the one Node that package.json pins', t => {
	t.is(process.version, `v${manifest.devDependencies.node}`);
});

test('scenario.schema.json is what the schema says', t => {
	t.is(textOf('scenario.schema.json'), schemaFileText(), 'it is out of date: npm run build');
});

test('what package.json exports is shipped', t => {
	const exported = Object.values<string | Record<string, string>>(manifest.exports);
	const files = exported.flatMap(target =>
		typeof target === 'string' ? [target] : Object.values(target),
	);
	const shipped = ['package.json', 'README.md', 'LICENSE', ...manifest.files];
	for (const file of files) {
		const path = file.slice('./'.length);
		t.true(existsSync(join(root, path)), `${file} is exported and is not there: npm run build`);
		t.true(
			shipped.some(entry => path === entry || path.startsWith(`${entry}/`)),
			`${file} is exported and stands in no folder of "files"`,
		);
	}
});

test('the command is shipped, and can be executed', t => {
	const {followthrough: file}: {followthrough: string} = manifest.bin;
	t.regex(file, /^dist\//);
	t.notThrows(() => accessSync(join(root, file), constants.X_OK));
	t.true(textOf(file).startsWith('#!/usr/bin/env node\n'));
});

test('what src imports is a dependency, and every dependency is imported', t => {
	const imports = filesBelow('src').flatMap(importsOf);
	const packages = new Set(imports.filter(({isPackage}) => isPackage).map(({to}) => to));
	t.deepEqual(
		[...packages].filter(name => !dependencies.includes(name)),
		[],
		'users would not get these packages: list them in "dependencies"',
	);
	const unused = dependencies.filter(name => !packages.has(name.replace(/^@types\//, '')));
	t.deepEqual(unused, [], 'users would get these packages for nothing');
});

test('every dependency has its reasons in docs/decisions', t => {
	const decisions = filesBelow('docs/decisions').map(file => textOf(`docs/decisions/${file}`));
	const unexplained = [...dependencies, ...devDependencies].filter(
		name => !decisions.some(text => text.includes(`\`${name}\``)),
	);
	t.deepEqual(unexplained, [], 'say in docs/decisions/0002-dependencies.md why each is needed');
});

test('the changelog speaks of the version in package.json', t => {
	t.regex(textOf('CHANGELOG.md'), new RegExp(`^## \\[?${manifest.version}\\b`, 'm'));
});
