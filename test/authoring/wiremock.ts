import test from 'ava';
import {fromWireMock} from '../../src/authoring/wiremock/from-wiremock.ts';
import {loadScenario} from '../../src/scenario/load.ts';
import {startDouble} from '../../src/start-double.ts';

const origin = 'https://api.example.test';
const ok = {status: 200};

/** The scenario of some mappings, which can be played, and all notes as text. */
async function converted(mappings: readonly object[], readBody?: () => Uint8Array | undefined) {
	const made = await fromWireMock([{file: 'stubs.json', data: {mappings}}], {
		origin,
		...(readBody && {readBody}),
	});
	await loadScenario(made.scenario);
	const notes = made.notes.map(({place, message}) => `${place}: ${message}`).join('\n');
	return {...made, notes};
}

for (const {what, request, route, note} of [
	{what: 'a URL', request: {method: 'GET', url: '/a(b)?c=1'}, route: `GET ${origin}/a\\(b\\)?c=1`},
	{what: 'any method', request: {method: 'ANY', urlPath: '/a'}, route: `* ${origin}/a`},
	{
		what: 'several methods',
		request: {method: {oneOf: ['PUT', 'PATCH']}, urlPath: '/a'},
		route: `PUT|PATCH ${origin}/a`,
	},
	{
		what: 'a template',
		request: {method: 'GET', urlPathTemplate: '/a/{userId}/b'},
		route: `GET ${origin}/a/:userId/b`,
	},
	{
		what: 'a pattern of any segment',
		request: {method: 'GET', urlPathPattern: '/a/[^/]+/b'},
		route: `GET ${origin}/a/:segment2/b`,
	},
	{
		what: 'a pattern of digits',
		request: {method: 'GET', urlPattern: '/a/\\d+'},
		route: `GET ${origin}/a/:segment2`,
		note: /request\.urlPattern: .* any segment/,
	},
	{
		what: 'a pattern of the rest',
		request: {method: 'GET', urlPathPattern: '/a/.*'},
		route: `GET ${origin}/a/{*rest}`,
	},
	{
		what: 'a host',
		request: {method: 'GET', urlPath: '/a', host: {equalTo: 'b.test'}, scheme: 'http', port: 81},
		route: 'GET http://b.test:81/a',
	},
	{
		what: 'conditions',
		request: {
			method: 'POST',
			urlPath: '/a',
			headers: {
				A: {equalTo: 'x'},
				B: {contains: 'a.b'},
				C: {absent: true},
				D: {equalTo: 'k1', caseInsensitive: true},
			},
			queryParameters: {e: {matches: '[a-z]+'}},
			bodyPatterns: [{equalToJson: '{"f":1}', ignoreExtraElements: true}],
		},
		route: {
			method: 'POST',
			url: `${origin}/a`,
			headers: {A: 'x', B: {pattern: 'a\\.b'}, C: false, D: {pattern: '^[kK]1$'}},
			query: {e: {pattern: '^(?:[a-z]+)$'}},
			json: {f: 1},
		},
	},
	{
		what: 'a cookie',
		request: {method: 'GET', urlPath: '/a', cookies: {s: {equalTo: 'x'}}},
		route: `GET ${origin}/a`,
		note: /mapping 1, request\.cookies: has no equivalent/,
	},
	{
		what: 'an unknown matcher',
		request: {method: 'GET', urlPath: '/a', headers: {A: {before: 'now'}}},
		route: `GET ${origin}/a`,
		note: /request\.headers\.A: the matcher "before"/,
	},
	{
		what: 'XML',
		request: {method: 'GET', urlPath: '/a', bodyPatterns: [{equalToXml: '<a/>'}]},
		route: `GET ${origin}/a`,
		note: /request\.bodyPatterns\[0\]: the matcher "equalToXml"/,
	},
])
	test(`a request with ${what} becomes a route, and what is lost is named`, async t => {
		const {scenario, notes} = await converted([{request, response: ok}]);
		t.deepEqual(scenario.routes[0]?.request, route);
		if (note) t.regex(notes, note);
		else t.is(notes, '');
	});

for (const {what, response, expected, note} of [
	{
		what: 'a reason',
		response: {status: 307, statusMessage: 'Moved'},
		expected: {status: '307 Moved'},
	},
	{what: 'JSON', response: {jsonBody: {a: 1}}, expected: {status: 200, json: {a: 1}}},
	{what: 'text', response: {body: 'a:userId'}, expected: {status: 200, text: 'a\\:userId'}},
	{what: 'bytes', response: {base64Body: 'gAA='}, expected: {status: 200, base64: 'gAA='}},
	{what: 'a delay', response: {fixedDelayMilliseconds: 5}, expected: {status: 200, delay: 5}},
	{
		what: 'a reset',
		response: {fault: 'CONNECTION_RESET_BY_PEER'},
		expected: {fault: 'reset-before-head'},
	},
	{
		what: 'an empty response',
		response: {fault: 'EMPTY_RESPONSE'},
		expected: {fault: 'reset-before-head'},
		note: /response\.fault: "EMPTY_RESPONSE"/,
	},
	{
		what: 'templates',
		response: {
			headers: {Location: '/b/{{request.path.userId}}'},
			body: '{{request.path.[1]}}{{now}}',
			transformers: ['response-template'],
		},
		expected: {status: 200, headers: {Location: '/b/:userId'}, text: ':userId{{now}}'},
		note: /response\.body: the template \{\{now\}\}/,
	},
	{
		what: 'a proxy',
		response: {proxyBaseUrl: 'http://b.test'},
		expected: {status: 200},
		note: /response\.proxyBaseUrl: has no equivalent/,
	},
	{what: 'a file', response: {bodyFileName: 'a.txt'}, expected: {status: 200, text: 'from a file'}},
])
	test(`a response with ${what} is converted, and what is lost is named`, async t => {
		const request = {method: 'GET', urlPathTemplate: '/a/{userId}'};
		const {scenario, notes} = await converted([{request, response}], () =>
			Buffer.from('from a file'),
		);
		t.deepEqual(scenario.routes[0]?.response, expected);
		if (note) t.regex(notes, note);
		else t.is(notes, '');
	});

test('the lower priority answers first, then what came later, and what never answers is named', async t => {
	const stub = (body: string, more: object = {}) => ({
		request: {method: 'GET', urlPath: '/a'},
		response: {body},
		...more,
	});
	const {scenario, notes} = await converted([
		stub('first'),
		stub('urgent', {
			priority: 1,
			request: {method: 'GET', urlPath: '/a', headers: {A: {equalTo: 'x'}}},
		}),
		stub('later'),
		stub('lost', {priority: 1, request: {method: 'GET', urlPath: '/a', cookies: {}}}),
	]);
	t.deepEqual(
		scenario.routes.map(({response}) => response),
		[
			{status: 200, text: 'urgent'},
			{status: 200, text: 'later'},
		],
	);
	t.regex(notes, /mapping 1: never answers.*mapping 3/);
	t.regex(notes, /mapping 4: never answers.*mapping 3/);
});

test('states become phases, and the double walks through them', async t => {
	const request = {method: 'GET', urlPath: '/a'};
	const {scenario} = await converted([
		{
			request,
			response: {body: 'one'},
			scenarioName: 'S',
			requiredScenarioState: 'Started',
			newScenarioState: 'Moved Away',
		},
		{request, response: {body: 'two'}, scenarioName: 'S', requiredScenarioState: 'Moved Away'},
		{
			request: {method: 'POST', urlPath: '/back'},
			response: {status: 204},
			scenarioName: 'S',
			newScenarioState: 'Started',
		},
	]);
	t.deepEqual(scenario.phases, ['started', 'moved-away']);
	await using double = await startDouble(scenario);
	const url = double.urlOf(`${origin}/a`);
	const get = async () => (await fetch(url)).text();
	t.deepEqual([await get(), await get(), await get()], ['one', 'two', 'two']);
	await fetch(double.urlOf(`${origin}/back`), {method: 'POST'});
	t.deepEqual([await get(), await get()], ['one', 'two']);
});

test('a second state machine stays where it begins, which is named', async t => {
	const stub = (path: string, scenarioName: string, requiredScenarioState: string) => ({
		request: {method: 'GET', urlPath: path},
		response: ok,
		scenarioName,
		requiredScenarioState,
	});
	const {scenario, notes} = await converted([
		stub('/a', 'A', 'Started'),
		stub('/b', 'A', 'Later'),
		stub('/c', 'B', 'Started'),
		stub('/d', 'B', 'Later'),
	]);
	t.deepEqual(
		scenario.routes.map(({request}) => request),
		['/c', '/b', '/a'].map(path => `GET ${origin}${path}`),
	);
	t.regex(notes, /scenarioName: "B" stays in its first state/);
});

for (const {what, data, options = {origin}, error} of [
	{
		what: 'no mapping',
		data: {a: 1},
		error: {code: 'SCENARIO_UNREADABLE', message: /no stub mapping/},
	},
	{
		what: 'none that can be converted',
		data: {request: {urlPattern: '/(a|b)'}, response: {}},
		error: {
			code: 'SCENARIO_UNREADABLE',
			message: /no mapping that can be converted[\s\S]*\(a\|b\)/,
		},
	},
	{
		what: 'no origin',
		data: {request: {url: '/'}, response: {}},
		options: {},
		error: {code: 'OPTION_INVALID', message: /--origin/},
	},
	{
		what: 'an origin with a path',
		data: {request: {url: '/'}, response: {}},
		options: {origin: `${origin}/v1`},
		error: {code: 'OPTION_INVALID', message: /scheme and host/},
	},
])
	test(`${what} is told`, async t => {
		await t.throwsAsync(fromWireMock([{file: 'stub.json', data}], options), error);
	});
