import {readFile} from 'node:fs/promises';
import test from 'ava';
import fc from 'fast-check';
import {parseScenarioText} from '../../src/scenario/parse.ts';
import {escapePath, parsePathPattern} from '../../src/scenario/path-pattern.ts';
import {shippedFiles} from '../../src/scenario/shipped.ts';
import {escapeLocation, escapeTemplate, parseTemplate} from '../../src/scenario/template.ts';
import {writeYaml} from '../../src/scenario/write-yaml.ts';
import {origin} from '../helpers/any-responses.ts';

async function readBack(text: string): Promise<unknown> {
	return (await parseScenarioText(text, 'written.yaml')).data;
}

const name = fc.oneof(
	fc.string(),
	fc.constantFrom('<<', '__proto__', 'a: b', '- a', 'null', '&a', '1'),
);
const text = fc.oneof(
	fc.string({unit: 'binary'}),
	fc.string(),
	fc.constantFrom(':id', '# a', 'a\r\nb\n', ' \n', '~', '1e3', '0x1', '%a', '\ufeff'),
);
const {json} = fc.letrec(tie => ({
	json: fc.oneof(
		{maxDepth: 3},
		text,
		fc.integer(),
		fc.double({noNaN: true, noDefaultInfinity: true}),
		fc.constantFrom(null, true, false),
		fc.array(tie('json'), {maxLength: 4}),
		fc.dictionary(name, tie('json'), {maxKeys: 4}),
	),
}));
const response = fc.record(
	{status: fc.constantFrom(307, '307 Moved'), headers: fc.dictionary(name, text), json, text},
	{requiredKeys: []},
);

test('what is written is read as the same scenario, whatever texts are in it', async t => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(response, {minLength: 1, maxLength: 3}),
			text,
			async (responses, title) => {
				const scenario = {
					name: 'any',
					title,
					calls: [{request: `POST ${origin}/a`, text: title}],
					routes: responses.map(each => ({request: `POST ${origin}/a`, response: each})),
				};
				t.deepEqual(await readBack(await writeYaml(scenario, [title])), scenario);
			},
		),
		{numRuns: 500},
	);
});

test('the shipped scenarios are written as they were read', async t => {
	for (const {path} of await shippedFiles()) {
		const {data} = await parseScenarioText(await readFile(path, 'utf8'), path);
		const scenario = JSON.parse(JSON.stringify(data));
		t.deepEqual(await readBack(await writeYaml(scenario)), data, path);
	}
});

test('the form is that of the shipped scenarios', async t => {
	const scenario = {
		routes: [
			{
				request: `POST ${origin}/v1/users`,
				response: {status: 307, headers: {Location: `${origin}/v2/users`}, text: 'one\ntwo\n'},
			},
			{request: `POST ${origin}/v2/users`, response: {status: 201, json: {id: 123}}},
		],
		calls: [{request: `POST ${origin}/v1/users`, json: {name: 'Ada'}}],
		name: 'users',
		description: undefined,
	};
	t.is(
		await writeYaml(JSON.parse(JSON.stringify(scenario)), ['From here.']),
		`# From here.
name: users
calls:
  - request: POST https://api.example.test/v1/users
    json: { name: Ada }
routes:
  - request: POST https://api.example.test/v1/users
    response:
      status: 307
      headers: { Location: https://api.example.test/v2/users }
      text: |
        one
        two
  - request: POST https://api.example.test/v2/users
    response: { status: 201, json: { id: 123 } }
`,
	);
});

test('a handler is refused', async t => {
	const scenario = {name: 'handled', routes: [{request: `GET ${origin}/`, response: () => {}}]};
	await t.throwsAsync(writeYaml(scenario), {code: 'OPTION_INVALID', message: /a function/});
});

const parameters = [
	{name: 'id', wildcard: false},
	{name: 'rest', wildcard: true},
];

test('an escaped text is read as the text that it was', t => {
	const pieces = fc.array(
		fc.constantFrom(':', '\\', '*', 'id', 'rest', '/', 'x', '\\:', ':id', '*rest'),
	);
	fc.assert(
		fc.property(pieces, parts => {
			const plain = parts.join('');
			const expected = plain === '' ? [] : [plain];
			t.deepEqual(parseTemplate(escapeTemplate(plain, parameters), parameters), expected);
			t.deepEqual(parseTemplate(escapeLocation(plain, parameters), parameters), expected);
		}),
	);
});

test('an escaped path takes itself alone', t => {
	fc.assert(
		fc.property(fc.string({unit: 'grapheme-ascii'}), path => {
			const {faults, parameters: found} = parsePathPattern(escapePath(`/${path}`));
			t.deepEqual({faults, found}, {faults: [], found: []});
		}),
	);
});
