import test from 'ava';
import {compileScenarios} from '../../src/scenario/compile-scenarios.ts';
import {loadScenario} from '../../src/scenario/load.ts';
import type {LoadedScenario} from '../../src/scenario/loaded.ts';
import type {ScenarioInput} from '../../src/scenario/types.ts';

function load(name: string, more: Partial<ScenarioInput> = {}): Promise<LoadedScenario> {
	const routes = [{request: `POST https://${name}.example.test/x`, response: {}}];
	return loadScenario({name, routes, ...more});
}

test('several scenarios are played as one', async t => {
	const one = await load('one', {
		callHeaders: ['x-a'],
		calls: [{request: 'POST https://one.example.test/x'}],
	});
	const two = await load('two', {
		links: 'tagged',
		title: 'Two',
		callHeaders: ['x-b', 'x-a'],
		phases: ['p'],
	});
	const {scenario, file, origins, routes} = compileScenarios([one, two]);
	t.like(scenario, {
		name: 'one+two',
		title: 'one; Two',
		links: 'tagged',
		callHeaders: ['x-a', 'x-b'],
		phases: ['p'],
		calls: [{request: 'POST https://one.example.test/x'}],
	});
	t.is(scenario.routes.length, 2);
	t.is(file, 'scenario object "one" + scenario object "two"');
	t.deepEqual(origins, ['https://one.example.test', 'https://two.example.test']);
	t.deepEqual(
		routes.map(({index, label}) => [index, label]),
		[
			[0, 'POST https://one.example.test/x'],
			[1, 'POST https://two.example.test/x'],
		],
	);
});

test('one scenario alone is compiled as it is', async t => {
	const one = await load('one');
	t.is(compileScenarios([one]).scenario, one.scenario);
});

test('each scenario keeps its own seed', async t => {
	const shared = (name: string) => [
		{
			request: `GET https://${name}.example.test/`,
			responses: [{weight: 1}, {status: 307, weight: 1}],
		},
	];
	const one = await load('one', {seed: 1, routes: shared('one')});
	const two = await load('two', {seed: 2, routes: shared('two')});
	const seeds = compileScenarios([one, two]).routes.map(
		({answers}) => 'seed' in answers && answers.seed,
	);
	t.deepEqual(seeds, [1, 2]);
});

test('a route that stands in the way of another scenario is refused', async t => {
	const one = await load('one', {
		routes: [{request: 'POST https://one.example.test/:a', response: {}}],
	});
	const two = await load('two', {
		routes: [
			{request: 'POST https://two.example.test/', response: {}},
			{request: 'POST https://one.example.test/:b', response: {}},
		],
	});
	t.throws(() => compileScenarios([one, two]), {
		code: 'SCENARIO_INVALID',
		message:
			'scenario object "two" has 1 problem:\n  /routes/1/request  never answers: route 0 (POST https://one.example.test/:a) of scenario "one" takes the same requests before it',
	});
});

test('scenarios with different phases are refused', async t => {
	const one = await load('one', {phases: ['a', 'b']});
	const two = await load('two', {phases: ['b', 'a']});
	t.throws(() => compileScenarios([one, two]), {
		message:
			'scenario object "two" has 1 problem:\n  /phases  scenario "one" has other phases, and a double is in one phase at a time; play the two in doubles of their own',
	});
	t.notThrows(() =>
		compileScenarios([one, {...two, scenario: {...two.scenario, phases: ['a', 'b']}}]),
	);
});

test('no scenario at all is refused', t => {
	t.throws(() => compileScenarios([]), {
		message: 'no scenario has 1 problem:\n  /  expected at least one scenario',
	});
});
