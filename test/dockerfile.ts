// The Dockerfile, as far as it can be judged without Docker; "npm run container" does what it says.

import test from 'ava';
import {validate} from 'dockerfile-utils';
import {createProgram} from '../src/cli/program.ts';
import {readDockerfile} from './helpers/dockerfile.ts';
import {textOf} from './helpers/source-files.ts';

const text = textOf('Dockerfile');
const image = readDockerfile(text);
const manifest = JSON.parse(textOf('package.json'));

test('a linter finds nothing in the Dockerfile', t => {
	const found = validate(text).map(
		({range, message}) => `line ${range.start.line + 1}: ${message}`,
	);
	t.deepEqual(found, []);
});

test('the linter finds what is wrong', t => {
	const [fault] = validate(text.replace('--interval=5s', '--interval=5'));
	t.is(fault?.message, 'time: missing unit in duration 5');
});

test('the image has the Node that the tests run on, in its major version', t => {
	const [major] = manifest.devDependencies.node.split('.');
	t.deepEqual(new Set(image.bases), new Set([`node:${major}-alpine`]));
});

test('the image has the version of the package', t => {
	t.is(image.labels['org.opencontainers.image.version'], manifest.version);
	t.is(image.labels['org.opencontainers.image.licenses'], manifest.license);
});

test('the server does not run as root', t => {
	t.regex(image.user, /^[1-9]\d*:[1-9]\d*$/);
});

test('the build gets the packed package, and nothing else', t => {
	const [, ...patterns] = textOf('.dockerignore').trim().split('\n');
	t.deepEqual(patterns, ['*', '!followthrough-*.tgz']);
	t.deepEqual(
		image.copied.map(({source}) => source),
		['followthrough-*.tgz'],
	);
	t.regex(`${manifest.name}-${manifest.version}.tgz`, /^followthrough-.*\.tgz$/);
});

test('the command of the package is started, at the port that is exposed and asked for its health', t => {
	t.deepEqual(image.entrypoint, Object.keys(manifest.bin));
	const [command, ...options] = image.command;
	const known = createProgram().commands.find(each => each.name() === command)?.options ?? [];
	for (const option of options.filter(word => word.startsWith('--')))
		t.true(
			known.some(({long}) => long === option),
			option,
		);
	const [port = ''] = image.ports;
	t.is(options[options.indexOf('--port') + 1], port);
	t.true(image.healthcheck.join(' ').includes(`http://127.0.0.1:${port}/v1/health`));
});

test('npm installs no packages that only the work on the repository needs, and runs no scripts', t => {
	const [command = ''] = image.commands;
	for (const option of ['--omit=dev', '--ignore-scripts']) t.true(command.includes(option));
});
