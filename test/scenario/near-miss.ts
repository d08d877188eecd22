import test from 'ava';
import type {HeaderLines} from '../../src/http/header-lines.ts';
import {compileScenario} from '../../src/scenario/compile.ts';
import {loadScenario} from '../../src/scenario/load.ts';
import {findNearMiss} from '../../src/scenario/near-miss.ts';

const url = 'https://api.example.test';

const loaded = await loadScenario({
	name: 'near',
	phases: ['early', 'late'],
	routes: [
		{request: `POST ${url}/v2/orders`, response: {}},
		{request: `GET|PUT ${url}/v2/orders/:id`, response: {}},
		{
			request: {method: 'POST', url: `${url}/keys`, headers: {'X-Api-Key': 'a'}, query: {page: 1}},
			response: {},
		},
		{request: `PATCH ${url}/late`, phase: 'late', response: {}},
		{request: `DELETE ${url}/once`, response: {times: 1}},
		{request: 'POST https://other.example.test/elsewhere', response: {}},
	],
});
const compiled = compileScenario(loaded);

interface Asked {
	readonly origin?: string;
	readonly headers?: HeaderLines;
	readonly phase?: string;
	readonly usedUp?: number;
}

const missed = test.macro({
	exec(t, request: string, asked: Asked, label: string, ...reasons: readonly string[]) {
		const [method = '', target = ''] = request.split(' ');
		const [path = '', query = ''] = target.split('?');
		const near = findNearMiss(compiled, {
			method,
			path,
			query: new URLSearchParams(query),
			headers: asked.headers ?? [],
			body: new Uint8Array(),
			url: (asked.origin ?? url) + target,
			phase: asked.phase ?? 'early',
			isUsedUp: route => route.index === asked.usedUp,
		});
		t.deepEqual([near?.route.label, ...(near?.reasons ?? [])], [label, ...reasons]);
	},
	title: (_, request, asked) => `${request} ${JSON.stringify(asked)}`,
});

test(
	missed,
	'GET /v2/orders',
	{},
	`POST ${url}/v2/orders`,
	'path matches, method does not: POST is documented, GET came',
);
test(
	missed,
	'POST /v2/orders/7',
	{},
	`GET|PUT ${url}/v2/orders/:id`,
	'path matches, method does not: GET and PUT are documented, POST came',
);
test(
	missed,
	'POST /v2/order',
	{},
	`POST ${url}/v2/orders`,
	'the path differs: /v2/orders is documented, /v2/order came',
);
test(
	missed,
	'POST /v2/orders/',
	{},
	`POST ${url}/v2/orders`,
	'the path differs: /v2/orders is documented, /v2/orders/ came (a trailing slash counts)',
);
test(
	missed,
	'POST /V2/Orders',
	{},
	`POST ${url}/v2/orders`,
	'the path differs: /v2/orders is documented, /V2/Orders came (case counts)',
);
test(
	missed,
	'GET /v2/order',
	{},
	`POST ${url}/v2/orders`,
	'the path differs: /v2/orders is documented, /v2/order came',
	'the method differs: POST is documented, GET came',
);
test(
	missed,
	'POST /keys?page=1',
	{},
	`POST ${url}/keys`,
	'header "X-Api-Key": expected "***", came none',
);
test(
	missed,
	'POST /keys?page=2',
	{headers: [['x-api-key', 'b']]},
	`POST ${url}/keys`,
	'header "X-Api-Key": expected "***", came another value',
	'query parameter "page": expected "1", came "2"',
);
test(
	missed,
	'PATCH /late',
	{},
	`PATCH ${url}/late`,
	'it answers in phase "late", and the double is in phase "early"',
);
test(missed, 'DELETE /once', {usedUp: 4}, `DELETE ${url}/once`, 'its responses are used up');
test(
	missed,
	'POST /elsewhere',
	{},
	`POST ${url}/v2/orders`,
	'the path differs: /v2/orders is documented, /elsewhere came',
);
test(
	missed,
	'GET /\u001b[31m',
	{},
	`DELETE ${url}/once`,
	'the path differs: /once is documented, /\\x1b[31m came',
	'the method differs: DELETE is documented, GET came',
);

test(
	missed,
	'POST /elsewher',
	{origin: 'https://third.example.test'},
	'POST https://other.example.test/elsewhere',
	'the origin differs: https://other.example.test is documented, https://third.example.test was asked',
	'the path differs: /elsewhere is documented, /elsewher came',
);

test('of equals the first route is named', t => {
	const near = findNearMiss(
		{
			...compiled,
			routes: compiled.routes.slice(0, 1).flatMap(route => [route, {...route, index: 9}]),
		},
		{
			method: 'GET',
			path: '/v2/orders',
			query: new URLSearchParams(),
			headers: [],
			body: new Uint8Array(),
			url: `${url}/v2/orders`,
			isUsedUp: () => false,
		},
	);
	t.is(near?.route.index, 0);
});
