import {subscribe, unsubscribe} from 'node:diagnostics_channel';
import {readFileSync} from 'node:fs';
import test from 'ava';
import {startDouble} from '../../src/index.ts';
import type {Finding, Verdict} from '../../src/verdict/verdict.ts';
import {openProxied} from '../helpers/proxied.ts';
import {absolute, askProxy, fieldOf} from '../helpers/proxy-client.ts';
import {ask, connectTo, headOf} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const cdn = 'http://cdn.example.test:8080';
const site = 'http://www.example.test';

const scenario = {
	name: 'move',
	routes: [
		{
			request: `POST ${api}/v1/users`,
			response: {status: 307, headers: {Location: `${api}/v2/users`}},
		},
		{request: `POST ${api}/v2/users`, response: {status: 201, json: {id: 123}}},
		{
			request: `* ${site}/old`,
			response: {status: 307, headers: {Location: `${cdn}/new`}},
		},
		{request: `* ${site}/`, response: {status: 200, text: 'home'}},
		{request: `* ${cdn}/new`, response: {status: 200, text: 'new'}},
	],
};

test('a redirect is followed at the documented address, to the letter', async t => {
	await using proxied = await openProxied(scenario);
	const body = '{"name":"Ada"}';
	const first = await askProxy(proxied.url, 'POST', `${api}/v1/users`, [], body);
	t.is(first.status, 307);
	t.is(fieldOf(first, 'location'), `${api}/v2/users`);
	const second = await askProxy(proxied.url, 'POST', `${api}/v2/users`, [], body);
	t.is(second.status, 201);
	const {redirect, followUp} = await proxied.journal.hop();
	t.like(redirect.request, {
		method: 'POST',
		target: `${api}/v1/users`,
		url: `${api}/v1/users`,
		origin: api,
	});
	t.like(redirect.response?.location, {documented: `${api}/v2/users`, sent: `${api}/v2/users`});
	t.like(redirect.connection, {number: 1, exchange: 1, door: 'proxy'});
	t.false('tunnel' in redirect.connection);
	t.is(await followUp.request.body.text(), body);
	t.deepEqual(proxied.verdict().broken, []);
	t.true(proxied.verdict().kept.some(({rule}) => rule === 'host-matches-target'));
	t.false(proxied.isAuthorityMade);
});

test('one connection carries requests for several origins', async t => {
	await using proxied = await openProxied(scenario);
	using client = await connectTo(proxied.url);
	client.send(absolute('GET', `${site}/old`));
	t.is(fieldOf(await client.response(), 'location'), `${cdn}/new`);
	client.send(absolute('GET', `${cdn}/new`) + absolute('GET', 'http://elsewhere.test/'));
	t.is((await client.response()).body.toString(), 'new');
	t.is((await client.response()).status, 502);
	client.send(absolute('GET', `${site}/`));
	t.is((await client.response()).body.toString(), 'home');
	await proxied.exchange(3);
	t.deepEqual(
		proxied.journal.exchanges.map(({request, connection, response}) => [
			connection.number,
			connection.exchange,
			request.origin,
			response?.status,
		]),
		[
			[1, 1, site, 307],
			[1, 2, cdn, 200],
			[1, 3, 'http://elsewhere.test', 502],
			[1, 4, site, 200],
		],
	);
	t.deepEqual(proxied.verdict().broken, []);
});

/** The target as sent, and the URL that is recorded. */
const targets = [
	[`${site}/`, `${site}/`],
	[site, `${site}/`],
	[`${site}?a=1`, `${site}/?a=1`],
	['HTTP://WWW.Example.TEST/?A', `${site}/?A`],
	['http://www.example.test:80/', `${site}/`],
	['http://ada:pw@www.example.test/', `${site}/`],
	['http://www.example.test:/', `${site}/`],
	['http://www.example.test/#top', `${site}/#top`],
] as const;

for (const [target, url] of targets)
	test(`the target ${target} goes to the app of its origin`, async t => {
		await using proxied = await openProxied(scenario);
		const response = await ask(proxied.url, [`GET ${target} HTTP/1.1`, 'Host: h']);
		t.is(response.body.toString(), 'home');
		const {request} = await proxied.exchange();
		t.like(request, {target, url, origin: site});
	});

test('a path keeps its characters, which are matched as they are', async t => {
	const routes = ['/a%7Cb', '/a|b', '/a%2Fb', '/a^b'].map(path => ({
		request: `GET ${site}${path.replaceAll('|', '\\|').replaceAll('^', '\\^')}`,
		response: {status: 200, text: path},
	}));
	await using proxied = await openProxied({name: 'paths', routes});
	for (const path of ['/a%7Cb', '/a|b', '/a%2Fb', '/a^b']) {
		const {body} = await ask(proxied.url, [`GET ${site}${path} HTTP/1.1`, 'Host: h']);
		t.is(body.toString(), path);
	}
});

test('OPTIONS for a whole server is the same as at a listener', async t => {
	await using proxied = await openProxied(scenario);
	await ask(proxied.url, [`OPTIONS ${site} HTTP/1.1`, 'Host: www.example.test']);
	const {request} = await proxied.exchange();
	t.like(request, {method: 'OPTIONS', target: site, url: site, origin: site});
});

test('what is not for a known origin is refused with what is known', async t => {
	await using proxied = await openProxied(scenario);
	const response = await askProxy(proxied.url, 'POST', 'http://www.exmaple.test/old', [], 'body');
	t.is(response.statusLine, 'HTTP/1.1 502 The scenario has no such origin');
	t.is(fieldOf(response, 'content-type'), 'application/problem+json');
	const detail = `http://www.exmaple.test is no origin of the scenario; did you mean "${site}"? The scenario's origins are ${api}, ${site}, ${cdn}. This proxy only plays the scenario: it never forwards a request.`;
	t.deepEqual(JSON.parse(response.body.toString()), {
		title: 'The scenario has no such origin',
		status: 502,
		detail,
	});
	const exchange = await proxied.exchange();
	t.like(exchange.request, {
		url: 'http://www.exmaple.test/old',
		origin: 'http://www.exmaple.test',
	});
	t.is(await exchange.request.body.text(), 'body');
	t.deepEqual(exchange.miss, {reasons: [detail], likely: []});
	t.is(exchange.response?.status, 502);
});

test('a follow-up to an origin that the scenario does not name is a hop, and judged', async t => {
	const location = 'http://elsewhere.test/new';
	await using proxied = await openProxied({
		name: 'away',
		routes: [{request: `* ${site}/old`, response: {status: 307, headers: {Location: location}}}],
	});
	await askProxy(proxied.url, 'POST', `${site}/old`, [], 'body');
	const refused = await askProxy(proxied.url, 'GET', location);
	const {followUp} = await proxied.journal.hop();
	t.is(followUp.request.url, location);
	t.true(proxied.verdict().broken.some(({rule}) => rule === 'method-preserved'));
	t.regex(JSON.parse(refused.body.toString()).likely[0], /^The client broke/);
});

/** Requests that are none to a proxy. */
const notForProxies = [
	[
		'a path',
		['GET /v1/users HTTP/1.1', 'Host: 127.0.0.1'],
		/asks for https:\/\/api\.example\.test\/v1\/users /,
	],
	[
		'a path with a documented Host',
		['GET /old HTTP/1.1', 'Host: www.example.test'],
		/asks for http:\/\/www\.example\.test\/old /,
	],
	['*', ['OPTIONS * HTTP/1.1', 'Host: h'], /request-target \*/],
	['a path in HTTP/1.0', ['GET / HTTP/1.0'], /Host: none/],
	['another scheme', ['GET ftp://www.example.test/x HTTP/1.1', 'Host: h'], /ftp:/],
] as const;

for (const [what, head, detail] of notForProxies)
	test(`a target that is ${what} is answered 400, with advice`, async t => {
		await using proxied = await openProxied(scenario);
		const response = await ask(proxied.url, head);
		t.is(response.status, 400);
		t.regex(JSON.parse(response.body.toString()).detail, detail);
		const {request, miss} = await proxied.exchange();
		t.regex(miss?.reasons.join() ?? '', detail);
		t.is(request.target, head[0].split(' ')[1] ?? '');
	});

test('TRACE and HTTP/1.0 in absolute-form are requests like any other', async t => {
	await using proxied = await openProxied(scenario);
	t.is((await ask(proxied.url, [`TRACE ${site}/ HTTP/1.1`, 'Host: h'])).status, 200);
	t.is((await ask(proxied.url, [`GET ${site}/ HTTP/1.0`])).status, 200);
});

const garbage = [
	['words', 'hello there\r\n\r\n', 'Invalid method encountered'],
	['TLS', '\x16\x03\x01\x02\x00\x01\x00\xff', 'a TLS handshake: https was spoken to an http port'],
] as const;

for (const [what, bytes, message] of garbage)
	test(`${what} spoken to the proxy's port is recorded as malformed`, async t => {
		await using proxied = await openProxied(scenario);
		using client = await connectTo(proxied.url);
		client.send(bytes);
		t.is((await client.response()).status, 400);
		const {request, connection} = await proxied.exchange();
		t.is(request.malformed?.message, message);
		t.like(connection, {door: 'proxy', number: 1});
		t.is((await askProxy(proxied.url, 'GET', `${site}/`)).status, 200);
	});

test('fields for the proxy are recorded as sent, and missing ones in the follow-up break no rule', async t => {
	await using proxied = await openProxied(scenario);
	const fields = ['Proxy-Connection: keep-alive', 'Proxy-Authorization: Basic QTpi', 'X-Mine: 1'];
	await askProxy(proxied.url, 'GET', `${site}/old`, fields);
	await askProxy(proxied.url, 'GET', `${cdn}/new`, ['X-Mine: 1', 'Proxy-Tag: a']);
	const {redirect} = await proxied.journal.hop();
	t.deepEqual(redirect.request.headers.slice(1), [
		['Proxy-Connection', 'keep-alive'],
		['Proxy-Authorization', 'Basic QTpi'],
		['X-Mine', '1'],
	]);
	t.deepEqual(proxied.verdict().broken, []);
	t.true(proxied.verdict().kept.some(({rule}) => rule === 'headers-kept'));
});

test('a redirect to a request that expects 100 Continue comes at once', async t => {
	await using proxied = await openProxied(scenario);
	using client = await connectTo(proxied.url);
	const expecting = ['Expect: 100-continue', 'Content-Length: 9'];
	client.send(absolute('POST', `${api}/v1/users`, expecting));
	t.is((await client.response()).status, 307);
});

/** What a client sends to the target in the place of what it should, and the rules that it breaks. */
const clients = [
	['follows as it should', {}, []],
	['keeps the Host', {host: 'www.example.test'}, ['host-matches-target']],
	['keeps its credentials', {fields: ['Authorization: Basic QTpi']}, ['authorization-withheld']],
	['changes the method', {method: 'PUT'}, ['method-preserved']],
	['loses the body', {body: ''}, ['body-preserved']],
	['adds a slash', {path: '/v2/'}, ['target-is-location']],
] as const;

for (const [what, deviation, rules] of clients)
	test(`a client that ${what} has the same verdict through the proxy as at listeners`, async t => {
		const move = {
			name: 'move',
			routes: [
				{request: `* ${site}/v1`, response: {status: 307, headers: {Location: `${cdn}/v2`}}},
				{request: `* ${cdn}/v2`, response: {status: 200}},
			],
		};
		await using proxied = await openProxied(move);
		await using double = await startDouble(move);
		const {host} = new URL(double.urlOf(cdn));
		const first = {method: 'POST', path: '/v1', host: 'www.example.test', body: 'Ada'};
		const secrets = ['Authorization: Basic QTpi'];
		const then = {method: 'POST', path: '/v2', body: 'Ada', fields: [], ...deviation};

		const viaProxy = {host: 'cdn.example.test:8080', ...then};
		await ask(proxied.url, headFor({...first, origin: site, fields: secrets}), first.body);
		await ask(proxied.url, headFor({...viaProxy, origin: cdn}), then.body);
		await proxied.journal.hop();

		const here = new URL(double.url).host;
		const viaListener = {...then, host: 'host' in deviation ? here : host};
		await ask(double.url, headFor({...first, host: here, fields: secrets}), first.body);
		await ask(double.urlOf(cdn), headFor(viaListener), then.body);
		await double.hop();

		t.deepEqual(outcomesOf(proxied.verdict()), outcomesOf(double.verdict()));
		t.deepEqual(outcomesOf(proxied.verdict()).broken, [...rules]);
	});

interface Sent {
	readonly method: string;
	readonly origin?: string;
	readonly path: string;
	readonly host: string;
	readonly fields: readonly string[];
	readonly body: string;
}

function headFor({method, origin = '', path, host, fields, body}: Sent): string[] {
	const length = `Content-Length: ${body.length}`;
	return [`${method} ${origin}${path} HTTP/1.1`, `Host: ${host}`, ...fields, length];
}

function outcomesOf({broken, kept, notObserved}: Verdict) {
	const rules = (findings: readonly Finding[]) => findings.map(({rule}) => rule);
	return {broken: rules(broken), kept: rules(kept), notObserved: rules(notObserved)};
}

test('tagged Locations go out documented, with their token', async t => {
	await using proxied = await openProxied({...scenario, links: 'tagged'});
	const location = fieldOf(await askProxy(proxied.url, 'GET', `${site}/old`), 'location') ?? '';
	t.regex(location, /^http:\/\/cdn\.example\.test:8080\/new\?followthrough-hop=[\w-]+$/);
	t.is((await askProxy(proxied.url, 'GET', location)).status, 200);
	const {followUp, link} = await proxied.journal.hop();
	t.is(followUp.request.url, `${cdn}/new`);
	t.deepEqual(link.evidence.slice(0, 1), ['token']);
});

test('the proxy ends all connections when it is closed', async t => {
	const proxied = await openProxied(scenario);
	using idle = await connectTo(proxied.url);
	using busy = await connectTo(proxied.url);
	busy.send(headOf([`POST ${site}/ HTTP/1.1`, 'Host: h', 'Content-Length: 9']));
	await proxied.close();
	await Promise.all([idle.rest(), busy.rest()]);
	t.true(proxied.journal.exchanges.every(({sealed}) => sealed));
});

test('the proxy has no means to resolve a name or to open a connection', t => {
	for (const file of ['proxy', 'tunnels', 'http1', 'first-bytes']) {
		const source = readFileSync(new URL(`../../src/doors/${file}.ts`, import.meta.url), 'utf8');
		const imports = source.match(/^import [^;]*;/gm)?.join('\n') ?? '';
		t.notRegex(
			imports,
			/node:(?:dns|https|http2|tls)|\b(?:connect|createConnection|request|get)\b/,
		);
		t.notRegex(source, /\bfetch\(|\bimport\(/);
	}
});

test.serial('what is asked for elsewhere opens no connection', async t => {
	await using proxied = await openProxied(scenario);
	const opened: unknown[] = [];
	const note = (message: unknown) => void opened.push(message);
	subscribe('net.client.socket', note);
	await askProxy(proxied.url, 'GET', 'http://elsewhere.test/');
	await ask(proxied.url, ['CONNECT elsewhere.test:443 HTTP/1.1', 'Host: elsewhere.test:443']);
	await ask(proxied.url, ['GET http://127.0.0.1:9/ HTTP/1.1', 'Host: 127.0.0.1:9']);
	unsubscribe('net.client.socket', note);
	t.is(opened.length, 3, 'the three of the client');
	t.deepEqual(
		proxied.journal.exchanges.map(({response}) => response?.status),
		[502, 502, 502],
	);
});

test('a request that was whole when it was refused is not recorded as answered early', async t => {
	await using proxied = await openProxied(scenario);
	using client = await connectTo(proxied.url);
	for (const target of ['http://elsewhere.test/', 'http://elsewhere.test/', '/path']) {
		const head = headOf([`POST ${target} HTTP/1.1`, 'Host: h', 'Content-Length: 14']);
		client.send(`${head}all that there`);
		await client.response();
	}
	for (const seen of [0, 1, 2]) {
		const {request} = await proxied.exchange(seen);
		t.is(request.body.size, 14);
		t.is(request.afterAnswer, undefined);
	}
});
