import test from 'ava';
import {validateScenario} from '../../src/scenario/validate.ts';

const url = 'https://api.example.test/users';

function freeze<Value>(value: Value): Value {
	if (typeof value === 'object' && value !== null) Object.values(value).forEach(freeze);
	return Object.freeze(value);
}

async function problemsOf(input: unknown): Promise<string[]> {
	const {faults} = await validateScenario(input);
	return faults.map(({path, message}) => `${path}: ${message}`);
}

test('defaults are filled in, and what has none is left out', async t => {
	const input = {
		name: 'plain',
		routes: [
			{request: {url}, response: {}},
			{request: `GET ${url}`, responses: [{times: 1}, {}]},
		],
	};
	const {scenario} = await validateScenario(input);
	t.deepEqual<unknown, unknown>(scenario, {
		name: 'plain',
		links: 'exact',
		callHeaders: [],
		seed: 0,
		catches: [],
		enforce: [],
		calls: [],
		routes: [
			{request: {method: '*', url}, response: {status: 200}},
			{request: `GET ${url}`, responses: [{status: 200, times: 1}, {status: 200}]},
		],
	});
});

test("the author's object stays as it is, even when it is frozen", async t => {
	const input = {name: 'plain', routes: [{request: {url}, response: {json: {a: [1]}}}]};
	const before = structuredClone(input);
	const {scenario} = await validateScenario(freeze(input));
	t.deepEqual(input, before);
	t.not<unknown, unknown>(scenario?.routes[0], input.routes[0]);
});

test('two routes that share an object are two objects afterwards', async t => {
	const response = {status: 204};
	const routes = [
		{request: `GET ${url}`, response},
		{request: `PUT ${url}`, response},
	];
	const {scenario} = await validateScenario({name: 'shared', routes});
	t.not(scenario?.routes[0]?.response, scenario?.routes[1]?.response);
});

test('a handler passes through, and only as the response of a route', async t => {
	const handler = (): void => {};
	const routes = [{request: `GET ${url}`, response: handler}];
	const {scenario} = await validateScenario({name: 'handled', routes});
	t.is<unknown, unknown>(scenario?.routes[0]?.response, handler);
	t.deepEqual(
		await problemsOf({
			name: 'handled',
			routes: [{request: handler, response: {json: {a: handler}}}],
		}),
		[
			'/routes/0/request: a function can only stand as the "response" of a route',
			'/routes/0/response/json/a: a function can only stand as the "response" of a route',
		],
	);
});

test('a function whose name is near is told the right one', async t => {
	const routes = [{request: `GET ${url}`, respons: () => {}}];
	t.deepEqual(await problemsOf({name: 'handled', routes}), [
		'/routes/0/respons: a function can only stand as the "response" of a route; did you mean "response"?',
	]);
});

test('members that are undefined count as not there', async t => {
	const input = {
		name: 'plain',
		title: undefined,
		routes: [{request: `GET ${url}`, response: {text: undefined}}],
	};
	const {scenario} = await validateScenario(input);
	t.false(Object.hasOwn(scenario ?? {title: ''}, 'title'));
	t.deepEqual<unknown, unknown>(scenario?.routes[0]?.response, {status: 200});
});

test('values that JSON can not say are refused, each at its place', async t => {
	const loop: {again?: unknown} = {};
	loop.again = loop;
	const json = [1n, Number.NaN, Symbol('s'), loop];
	t.deepEqual(
		await problemsOf({name: 'odd', routes: [{request: `GET ${url}`, response: {json}}]}),
		[
			'/routes/0/response/json/0: a bigint has no place in a scenario',
			'/routes/0/response/json/1: NaN is no number that JSON can say',
			'/routes/0/response/json/2: a symbol has no place in a scenario',
			'/routes/0/response/json/3/again: this object contains itself',
		],
	);
});

test('null, which is a body as any other, stays', async t => {
	const input = {name: 'plain', routes: [{request: `GET ${url}`, response: {json: null}}]};
	const {scenario} = await validateScenario(input);
	t.deepEqual<unknown, unknown>(scenario?.routes[0]?.response, {status: 200, json: null});
});
