import test from 'ava';
import {ScenarioError} from '../../src/errors.ts';
import {loadScenario} from '../../src/scenario/load.ts';
import type {RouteInput} from '../../src/scenario/types.ts';

const url = 'https://api.example.test/users';

const shadows = test.macro({
	async exec(t, first: RouteInput, second: RouteInput, expected: boolean) {
		const loading = loadScenario({name: 'two', phases: ['a', 'b'], routes: [first, second]});
		const error = await loading.then(
			() => undefined,
			(reason: unknown) => reason,
		);
		t.is(error instanceof ScenarioError && error.message.includes('never answers'), expected);
	},
	title: (given = '') => given,
});

const get = {request: `GET ${url}`, response: {}};
test('the same request twice', shadows, get, get, true);
test(
	'parameters with other names',
	shadows,
	{request: `GET ${url}/:a`, response: {}},
	{request: `GET ${url}/:b`, response: {}},
	true,
);
test('another method', shadows, get, {request: `PUT ${url}`, response: {}}, false);
test('one method more', shadows, get, {request: `GET|PUT ${url}`, response: {}}, false);
test('one method of several', shadows, {request: `GET|PUT ${url}`, response: {}}, get, true);
test('any method before', shadows, {request: `* ${url}`, response: {}}, get, true);
test('any method after', shadows, get, {request: `* ${url}`, response: {}}, false);
test(
	'HEAD behind GET, which answers HEAD too',
	shadows,
	get,
	{request: `HEAD ${url}`, response: {}},
	true,
);
test(
	'another case of the path',
	shadows,
	get,
	{request: 'GET https://api.example.test/Users', response: {}},
	false,
);
test('a trailing slash', shadows, get, {request: `GET ${url}/`, response: {}}, false);
test('a condition on the first', shadows, {request: `GET ${url}?z=1`, response: {}}, get, false);
test(
	'a condition on the second',
	shadows,
	get,
	{request: {method: 'GET', url, headers: {a: true}}, response: {}},
	true,
);
test(
	'a first route that is used up',
	shadows,
	{request: `GET ${url}`, response: {times: 2}},
	get,
	false,
);
test('other phases', shadows, {...get, phase: 'a'}, {...get, phase: 'b'}, false);
test('one phase of several', shadows, {...get, phase: ['a', 'b']}, {...get, phase: 'b'}, true);
test('a phase before all phases', shadows, {...get, phase: 'a'}, get, false);
test('all phases before a phase', shadows, get, {...get, phase: 'a'}, true);
test('a handler before', shadows, {request: `GET ${url}`, response: () => {}}, get, true);
