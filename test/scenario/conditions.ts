import test from 'ava';
import type {HeaderLines} from '../../src/http/header-lines.ts';
import {compileScenario} from '../../src/scenario/compile.ts';
import {loadScenario} from '../../src/scenario/load.ts';
import type {RouteInput} from '../../src/scenario/types.ts';

type Matcher = Exclude<RouteInput['request'], string>;

interface Asked {
	readonly headers?: HeaderLines;
	readonly query?: string;
	readonly body?: string;
}

/** What is missed when `asked` is held against `matcher`. */
async function missesOf(
	matcher: Partial<Matcher>,
	{headers = [], query = '', body = ''}: Asked,
): Promise<string[]> {
	const url = 'https://api.example.test/users';
	const loaded = await loadScenario({
		name: 'matching',
		routes: [{request: {url, ...matcher}, response: {}}],
	});
	const [route] = compileScenario(loaded).routes;
	const facts = {
		method: 'POST',
		path: '/users',
		query: new URLSearchParams(query),
		headers,
		body: Buffer.from(body),
	};
	return (route?.conditions ?? []).flatMap(({subject, miss}) => {
		const missed = miss(facts);
		return missed === undefined ? [] : [`${subject}: ${missed}`];
	});
}

const holds = test.macro({
	async exec(t, matcher: Partial<Matcher>, asked: Asked, ...misses: readonly string[]) {
		t.deepEqual(await missesOf(matcher, asked), misses);
	},
	title: (_, matcher, asked, ...misses) =>
		`${JSON.stringify(matcher)} ${misses.length > 0 ? 'refuses' : 'takes'} ${JSON.stringify(asked)}`,
});

test(holds, {headers: {'X-Id': 'a'}}, {headers: [['x-id', 'a']]});
test(holds, {headers: {'X-Id': 5}}, {headers: [['X-ID', '5']]});
test(holds, {headers: {'X-Id': 'a'}}, {headers: []}, 'header "X-Id": expected "a", came none');
test(
	holds,
	{headers: {'X-Id': 'a'}},
	{headers: [['X-Id', 'A']]},
	'header "X-Id": expected "a", came "A"',
);
test(
	holds,
	{headers: {Accept: 'a, b'}},
	{
		headers: [
			['Accept', 'a'],
			['accept', 'b'],
		],
	},
);
test(
	holds,
	{headers: {Accept: 'b'}},
	{
		headers: [
			['Accept', 'a'],
			['accept', 'b'],
		],
	},
);
test(holds, {headers: {'X-Id': true}}, {headers: [['X-Id', '']]});
test(holds, {headers: {'X-Id': true}}, {}, 'header "X-Id": expected one, came none');
test(holds, {headers: {'X-Id': false}}, {});
test(
	holds,
	{headers: {'X-Id': false}},
	{headers: [['X-Id', 'a']]},
	'header "X-Id": expected none, came "a"',
);
test(holds, {headers: {'X-Id': {pattern: '^\\d+$'}}}, {headers: [['X-Id', '12']]});
test(
	holds,
	{headers: {'X-Id': {pattern: '^\\d+$'}}},
	{headers: [['X-Id', '\u001b[1m']]},
	'header "X-Id": expected a value that matches /^\\d+$/, came "\\x1b[1m"',
);
test(
	holds,
	{headers: {Authorization: 'Bearer a'}},
	{headers: [['Authorization', 'Bearer b']]},
	'header "Authorization": expected "Bearer ***", came another value',
);
test(
	holds,
	{headers: {Authorization: 'Bearer a'}},
	{headers: [['Authorization', 'Basic b']]},
	'header "Authorization": expected "Bearer ***", came "Basic ***"',
);

test(holds, {query: {page: 2}}, {query: 'page=1&page=2'});
test(
	holds,
	{query: {page: 2}},
	{query: 'page=3'},
	'query parameter "page": expected "2", came "3"',
);
test(holds, {query: {q: 'a b'}}, {query: 'q=a+b'});
test(holds, {query: {q: true}}, {query: 'q'});
test(holds, {query: {q: false}}, {query: 'q=1'}, 'query parameter "q": expected none, came "1"');
test(
	holds,
	{query: {access_token: 'a'}},
	{query: 'access_token=b'},
	'query parameter "access_token": expected "***", came another value',
);
test(holds, {url: 'https://api.example.test/users?z=1&y='}, {query: 'y=&z=1'});
test(
	holds,
	{url: 'https://api.example.test/users?z=1&y='},
	{query: 'z=2'},
	'query parameter "z": expected "1", came "2"',
	'query parameter "y": expected "", came none',
);

test(holds, {json: {a: {b: 1}}}, {body: '{"a": {"b": 1, "c": 2}, "d": 3}'});
test(holds, {json: {}}, {body: '{"a": 1}'});
test(holds, {json: [1, {a: 2}]}, {body: '[1, {"a": 2, "b": 3}]'});
test(holds, {json: [1]}, {body: '[1, 2]'}, 'JSON body: expected a list of 1, came one of 2');
test(holds, {json: {a: 1}}, {body: '{"a": "1"}'}, 'JSON body: expected 1 at /a, came "1"');
test(holds, {json: {a: null}}, {body: '{}'}, 'JSON body: expected null at /a, came nothing');
test(holds, {json: {a: []}}, {body: '{"a": {}}'}, 'JSON body: expected [] at /a, came {}');
test(
	holds,
	{json: {password: 'x'}},
	{body: '{"password": "hunter2"}'},
	'JSON body: expected "***" at /password, came "***"',
);
test(holds, {json: {a: 1}}, {body: 'a=1'}, 'JSON body: expected JSON, came "a=1"');
test(holds, {json: {a: 1}}, {}, 'JSON body: expected JSON, came no body');

test(holds, {text: 'hello'}, {body: 'hello'});
test(holds, {text: ''}, {});
test(holds, {text: 'hello'}, {body: 'hell'}, 'body: expected "hello", came "hell"');
test(holds, {text: {pattern: '^a=\\d$'}}, {body: 'a=5'});
test(
	holds,
	{text: {pattern: '^a=\\d$'}},
	{body: 'a=x'},
	'body: expected a value that matches /^a=\\d$/, came "a=x"',
);

test('only conditions on the body ask for it to be read', async t => {
	const request = {
		url: 'https://api.example.test/?a=1',
		headers: {a: 'b'},
		query: {c: 'd'},
		json: {},
		text: 'x',
	};
	const loaded = await loadScenario({name: 'reading', routes: [{request, response: {}}]});
	const [route] = compileScenario(loaded).routes;
	t.deepEqual(
		route?.conditions.map(({subject, readsBody}) => [subject, readsBody]),
		[
			['query parameter "a"', undefined],
			['header "a"', undefined],
			['query parameter "c"', undefined],
			['JSON body', true],
			['body', true],
		],
	);
});
