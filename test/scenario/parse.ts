import test from 'ava';
import fc from 'fast-check';
import {stringify} from 'yaml';
import {parseScenarioText} from '../../src/scenario/parse.ts';
import {pointerTo} from '../../src/scenario/pointer.ts';

/** The library leaves a key `<<` without quotes, which makes it a merge key to a reader that knows those. */
function writeYaml(value: unknown): string {
	const merges = JSON.stringify(value).includes('"<<"');
	return stringify(value, {defaultKeyType: merges ? 'QUOTE_DOUBLE' : null});
}

const forms = [
	{file: 'x.json', write: (value: unknown) => JSON.stringify(value, null, '\t')},
	{file: 'x.json', write: (value: unknown) => JSON.stringify(value)},
	{file: 'x.yaml', write: writeYaml},
	{file: 'x.yaml', write: (value: unknown) => JSON.stringify(value, null, 2)},
];

for (const [index, {file, write}] of forms.entries()) {
	test(`what was written as ${file} (${index}) is read again`, async t => {
		await fc.assert(
			fc.asyncProperty(
				fc.dictionary(fc.string({minLength: 1}), fc.jsonValue(), {minKeys: 1}),
				async value => {
					const plain: unknown = JSON.parse(JSON.stringify(value));
					const {data} = await parseScenarioText(write(plain), file);
					t.is(JSON.stringify(data), JSON.stringify(plain));
				},
			),
		);
	});
}

const placed = test.macro({
	async exec(t, file: string, text: string, pointer: string, value: string, name: string) {
		const {positions} = await parseScenarioText(text, file);
		const show = (atName: boolean): string => {
			const {line, column} = positions.find(pointer, atName) ?? {line: 0, column: 0};
			return `${line}:${column}`;
		};
		t.deepEqual([show(false), show(true)], [value, name]);
	},
	title: (_, file, _text, pointer) => `finds ${pointer || 'the whole'} in ${file}`,
});

const yaml =
	'# a comment\nroutes:\n  - request: GET\n    headers: { A/b: [1, 2] }\n  - &x\n    response: {}\n  - *x\n';
test(placed, 'x.yaml', yaml, '', '2:1', '2:1');
test(placed, 'x.yaml', yaml, '/routes', '3:3', '2:1');
test(placed, 'x.yaml', yaml, '/routes/0/request', '3:14', '3:5');
test(placed, 'x.yaml', yaml, pointerTo('routes', 0, 'headers', 'A/b', 1), '4:25', '4:25');
test(placed, 'x.yaml', yaml, '/routes/0/missing', '3:5', '3:5');
test(placed, 'x.yaml', yaml, '/routes/2/response', '6:15', '6:5');

const json = '{\r\n\t"routes": [\r\n\t\t{"request": "GET", "a~b": {"c": 1}}\r\n\t]\r\n}';
test(placed, 'x.json', json, '', '1:1', '1:1');
test(placed, 'x.json', json, '/routes/0/request', '3:15', '3:4');
test(placed, 'x.json', json, pointerTo('routes', 0, 'a~b', 'c'), '3:35', '3:30');
test(placed, 'x.json', json, '/routes/0/missing', '3:3', '3:3');

test('anchors, aliases and merge keys are resolved', async t => {
	const text = 'a: &a { x: 1, y: 2 }\nb: { <<: *a, y: 3 }\nc: *a\n';
	const {data} = await parseScenarioText(text, 'x.yaml');
	t.deepEqual(data, {a: {x: 1, y: 2}, b: {x: 1, y: 3}, c: {x: 1, y: 2}});
});

test('words that only YAML 1.1 takes for something else stay words', async t => {
	const {data} = await parseScenarioText(
		'a: [yes, no, on, 12:30, 2026-11-23, 0o17, 0x1f]\n',
		'x.yml',
	);
	t.deepEqual(data, {a: ['yes', 'no', 'on', '12:30', '2026-11-23', 15, 31]});
});

test('aliases that would grow beyond all bounds are refused', async t => {
	const levels = Array.from({length: 12}, (_, i) =>
		i === 0
			? 'a0: &a0 [1]'
			: `a${i}: &a${i} [${Array(10)
					.fill(`*a${i - 1}`)
					.join(', ')}]`,
	);
	await t.throwsAsync(parseScenarioText(levels.join('\n'), 'x.yaml'), {code: 'SCENARIO_INVALID'});
});

test('a byte order mark is skipped', async t => {
	t.deepEqual((await parseScenarioText('\ufeff{"a": 1}', 'x.json')).data, {a: 1});
	t.deepEqual((await parseScenarioText('\ufeffa: 1\n', 'x.yaml')).data, {a: 1});
});

test('a member called __proto__ is a member like any other', async t => {
	for (const file of ['x.json', 'x.yaml']) {
		const {data} = await parseScenarioText('{"__proto__": {"polluted": true}}', file);
		t.is(JSON.stringify(data), '{"__proto__":{"polluted":true}}');
	}
});
