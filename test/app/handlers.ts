import {once} from 'node:events';
import {mkdtempSync} from 'node:fs';
import {rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import test from 'ava';
import {type Double, defineScenario, type HandlerContext, startDouble} from '../../src/index.ts';
import {ask, connectTo, headOf, type RawResponse} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';

const scenario = defineScenario({
	name: 'handlers',
	routes: [
		{
			request: `POST ${api}/users/:id`,
			response: async ctx => {
				const {name} = JSON.parse(await ctx.recorded.body.text());
				ctx.status = 201;
				ctx.body = {id: ctx.params['id'], name, asked: ctx.recorded.url};
			},
		},
		{
			request: `* ${api}/away`,
			response: ctx => {
				ctx.status = 307;
				ctx.set('Location', `${api}/users/1`);
				ctx.body = '';
			},
		},
		{
			request: `* ${api}/broken`,
			response: () => {
				throw new Error('the handler broke');
			},
		},
		{request: `* ${api}/x`, response: {status: 204}},
	],
});

function get(double: Double, target: string): Promise<RawResponse> {
	return ask(double.url, [`GET ${target} HTTP/1.1`, 'Host: h']);
}

test('a handler sees the recorded request and the decoded parameters', async t => {
	await using double = await startDouble(scenario);
	const body = '{"name":"Ada"}';
	const head = ['POST /users/a%2Fb?x=1 HTTP/1.1', 'Host: h', `Content-Length: ${body.length}`];
	const answer = await ask(double.url, head, body);
	t.is(answer.status, 201);
	t.deepEqual(JSON.parse(answer.body.toString()), {
		id: 'a/b',
		name: 'Ada',
		asked: `${api}/users/a%2Fb?x=1`,
	});
	const {response} = await double.journal.waitFor(() => true);
	t.like(response, {status: 201, route: 0, bodySize: answer.body.length, complete: true});
});

test('a redirect of a handler leads to a listener, and makes a hop', async t => {
	await using double = await startDouble(scenario);
	const {headers} = await get(double, '/away');
	t.deepEqual(
		headers.find(([name]) => name === 'Location'),
		['Location', double.urlOf(`${api}/users/1`)],
	);
	t.is(double.hops()[0]?.redirect.response?.location?.documented, `${api}/users/1`);
});

for (const [what, untilOut] of [
	['sends a redirect by itself', false],
	['waits until its own redirect is out', true],
] as const)
	test(`a handler that ${what} makes a hop, and no noise`, async t => {
		const redirect = {
			request: `GET ${api}/own`,
			response: async (ctx: HandlerContext) => {
				ctx.respond = false;
				ctx.status = 307;
				ctx.set('Location', '/x');
				ctx.res.flushHeaders();
				ctx.res.end();
				if (untilOut) await once(ctx.res, 'finish');
			},
		};
		const target = {request: `GET ${api}/x`, response: {status: 204}};
		await using double = await startDouble({
			name: 'own',
			links: 'tagged',
			routes: [redirect, target],
		});
		const errors: Error[] = [];
		double.app.on('error', (error: Error) => errors.push(error));
		const {status, headers} = await get(double, '/own');
		t.is(status, 307);
		t.true(headers.some(([name, value]) => name === 'Location' && value === '/x'));
		await get(double, '/x');
		const {followUp, redirect: answered} = await double.hop();
		t.is(followUp.number, 2);
		t.like(answered.response?.location, {documented: '/x', sent: '/x', token: undefined});
		t.deepEqual(errors, []);
	});

test('a handler that throws is answered with 500 and recorded, and the double lives on', async t => {
	await using double = await startDouble(scenario);
	const errors: Error[] = [];
	double.app.on('error', (error: Error) => errors.push(error));
	double.app.silent = true;
	t.is((await get(double, '/broken')).status, 500);
	const {response} = await double.journal.waitFor(() => true);
	t.like(response, {status: 500, reason: 'Internal Server Error', complete: true});
	t.deepEqual(
		errors.map(({message}) => message),
		['the handler broke'],
	);
	t.is((await get(double, '/x')).status, 204);
});

test('a module may hold the handlers, and is found by path and by URL', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'handlers-test-'));
	t.teardown(() => rm(folder, {recursive: true}));
	const path = join(folder, 'scenario.mjs');
	await writeFile(
		path,
		`export default {
			name: 'module',
			routes: [{request: '* ${api}/x/:id', response: ctx => { ctx.body = ctx.params.id; }}],
		};`,
	);
	for (const source of [path, pathToFileURL(path), pathToFileURL(path).href]) {
		await using double = await startDouble(source);
		t.is(double.name, 'module');
		t.is((await get(double, '/x/7')).body.toString(), '7');
	}
});

test('middlewares of a user run in order, after recording and before replay', async t => {
	await using double = await startDouble(scenario);
	const ran: string[] = [];
	double.app.use(async (ctx, next) => {
		ran.push(`one: ${ctx.recorded.target}, ${await ctx.recorded.body.text()}`);
		await next();
		ran.push(`one again: ${ctx.status}`);
	});
	double.app.use(async (_, next) => {
		ran.push(`two: ${double.exchanges.length}`);
		await next();
	});
	await ask(double.url, ['PUT /x HTTP/1.1', 'Host: h', 'Content-Length: 2'], 'hi');
	t.deepEqual(ran, ['one: /x, hi', 'two: 1', 'one again: 204']);
});

test('a middleware of a user may answer by itself', async t => {
	await using double = await startDouble(scenario);
	double.app.use((ctx, next) => {
		if (ctx.path !== '/own') return next();
		ctx.status = 418;
		ctx.body = 'mine';
		return undefined;
	});
	const own = await get(double, '/own');
	t.is(own.status, 418);
	t.is(own.body.toString(), 'mine');
	t.is((await get(double, '/x')).status, 204);
	await double.journal.waitFor(({number}) => number === 2);
	t.deepEqual(
		double.exchanges.map(({response}) => [response?.status, response?.route]),
		[
			[418, undefined],
			[204, 3],
		],
	);
});

test('a middleware of a user may change what the scenario answers', async t => {
	await using double = await startDouble(scenario);
	double.app.use(async (ctx, next) => {
		await next();
		ctx.set('X-Late', '1');
	});
	t.true((await get(double, '/away')).headers.some(([name]) => name === 'X-Late'));
});

test('a middleware must be a function', async t => {
	await using double = await startDouble(scenario);
	// @ts-expect-error: what JavaScript may hand over.
	t.throws(() => double.app.use('no function'), {instanceOf: TypeError});
	t.is((await get(double, '/x')).status, 204);
});

test('appOf gives the app of an origin', async t => {
	await using double = await startDouble({
		name: 'two',
		routes: [
			{request: `* ${api}/x`, response: {status: 201}},
			{request: '* https://cdn.example.test/x', response: {status: 202}},
		],
	});
	t.is(double.appOf(`${api}/any`), double.app);
	double.appOf('https://cdn.example.test').use(ctx => {
		ctx.status = 299;
	});
	const cdn = await ask(double.urlOf('https://cdn.example.test'), ['GET /x HTTP/1.1', 'Host: h']);
	t.is(cdn.status, 299);
	t.is((await get(double, '/x')).status, 201);
	t.throws(() => double.appOf('https://elsewhere.test'), {code: 'ORIGIN_UNKNOWN'});
});

test('a client that leaves makes no noise', async t => {
	await using double = await startDouble(scenario);
	const printed: unknown[] = [];
	const {error} = console;
	console.error = (...words: unknown[]) => printed.push(words);
	t.teardown(() => {
		console.error = error;
	});
	using client = await connectTo(double.url);
	client.send(`${headOf(['POST /x HTTP/1.1', 'Host: h', 'Content-Length: 9'])}hello`);
	while (double.exchanges.length === 0) await new Promise(resolve => setImmediate(resolve));
	client.socket.resetAndDestroy();
	await double.journal.waitFor(() => true);
	t.deepEqual(printed, []);
});
