// What a request is told beside its code: where to go on, and what is wrong, in words of its own.
import test, {type ExecutionContext} from 'ava';
import {Doubles} from '../../src/api/doubles.ts';
import {operations} from '../../src/api/resources/index.ts';
import {startApi} from '../../src/api/start-api.ts';

async function post(t: ExecutionContext, content: unknown) {
	const doubles = new Doubles();
	const api = await startApi({doubles, onFault: error => t.fail(String(error))});
	t.teardown(async () => {
		await api.close();
		await doubles.close();
	});
	const answer = await fetch(`${api.url}/v1/doubles`, {
		method: 'POST',
		headers: {'Content-Type': 'application/json'},
		body: JSON.stringify(content),
	});
	const json: ReturnType<typeof JSON.parse> = await answer.json();
	return json;
}

for (const {scenario, detail} of [
	{
		scenario: './my.yaml',
		detail: /^There is a fault in the scenario: \/scenario: a scenario comes by the name /,
	},
	{
		scenario: {name: 'x', routes: 3, foo: 1},
		detail: /^There is a fault in the scenario: \/scenario\/\w+: .* \(and 1 more\)\.$/,
	},
	{
		scenario: 'nope',
		detail: /^no shipped scenario is called "nope" \(GET \/v1\/scenarios lists all\)$/,
	},
	{scenario: 'api-mov', detail: /; did you mean "api-move"\? \(GET \/v1\/scenarios lists all\)$/},
])
	test(`the detail of a problem says what is wrong with ${JSON.stringify(scenario)}`, async t => {
		t.regex((await post(t, {scenario})).detail, detail);
	});

test('the links of a double lead to all of its parts', async t => {
	const {id, links} = await post(t, {scenario: 'api-move'});
	const led = Object.values(links).map(path => String(path).replace(`/${id}`, '/{id}'));
	const parts = operations
		.map(({path}) => path.replace('exports/{format}', 'exports/har'))
		.filter(path => /^\/v1\/doubles\/\{id\}/.test(path))
		// Those of one exchange or hop stand in the lists.
		.filter(path => !/\{(?!id\})/.test(path));
	t.deepEqual(
		parts.filter(path => !led.includes(path)),
		[],
	);
});
