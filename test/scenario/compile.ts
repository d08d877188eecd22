import {fileURLToPath} from 'node:url';
import Router from '@koa/router';
import test from 'ava';
import fc from 'fast-check';
import {compileScenario} from '../../src/scenario/compile.ts';
import type {CompiledResponse, CompiledRoute} from '../../src/scenario/compiled.ts';
import {loadScenario} from '../../src/scenario/load.ts';
import type {ResponseInput, RouteInput, ScenarioInput} from '../../src/scenario/types.ts';

const origin = 'https://api.example.test';
const files = fileURLToPath(new URL('./files/', import.meta.url));

async function compileRoute(
	route: RouteInput,
	more: Partial<ScenarioInput> = {},
): Promise<CompiledRoute> {
	const loaded = await loadScenario({name: 'compiled', ...more, routes: [route]});
	const [compiled] = compileScenario({...loaded, folder: files}).routes;
	if (compiled === undefined) throw new Error('no route');
	return compiled;
}

function responsesOf({answers}: CompiledRoute): readonly CompiledResponse[] {
	if (typeof answers === 'function') throw new Error('a handler');
	return answers.responses;
}

async function firstResponse(response: ResponseInput, path = '/'): Promise<CompiledResponse> {
	const [compiled] = responsesOf(await compileRoute({request: `* ${origin}${path}`, response}));
	if (compiled === undefined) throw new Error('no response');
	return compiled;
}

const matches = test.macro({
	async exec(t, pattern: string, path: string, expected: Record<string, string> | undefined) {
		const route = await compileRoute({request: `GET ${origin}${pattern}`, response: {}});
		t.deepEqual(route.matchPath(path), expected);
	},
	title: (_, pattern, path, expected) =>
		`${pattern} ${expected ? 'takes' : 'does not take'} ${path}`,
});

test(matches, '/items', '/items', {});
test(matches, '/items', '/items/', undefined);
test(matches, '/items/', '/items', undefined);
test(matches, '/items', '/Items', undefined);
test(matches, '/items/:id', '/items/a%2Fb', {id: 'a%2Fb'});
test(matches, '/items/:id', '/items/100%', {id: '100%'});
test(matches, '/items/:id', '/items/a/b', undefined);
test(matches, '/files/*rest', '/files/a/b%20c', {rest: 'a/b%20c'});
test(matches, '/users{/:id}', '/users', {});
test(matches, '/users{/:id}', '/users/7', {id: '7'});
test(matches, '/', '/', {});
test(matches, '', '/', {});

test('a path matches as @koa/router matches it with the options sensitive and strict', async t => {
	const patterns = [
		'/',
		'/a',
		'/a/',
		'/a/:id',
		'/a/:id.json',
		'/*rest',
		'/a{/:x}/b',
		'/a\\:b',
		'/:x-:y',
	];
	const routes = await Promise.all(
		patterns.map(pattern => compileRoute({request: `GET ${origin}${pattern}`, response: {}})),
	);
	const routers = patterns.map(pattern =>
		new Router({sensitive: true, strict: true}).get(pattern, () => {}),
	);
	const path = fc
		.array(fc.constantFrom('/', 'a', 'A', 'b', 'x', '-', '.json', '%2F', ':'), {maxLength: 7})
		.map(parts => `/${parts.join('')}`);
	fc.assert(
		fc.property(path, asked => {
			for (const [index, route] of routes.entries()) {
				t.is(
					route.matchPath(asked) !== undefined,
					routers[index]?.match(asked, 'GET').route === true,
					patterns[index],
				);
			}
		}),
		{numRuns: 300},
	);
});

test('header lines keep order and case; a list makes one line each; numbers become text', async t => {
	const {headers} = await firstResponse(
		{
			headers: {'x-b': 2, 'X-A': ['1', 'one'], Location: '/:id', 'retry-after': 5},
		},
		'/:id',
	);
	t.deepEqual(headers({id: 'a%2Fb'}), [
		['x-b', '2'],
		['X-A', '1'],
		['X-A', 'one'],
		['Location', '/a%2Fb'],
		['retry-after', '5'],
	]);
});

test('text beyond ASCII in a header becomes UTF-8; what a parameter brings stays as it came', async t => {
	const {headers} = await firstResponse(
		{headers: {Location: '/é/:größe', 'X-Price': ['€', '1']}},
		'/:größe',
	);
	t.deepEqual(headers({größe: '%E9\xe9'}), [
		['Location', '/\xc3\xa9/%E9\xe9'],
		['X-Price', '\xe2\x82\xac'],
		['X-Price', '1'],
	]);
});

const sends = test.macro({
	async exec(t, response: ResponseInput, content: string, type: string | undefined) {
		const {body} = await firstResponse(response, '/:id');
		const made = body({id: 'a%22%2Fb'});
		t.true(made.content instanceof Uint8Array);
		t.is(made.content instanceof Uint8Array ? Buffer.from(made.content).toString() : '', content);
		t.is(made.type, type);
	},
	title: (_, response) => `the body of ${JSON.stringify(response)}`,
});

test(sends, {}, '', undefined);
test(sends, {json: {a: [1, null]}}, '{"a":[1,null]}', 'application/json');
test(sends, {json: null}, 'null', 'application/json');
test(sends, {json: {id: ':id'}}, '{"id":"a\\"/b"}', 'application/json');
test(sends, {text: 'Grüße an :id'}, 'Grüße an a"/b', 'text/plain; charset=utf-8');
test(sends, {text: ''}, '', 'text/plain; charset=utf-8');
test(sends, {base64: 'aGVs bG8=\n'}, 'hello', undefined);

test('constant bytes are made once', async t => {
	const constant = await firstResponse({json: {a: 1}});
	t.is(constant.body({}).content, constant.body({}).content);
	t.is(constant.headers({}), constant.headers({}));
});

test('a body file is named by its absolute path and size, and typed by its ending', async t => {
	const loaded = await loadScenario(`${files}with-files.yaml`);
	const bodies = compileScenario(loaded).routes.map(route => responsesOf(route)[0]?.body({}));
	t.deepEqual(bodies, [
		{content: {file: `${files}twelve-bytes.bin`, size: 12}},
		{content: {file: `${files}nested/note.html`, size: 21}, type: 'text/html; charset=utf-8'},
	]);
});

test('a status may bring its own reason phrase, even an empty one', async t => {
	t.like(await firstResponse({status: '307 TEMPORARY_REDIRECT'}), {
		status: 307,
		reason: 'TEMPORARY_REDIRECT',
	});
	t.like(await firstResponse({status: '307 '}), {status: 307, reason: ''});
	t.like(await firstResponse({status: '307'}), {status: 307, reason: undefined});
});

test('a sequence: the last response is given for ever unless it has times', async t => {
	const responses = [{status: 503, times: 2, delay: 5}, {}];
	const route = await compileRoute({request: `GET ${origin}/`, responses});
	t.like(route.answers, {kind: 'sequence'});
	t.deepEqual(
		responsesOf(route).map(({status, times, delay}) => [status, times, delay]),
		[
			[503, 2, 5],
			[200, Number.POSITIVE_INFINITY, 0],
		],
	);
});

test('shares of traffic have weights and the seed of the scenario', async t => {
	const responses = [{weight: 3}, {status: 307, weight: 1}];
	const route = await compileRoute({request: `GET ${origin}/`, responses}, {seed: 7});
	t.like(route.answers, {kind: 'shares', seed: 7});
	t.deepEqual(
		responsesOf(route).map(({weight}) => weight),
		[3, 1],
	);
});

test('a handler stays what it is', async t => {
	const response = (): void => {};
	const route = await compileRoute({request: `GET ${origin}/`, response});
	t.is<unknown, unknown>(route.answers, response);
});

test('phases, methods and label come from the route; origins are listed once, in order', async t => {
	const loaded = await loadScenario({
		name: 'listed',
		phases: ['early', 'late'],
		routes: [
			{request: 'PUT|PATCH https://B.example.test:443/x', phase: 'early', response: {}},
			{request: '* https://a.example.test/x', phase: ['early', 'late'], response: {}},
			{request: {method: 'GET', url: 'https://b.example.test/y'}, response: {}},
		],
	});
	const {origins, routes} = compileScenario(loaded);
	t.deepEqual(origins, ['https://b.example.test', 'https://a.example.test']);
	t.deepEqual(
		routes.map(({label, methods, phases, index}) => [label, methods, phases, index]),
		[
			['PUT|PATCH https://B.example.test:443/x', ['PUT', 'PATCH'], ['early'], 0],
			['* https://a.example.test/x', undefined, ['early', 'late'], 1],
			['GET https://b.example.test/y', ['GET'], undefined, 2],
		],
	);
});
