import test from 'ava';
import {defineScenario, type ScenarioInput, startDouble} from '../../src/index.ts';
import type {ResponseInput, RouteInput} from '../../src/scenario/types.ts';

/*
 * What is held here is held by the type checker: each assignment must be taken, and each line
 * under `@ts-expect-error` refused.
 */

const url = 'https://api.example.test/v1/users';

const constant = {
	name: 'constant',
	phases: ['early', 'late'],
	callHeaders: ['X-Call'],
	enforce: ['method-preserved'],
	calls: [{request: `POST ${url}`, headers: {'X-Call': ['1', 2]}, json: {tags: ['a', 'b']}}],
	routes: [
		{
			request: {url, headers: {'X-Key': {pattern: '^k'}}, json: {tags: ['a']}},
			phase: ['early', 'late'],
			responses: [
				{status: 307, headers: {Location: ['/v2/users'], 'Set-Cookie': ['a=1', 'b=2']}, times: 1},
				{json: [1, {a: [2]}]},
			],
		},
		{request: `GET ${url}`, response: {status: '307 TEMPORARY_REDIRECT'}},
		{
			request: `PUT ${url}/7`,
			phase: 'early',
			response: {
				headers: {
					Location: {base64: '/w=='},
					'X-List': ['a', {base64: '/w=='}],
					'Content-Length': 9,
				},
				text: 'a body',
				answer: {afterBytes: 1000},
				continue: 'withhold',
				interim: [{status: 103, headers: {Link: '</a>'}}],
				bodyDelay: 5,
				bytesPerSecond: 100,
				packetSize: 10,
				fault: {truncateAfter: 3},
			},
		},
		{
			request: `PUT ${url}/7`,
			phase: 'late',
			response: {answer: 'before-body', afterwards: 'stop-reading'},
		},
	],
} as const;

test('a constant scenario is taken', async t => {
	await using double = await startDouble(constant);
	await using listed = await startDouble([constant] as const);
	const defined: ScenarioInput = defineScenario(constant);
	t.deepEqual([double.name, listed.name, defined.name], ['constant', 'constant', 'constant']);
});

test('a handler stands in a constant scenario, and gets its context', t => {
	const scenario = defineScenario({
		name: 'handled',
		routes: [{request: `GET ${url}`, response: ctx => ctx.redirect('/v2/users')}],
	} as const);
	t.is(scenario.name, 'handled');
});

test('what no scenario is is refused, constant or not', t => {
	const response: ResponseInput = {
		// @ts-expect-error a header value is text or a number
		headers: {Location: true},
	};
	const route: RouteInput = {
		request: `GET ${url}`,
		// @ts-expect-error "statuss" is no member of a response
		responses: [{statuss: 307}],
	};
	const slow: ResponseInput = {
		// @ts-expect-error an answer is before or after the body, or after some bytes
		answer: 'at-once',
		// @ts-expect-error a fault has a name of its own
		fault: 'reset',
		// @ts-expect-error an interim response has a status
		interim: [{headers: {}}],
	};
	const scenario: ScenarioInput = {
		name: 'refused',
		// @ts-expect-error links are exact or tagged
		links: 'sometimes',
		routes: [route],
	};
	// @ts-expect-error a scenario has routes
	const without: ScenarioInput = {name: 'without'} as const;
	t.is([response, slow, scenario, without].length, 4);
});
