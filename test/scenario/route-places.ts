import {join} from 'node:path';
import test from 'ava';
import {compileScenario} from '../../src/scenario/compile.ts';
import {compileScenarios} from '../../src/scenario/compile-scenarios.ts';
import {loadScenario} from '../../src/scenario/load.ts';
import {routePlaces} from '../../src/scenario/route-places.ts';
import {packageFolder} from '../../src/scenario/shipped.ts';
import type {ScenarioInput} from '../../src/scenario/types.ts';

const inMemory: ScenarioInput = {
	name: 'in-memory',
	routes: [{request: 'PUT|GET https://a.test/items/:id?kind=x', response: {status: 204}}],
};

async function placesOf(...sources: (string | ScenarioInput)[]) {
	const loaded = await Promise.all(sources.map(source => loadScenario(source)));
	return routePlaces(compileScenarios(loaded).scenario);
}

test('a route stands in its file, at a line and a column', async t => {
	const [first, second] = await placesOf('api-move');
	const path = join(packageFolder(), 'scenarios/documented/api-move.yaml');
	t.like(first, {
		label: 'POST https://api.example.test/api/v1/users',
		scenario: 'api-move',
		pointer: '/routes/0',
		path,
		position: {line: 16, column: 5},
	});
	t.like(second, {pointer: '/routes/1', path, position: {line: 20, column: 5}});
});

test('of several scenarios in one, each route is told with its own', async t => {
	const places = await placesOf(inMemory, 'api-move');
	t.deepEqual(
		places.map(({scenario, pointer, path, position}) => [
			`${scenario}${pointer}`,
			path !== undefined,
			position?.line,
		]),
		[
			['in-memory/routes/0', false, undefined],
			['api-move/routes/0', true, 16],
			['api-move/routes/1', true, 20],
		],
	);
});

test('a scenario that nobody compiled has names and no files', async t => {
	const {scenario} = compileScenario(await loadScenario('api-move'));
	const [place] = await routePlaces({...scenario});
	t.like(place, {scenario: 'api-move', path: undefined, position: undefined});
});

for (const [method, url, takes] of [
	['PUT', 'https://a.test/items/7', true],
	['HEAD', 'https://a.test/items/7?kind=y', true],
	['POST', 'https://a.test/items/7', false],
	['PUT', 'https://b.test/items/7', false],
	['PUT', 'https://a.test/items', false],
	['PUT', '', false],
] as const)
	test(`a route for PUT and GET of items is ${takes ? '' : 'not '}for ${method} ${url}`, async t => {
		const [place] = await placesOf(inMemory);
		t.is(place?.takes(method, url), takes);
	});
