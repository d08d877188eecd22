import test from 'ava';
import {fromAnswers} from '../../src/authoring/from-answers.ts';
import {scenarioOf} from '../../src/authoring/scenario-of-exchanges.ts';
import {lint} from '../../src/lint.ts';
import {loadScenario} from '../../src/scenario/load.ts';

const request = 'POST https://api.example.test/v1/users';

for (const {status, methods} of [
	{status: 307, methods: 'POST'},
	{status: 308, methods: 'POST'},
	{status: 303, methods: 'GET'},
	{status: 302, methods: 'POST|GET'},
	{status: 301, methods: 'POST|GET'},
])
	test(`a ${status} to a POST leads to a route for ${methods}`, async t => {
		const {scenario, notes} = fromAnswers({request, location: '../v2/users', status});
		t.deepEqual(
			scenario.routes.map(route => route.request),
			[request, `${methods} https://api.example.test/v2/users`],
		);
		t.is(scenario.name, `v1-users-${status}`);
		t.regex(notes[0]?.message ?? '', /made up/);
		await t.notThrowsAsync(loadScenario(scenario));
		await t.notThrowsAsync(lint(scenario));
	});

for (const {what, answers, message} of [
	{what: 'a status that is no redirect', answers: {status: 306}, message: /"306".*expected 301/},
	{what: 'a request without a URL', answers: {request: 'POST'}, message: /the URL is missing/},
	{what: 'a Location with a space', answers: {location: '/a b'}, message: /without spaces/},
	{what: 'an empty Location', answers: {location: ''}, message: /expected a URL/},
])
	test(`${what} is told`, t => {
		const all = {request, location: '/v2', ...answers};
		t.throws(() => fromAnswers(all), {code: 'OPTION_INVALID', message});
	});

test('a secret has one placeholder wherever it stands, encoded or under another name', async t => {
	const token = 'top/secret+token';
	const {scenario, notes} = scenarioOf(
		[
			{
				request: {
					method: 'POST',
					url: `https://ada:lovelace1815@api.example.test/a?access_token=${encodeURIComponent(token)}`,
					headers: [
						['Authorization', `Bearer ${token}`],
						['Cookie', 'sid=1234567890; theme=dark-mode-9'],
					],
					body: {text: JSON.stringify({password: ['hunter22'], pin: token})},
				},
				response: {
					status: 307,
					headers: [
						['Location', `/b?echo=${encodeURIComponent(token)}`],
						['Set-Cookie', 'a=11111111; Path=/\nb=22222222'],
					],
					body: {base64: Buffer.from(`seen ${token}`).toString('base64')},
				},
			},
		],
		{name: 'secrets', title: 'Secrets'},
	);
	const text = JSON.stringify({scenario, notes});
	for (const secret of [
		token,
		encodeURIComponent(token),
		'lovelace1815',
		'1234567890',
		'dark-mode',
		'hunter22',
		'11111111',
		'22222222',
	])
		t.false(text.includes(secret), secret);
	t.like(scenario.calls?.[0]?.headers, {Authorization: 'Bearer secret-1'});
	t.like(scenario.routes[0]?.response, {text: 'seen secret-1'});
	t.regex(text, /usually secret/);
	await t.notThrowsAsync(loadScenario(scenario));
});

test('what is asked for more precisely comes first, and a sequence keeps its order', async t => {
	const get = (url: string, status: number) => ({
		request: {method: 'GET', url: `https://api.example.test${url}`, headers: []},
		response: {status, headers: status === 307 ? [['Location', '/a?x=1'] as const] : []},
	});
	const {scenario} = scenarioOf(
		[get('/a', 307), get('/a?x=1', 200), get('/b?', 200), get('/a', 200), get('/b?/c', 204)],
		{name: 'order', title: 'Order'},
	);
	t.deepEqual(
		scenario.routes.map(route => route.request),
		['/a?x=1', '/a', '/b?%2Fc', '/b'].map(path => `GET https://api.example.test${path}`),
	);
	t.like(scenario.routes[1], {responses: {0: {status: 307, times: 1}, 1: {status: 200}}});
	await t.notThrowsAsync(loadScenario(scenario));
});

test('a body that no one would read stands in as one of its size', async t => {
	const body = {text: 'y'.repeat(100_000)};
	const {scenario, notes} = scenarioOf(
		[
			{
				request: {method: 'PUT', url: 'https://api.example.test/a', headers: [], body},
				response: {status: 307, headers: [['Location', '/b']]},
			},
		],
		{name: 'large', title: 'Large'},
	);
	t.like(scenario.calls?.[0], {text: 'x', repeat: 100_000});
	t.regex(JSON.stringify(notes), /100000 bytes/);
	await t.notThrowsAsync(loadScenario(scenario));
});
