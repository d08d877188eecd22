import test from 'ava';
import {createApp} from '../../src/app/app.ts';
import {loopback} from '../../src/doors/binding.ts';
import {listen} from '../../src/doors/listen.ts';
import {tokenParameter} from '../../src/http/hop-token.ts';
import {type Double, startDouble} from '../../src/index.ts';
import {appPartsOf} from '../helpers/app-parts.ts';
import {openProxied} from '../helpers/proxied.ts';
import {askProxy} from '../helpers/proxy-client.ts';
import {ask, type RawResponse} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const cdn = 'http://cdn.example.test:8080';

function scenarioWith(location: string | string[], links: 'exact' | 'tagged' = 'exact') {
	return {
		name: 'move',
		links,
		routes: [
			{request: `* ${api}/v1/users`, response: {status: 307, headers: {lOCATION: location}}},
			{request: `* ${api}/v2/users`, response: {status: 201}},
			{request: `* ${cdn}/*rest`, response: {status: 201}},
		],
	};
}

function get(double: Double, target: string): Promise<RawResponse> {
	return ask(double.url, [`GET ${target} HTTP/1.1`, 'Host: h']);
}

const locationsIn = ({headers}: RawResponse) =>
	headers.filter(([name]) => name === 'lOCATION').map(([, value]) => value);

/** What the scenario says, and what goes out; API and CDN stand for the listeners' addresses. */
const rewritten = [
	['the origin of the request', `${api}/v2/users?a=%2F#b`, 'http://API/v2/users?a=%2F#b'],
	['an origin in capitals', 'HTTPS://API.Example.Test/v2/users', 'http://API/v2/users'],
	['an explicit default port', 'https://api.example.test:443/V2/', 'http://API/V2/'],
	['no path', api, 'http://API'],
	['another origin of the scenario', `${cdn}/x`, 'http://CDN/x'],
	['userinfo', 'https://ada:pw@api.example.test/v2/users', 'http://ada:pw@API/v2/users'],
	['a network path', '//api.example.test/v2/users', '//API/v2/users'],
	['dots, which stay', `${api}/v1/../v2/users`, 'http://API/v1/../v2/users'],
] as const;

for (const [what, documented, sent] of rewritten)
	test(`a Location with ${what} leads to a listener`, async t => {
		await using double = await startDouble(scenarioWith(documented));
		const addresses = double.origins.map(({url}) => url.replace('http://', ''));
		const expected = sent.replace('API', addresses[0] ?? '').replace('CDN', addresses[1] ?? '');
		t.deepEqual(locationsIn(await get(double, '/v1/users')), [expected]);
		const location = double.exchanges[0]?.response?.location;
		t.is(location?.documented, documented);
		t.is(location?.sent, expected);
		t.truthy(location?.resolved);
	});

for (const [what, documented] of rewritten)
	test(`a Location with ${what} goes out byte for byte through the proxy`, async t => {
		await using proxied = await openProxied(scenarioWith(documented));
		const response = await askProxy(proxied.url, 'GET', `${api}/v1/users`);
		t.deepEqual(locationsIn(response), [documented]);
		const {response: recorded} = await proxied.exchange();
		t.like(recorded?.location, {documented, sent: documented});
		t.truthy(recorded?.location?.resolved);
	});

const untouched = [
	'/v2/users',
	'../v2/users',
	'?page=2',
	'#top',
	'users',
	'',
	'https://elsewhere.test/x',
	'https://api.example.test:8443/v2/users',
	'http://api.example.test/v2/users',
	'//elsewhere.test/x',
	'https://api.example.test.evil.test/',
	'api.example.test/v2',
	'api.example.test:443/v2',
	'ftp://api.example.test/x',
	'/a b"<>\\^`{|}',
	'/%2f%2F%zz%',
	'https://',
] as const;

for (const location of untouched)
	test(`the Location ${JSON.stringify(location)} goes out byte for byte`, async t => {
		await using double = await startDouble(scenarioWith(location));
		t.deepEqual(locationsIn(await get(double, '/v1/users')), [location]);
		t.like(double.exchanges[0]?.response?.location, {documented: location, sent: location});
	});

/** What the scenario says, and the bytes that go out, a character for each. */
const beyondAscii = [
	['/t/é', '/t/\xc3\xa9'],
	['/preis/€', '/preis/\xe2\x82\xac'],
	['/%E9/\u{1f642}', '/%E9/\xf0\x9f\x99\x82'],
] as const;

for (const [location, bytes] of beyondAscii)
	test(`the Location "${location}" goes out as its bytes in UTF-8`, async t => {
		await using double = await startDouble(scenarioWith(location));
		t.deepEqual(locationsIn(await get(double, '/v1/users')), [bytes]);
		t.like(double.exchanges[0]?.response?.location, {documented: bytes, sent: bytes});
	});

test('a Location with an origin of the scenario leads to a listener with its UTF-8 unchanged', async t => {
	await using double = await startDouble(scenarioWith(`${api}/é`));
	t.deepEqual(locationsIn(await get(double, '/v1/users')), [`${double.url}/\xc3\xa9`]);
});

for (const target of ['/t/%C3%A9', '/t/%c3%a9'])
	test(`the follow-up of the Location "/t/é" may ask for ${target}`, async t => {
		await using double = await startDouble(scenarioWith('/t/é'));
		await get(double, '/v1/users');
		await get(double, target);
		const [hop] = double.hops();
		const finding = hop?.findings().find(({rule}) => rule === 'target-is-location');
		t.is(finding?.outcome, 'kept');
	});

test('several Locations go out as several lines, and lead nowhere', async t => {
	await using double = await startDouble(scenarioWith([`${api}/v2/users`, '/x']));
	t.deepEqual(locationsIn(await get(double, '/v1/users')), [double.urlOf(`${api}/v2/users`), '/x']);
	const location = double.exchanges[0]?.response?.location;
	t.is(location?.documented, `${api}/v2/users`);
	t.is(location?.resolved, undefined);
	t.deepEqual(double.hops(), []);
});

test('a Location that leads nowhere makes no hop', async t => {
	await using double = await startDouble(scenarioWith('ftp://api.example.test/x'));
	await get(double, '/v1/users');
	t.is(double.exchanges[0]?.response?.location?.resolved, undefined);
	t.deepEqual(double.hops(), []);
});

const tagged = [
	['a URL', `${api}/v2/users`, /^http:\/\/127\.0\.0\.1:\d+\/v2\/users\?followthrough-hop=[\w-]+$/],
	['a path', '/v2/users', /^\/v2\/users\?followthrough-hop=[\w-]+$/],
	['a query', '/v2/users?a=1', /^\/v2\/users\?a=1&followthrough-hop=[\w-]+$/],
	['a fragment', '/v2/users#b', /^\/v2\/users\?followthrough-hop=[\w-]+#b$/],
	['only a query', '?a=1', /^\?a=1&followthrough-hop=[\w-]+$/],
] as const;

for (const [what, documented, pattern] of tagged)
	test(`a tagged Location that is ${what} carries a token in its query`, async t => {
		await using double = await startDouble(scenarioWith(documented, 'tagged'));
		const [sent = ''] = locationsIn(await get(double, '/v1/users'));
		t.regex(sent, pattern);
		const location = double.exchanges[0]?.response?.location;
		t.is(location?.sent, sent);
		t.is(location?.documented, documented);
		t.true(sent.includes(`${tokenParameter}=${location?.token}`));
	});

for (const documented of ['', '#top'])
	test(`a tagged Location "${documented}" keeps the query that it inherits`, async t => {
		await using double = await startDouble(scenarioWith(documented, 'tagged'));
		const [sent = ''] = locationsIn(await get(double, '/v1/users?page=2'));
		t.regex(sent, /^\?page=2&followthrough-hop=[\w-]+(?:#top)?$/);
		const target = sent.replace(/#.*/, '');
		await get(double, `/v1/users${target}`);
		t.is(double.exchanges[1]?.request.url, `${api}/v1/users?page=2`);
		t.true(double.hops()[0]?.link?.certain);
	});

test('a token is taken off before matching, and stays in the raw target', async t => {
	await using double = await startDouble(scenarioWith('/v2/users', 'tagged'));
	const [sent = ''] = locationsIn(await get(double, '/v1/users'));
	t.is((await get(double, sent)).status, 201);
	const {redirect, followUp, link} = await double.hop();
	t.is(followUp.request.target, sent);
	t.is(followUp.request.url, `${api}/v2/users`);
	t.is(followUp.request.hopToken, redirect.response?.location?.token);
	t.true(link.certain);
	t.deepEqual(link.evidence.slice(0, 1), ['token']);
	t.deepEqual(double.verdict().broken, []);
});

test('each redirect has a token of its own', async t => {
	await using double = await startDouble(scenarioWith('/v2/users', 'tagged'));
	const sent = [await get(double, '/v1/users'), await get(double, '/v1/users')].flatMap(
		locationsIn,
	);
	t.is(new Set(sent).size, 2);
	for (const target of [...sent].reverse()) await get(double, target);
	t.deepEqual(
		double.hops().map(({redirect, followUp}) => [redirect.number, followUp?.number]),
		[
			[1, 4],
			[2, 3],
		],
	);
});

test('a Location of a response that is no redirect gets no token', async t => {
	await using double = await startDouble({
		name: 'created',
		links: 'tagged',
		routes: [{request: `* ${api}/users`, response: {status: 201, headers: {Location: '/users/1'}}}],
	});
	const {headers} = await get(double, '/users');
	t.true(headers.some(([name, value]) => name === 'Location' && value === '/users/1'));
	t.deepEqual(double.hops(), []);
});

test('urlOf translates documented URLs and refuses others', async t => {
	await using double = await startDouble(scenarioWith('/x'));
	const [first = '', second = ''] = double.origins.map(({url}) => url);
	t.is(double.url, first);
	t.is(double.urlOf(`${api}/a%2F?b#c`), `${first}/a%2F?b#c`);
	t.is(double.urlOf(api), first);
	t.is(double.urlOf(`${cdn}/x`), `${second}/x`);
	for (const url of ['https://elsewhere.test/', '/x', ''])
		t.throws(() => double.urlOf(url), {
			code: 'ORIGIN_UNKNOWN',
			message: `"${url}" is not of this double's scenario. Its origins are ${api}, ${cdn}.`,
		});
});

test('a Location leads to a listener as soon as its address is known, whatever was sent before', async t => {
	const parts = await appPartsOf(scenarioWith(`${cdn}/x`));
	const {recorder} = parts;
	const listener = await listen({
		app: createApp(api, parts),
		origin: api,
		recorder,
		binding: loopback,
		port: 0,
	});
	const location = async () =>
		locationsIn(await ask(listener.url, ['GET /v1/users HTTP/1.1', 'Host: h']));
	t.deepEqual(await location(), [`${cdn}/x`]);
	parts.stage.production.addresses.set(cdn, 'http://127.0.0.1:7');
	t.deepEqual(await location(), ['http://127.0.0.1:7/x']);
	await listener.close();
	await recorder.close();
});
