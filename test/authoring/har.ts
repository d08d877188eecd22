import test from 'ava';
import {fromHar} from '../../src/authoring/har/from-har.ts';
import {loadScenario} from '../../src/scenario/load.ts';

interface Shape {
	readonly url: string;
	readonly status?: number;
	readonly method?: string;
	readonly location?: string;
	readonly started?: number;
	readonly request?: object;
	readonly response?: object;
}

function entry({
	url,
	status = 200,
	method = 'GET',
	location,
	started = 0,
	request,
	response,
}: Shape) {
	const headers = location === undefined ? [] : [{name: 'location', value: location}];
	return {
		startedDateTime: new Date(1e12 + started).toISOString(),
		request: {method, url, headers: [{name: ':path', value: '/'}], ...request},
		response: {status, statusText: '', headers, content: {}, redirectURL: '', ...response},
	};
}

const archive = (...entries: readonly unknown[]) => ({
	file: 'login.har',
	data: {log: {version: '1.2', creator: {name: 'Charles'}, entries}},
});

const a = 'https://api.example.test/a';
const b = 'https://api.example.test/b';

test('redirects and follow-ups are taken in the order of their time, the rest is left out', async t => {
	const {scenario, notes, comments} = fromHar([
		archive(
			entry({url: b, method: 'POST', status: 201, started: 2}),
			entry({url: 'https://cdn.example.test/x.js', started: 1}),
			entry({url: a, method: 'POST', status: 307, location: '/b', started: 0}),
		),
	]);
	t.deepEqual(scenario.calls, [{request: `POST ${a}`}]);
	t.deepEqual(
		scenario.routes.map(({request}) => request),
		[`POST ${a}`, `POST ${b}`],
	);
	t.regex(JSON.stringify(notes), /1 request was left out/);
	t.deepEqual(comments, ['From login.har, recorded by Charles.']);
	await t.notThrowsAsync(loadScenario(scenario));
});

test('all are taken when all are asked for', t => {
	const {scenario} = fromHar([archive(entry({url: a}), entry({url: b}))], {all: true});
	t.is(scenario.calls?.length, 2);
});

test('a recorder that tells no Location tells where the redirect leads', t => {
	const {scenario} = fromHar([archive(entry({url: a, status: 302, response: {redirectURL: b}}))]);
	t.like(scenario.routes[0], {response: {status: 302, headers: {Location: b}}});
});

test('a client that changed the method leaves a route for the right one', t => {
	const {scenario} = fromHar([
		archive(
			entry({url: a, method: 'POST', status: 307, location: '/b'}),
			entry({url: b, started: 1}),
		),
	]);
	t.deepEqual(
		scenario.routes.map(({request}) => request),
		[`POST ${a}`, `GET ${b}`, `POST ${b}`],
	);
});

for (const {what, postData, call} of [
	{what: 'JSON', postData: {mimeType: 'application/json', text: '{"a":1}'}, call: {json: {a: 1}}},
	{
		what: 'bytes',
		postData: {mimeType: 'image/png', text: 'gAA=', encoding: 'base64'},
		call: {base64: 'gAA='},
	},
	{
		what: 'a form',
		postData: {
			mimeType: 'application/x-www-form-urlencoded',
			params: [{name: 'a b', value: 'c&d'}],
		},
		call: {text: 'a%20b=c%26d'},
	},
	{
		what: 'numbers that JavaScript rounds',
		postData: {mimeType: 'application/json', text: '{"a":12345678901234567890}'},
		call: {text: '{"a":12345678901234567890}'},
	},
])
	test(`a body of ${what} is kept`, async t => {
		const {scenario} = fromHar([
			archive(entry({url: a, method: 'POST', status: 307, location: '/b', request: {postData}})),
		]);
		t.like(scenario.calls?.[0], call);
		await t.notThrowsAsync(loadScenario(scenario));
	});

test('what no server has answered is left out, with its reason', t => {
	const {notes} = fromHar([
		archive(
			entry({url: a, status: 307, location: '/b'}),
			entry({url: 'data:,x'}),
			entry({url: b, status: 0}),
			entry({
				url: 'http://api.example.test/a',
				status: 307,
				response: {headers: [{name: 'Non-Authoritative-Reason', value: 'HSTS'}]},
			}),
			entry({
				url: a,
				method: 'POST',
				status: 307,
				location: '/c',
				request: {postData: {mimeType: 'multipart/form-data', params: [{name: 'f'}]}},
			}),
			null,
		),
	]);
	const lines = notes.map(({place, message}) => `${place} ${message}`).join('\n');
	for (const pattern of [
		/entry 2 .*neither http/,
		/entry 3 .*status 0/,
		/entry 4 .*browser itself/,
		/entry 5 .*multipart/,
		/entry 6 .*no object/,
	])
		t.regex(lines, pattern);
});

for (const {what, data, message} of [
	{
		what: 'another object',
		data: {a: 1},
		message: /no HTTP archive: expected an object with the member "log"/,
	},
	{what: 'a newer version', data: {log: {version: '2.0', entries: [{}]}}, message: /version 2\.0/},
	{what: 'no entries', data: {log: {version: '1.2', entries: []}}, message: /has no entries/},
	{what: 'no redirect', data: archive(entry({url: a})).data, message: /has no redirect: 1 .*--all/},
])
	test(`an archive with ${what} is told`, t => {
		t.throws(() => fromHar([{file: 'login.har', data}]), {code: 'SCENARIO_UNREADABLE', message});
	});

test('tens of thousands of entries take no time to speak of', t => {
	const many = Array.from({length: 40_000}, (_, index) =>
		entry({
			url: `${a}/${index % 1000}`,
			status: index % 2 ? 200 : 307,
			location: `/a/${(index + 1) % 1000}`,
			started: index,
		}),
	);
	t.true(fromHar([archive(...many)]).scenario.routes.length > 500);
});
