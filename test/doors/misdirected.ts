import test from 'ava';
import {startDouble} from '../../src/index.ts';
import {openProxied} from '../helpers/proxied.ts';
import {fieldOf} from '../helpers/proxy-client.ts';
import {ask, connectTo, headOf} from '../helpers/raw-client.ts';

const a = 'http://a.example.test:9000';
const b = 'http://b.example.test:9000';
const scenario = {
	name: 'two',
	routes: [
		{request: `* ${a}/*rest`, response: {status: 200, text: 'a'}},
		{request: `* ${b}/*rest`, response: {status: 200, text: 'b'}},
	],
};

const detail = `The request-target names ${b}, and came to where ${a} is played: expected a path, or a URL of ${a}. Ask the proxy of the double, or the address of the origin that is meant.`;

test('a target that names another origin is no request to the listener of this one', async t => {
	await using double = await startDouble(scenario);
	const seen: string[] = [];
	double.app.use((ctx, next) => {
		seen.push(ctx.originalUrl);
		return next();
	});
	const response = await ask(
		double.url,
		[`POST ${b}/x HTTP/1.1`, 'Host: b.example.test:9000', 'Content-Length: 4'],
		'body',
	);
	t.is(response.statusLine, 'HTTP/1.1 421 Misdirected Request');
	t.is(fieldOf(response, 'content-type'), 'application/problem+json');
	t.deepEqual(JSON.parse(response.body.toString()), {
		title: 'Misdirected Request',
		status: 421,
		detail,
	});
	const exchange = await double.journal.waitFor(() => true);
	t.like(exchange.request, {url: `${b}/x`, origin: a});
	t.is(await exchange.request.body.text(), 'body');
	t.deepEqual(exchange.miss, {reasons: [detail], likely: []});
	t.deepEqual(seen, [`${b}/x`]);
});

test('a target that names another origin is no request in a tunnel to this one', async t => {
	await using proxied = await openProxied(scenario);
	using client = await connectTo(proxied.url);
	client.send(headOf(['CONNECT a.example.test:9000 HTTP/1.1', 'Host: a.example.test:9000']));
	t.is((await client.response()).status, 200);
	client.send(headOf([`GET ${b}/x HTTP/1.1`, 'Host: b.example.test:9000']));
	t.is((await client.response()).status, 421);
	client.send(headOf([`GET ${a}/x HTTP/1.1`, 'Host: a.example.test:9000']));
	t.is((await client.response()).body.toString(), 'a');
	t.deepEqual((await proxied.exchange()).miss?.reasons, [detail]);
});

for (const scheme of ['http:', 'https:'])
	test(`the address of a listener names its origin (${scheme})`, async t => {
		await using double = await startDouble(scenario);
		const {host} = new URL(double.url);
		const target = `${scheme}//${host}/x?y`;
		const response = await ask(double.url, [`GET ${target} HTTP/1.1`, `Host: ${host}`]);
		t.is(response.body.toString(), 'a');
		const {request} = await double.journal.waitFor(() => true);
		t.like(request, {target, url: `${a}/x?y`});
		t.is((await ask(double.urlOf(b), [`GET ${target} HTTP/1.1`, `Host: ${host}`])).status, 421);
	});
