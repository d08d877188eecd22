import {once} from 'node:events';
import {PassThrough} from 'node:stream';
import test from 'ava';
import {startDouble} from '../../src/index.ts';
import {createGate} from '../helpers/gate.ts';
import {connectTo, headOf} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const scenario = {name: 'sink', routes: [{request: `* ${api}/*rest`, response: {status: 204}}]};

const whole = [
	['a whole body', 'POST', ['Content-Length: 3'], 'hel'],
	['a whole request without a body', 'GET', [], ''],
] as const;

for (const [what, method, fields, body] of whole)
	test(`garbage right behind ${what} is an exchange of its own, and ends the connection`, async t => {
		await using double = await startDouble(scenario);
		using client = await connectTo(double.url);
		const bytes = `${headOf([`${method} /x HTTP/1.1`, 'Host: h', ...fields])}${body}lo\r\n\r\n`;
		client.send(bytes);
		t.is((await client.rest()).toString(), '');
		const {request, response} = await double.journal.waitFor(({number}) => number === 2);
		t.is(request.malformed?.code, 'HPE_INVALID_METHOD');
		t.is(Buffer.from(request.malformed?.bytes ?? []).toString(), bytes);
		t.is(response, undefined);
		const before = await double.journal.waitFor(({number}) => number === 1);
		t.is(before.request.malformed, undefined);
		t.is(await before.request.body.text(), body);
	});

test('garbage behind a whole request that is not answered yet is no mark on it, and no answer to it', async t => {
	await using double = await startDouble({
		name: 'move',
		routes: [
			{
				request: `* ${api}/x`,
				response: {delay: 600_000, status: 307, headers: {Location: '/y'}},
			},
		],
	});
	using client = await connectTo(double.url);
	client.send(headOf(['GET /x HTTP/1.1', 'Host: h']));
	while (double.exchanges[0]?.request.endedAt === undefined)
		await new Promise(resolve => setImmediate(resolve));
	client.send('garbage\r\n\r\n');
	t.is((await client.rest()).toString(), '');
	await double.journal.waitFor(({number}) => number === 1);
	await double.journal.waitFor(({number}) => number === 2);
	t.deepEqual(
		double.exchanges.map(({request, response}) => [
			request.target,
			request.malformed?.code,
			response?.status,
		]),
		[
			['/x', undefined, undefined],
			['', 'HPE_INVALID_METHOD', undefined],
		],
	);
	t.deepEqual(double.hops(), []);
});

const behind = [
	['a whole request', headOf(['GET /slow HTTP/1.1', 'Host: h']), 'garbage\r\n\r\n', 3],
	[
		'half a request',
		headOf(['POST /slow HTTP/1.1', 'Host: h', 'Transfer-Encoding: chunked']),
		'garbage\r\n',
		2,
	],
] as const;

for (const [what, request, garbage, number] of behind)
	test(`garbage behind ${what} gets into no response that is under way before it`, async t => {
		const slow = {request: `* ${api}/slow`, response: {delay: 600_000}};
		await using double = await startDouble({name: 'slow', routes: [slow]});
		double.app.use(async (ctx, next) => {
			if (ctx.path !== '/stream') return next();
			const body = new PassThrough();
			body.write('the first half');
			ctx.body = body;
		});
		using client = await connectTo(double.url);
		client.send(headOf(['GET /stream HTTP/1.1', 'Host: h']));
		await once(client.socket, 'data');
		client.send(request);
		while (double.exchanges.length < 2) await new Promise(resolve => setImmediate(resolve));
		client.send(garbage);
		const rest = (await client.rest()).toString();
		t.true(rest.includes('the first half'), rest);
		t.false(rest.includes('400'), rest);
		for (let each = 1; each <= number; each++)
			await double.journal.waitFor(exchange => exchange.number === each);
		t.deepEqual(
			double.exchanges.map(exchange => [
				exchange.request.malformed !== undefined,
				exchange.response?.status,
			]),
			[[false, 200], ...(number === 3 ? [[false, undefined]] : []), [true, undefined]],
		);
	});

test('garbage after a request that was answered is an exchange of its own', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	client.send(headOf(['GET /x HTTP/1.1', 'Host: h']));
	t.is((await client.response()).status, 204);
	client.send('lo\r\n\r\n');
	t.is((await client.response()).status, 400);
	const {connection, request} = await double.journal.waitFor(({number}) => number === 2);
	t.deepEqual([connection.number, connection.exchange], [1, 2]);
	t.is(Buffer.from(request.malformed?.bytes ?? []).toString(), 'lo\r\n\r\n');
	t.is(double.exchanges[0]?.request.malformed, undefined);
	t.is(double.exchanges[0]?.response?.status, 204);
});

test('garbage behind a request whose handler writes by itself does not get into the response', async t => {
	await using double = await startDouble(scenario);
	const begun = createGate();
	const release = createGate();
	double.app.use(async ctx => {
		ctx.status = 200;
		ctx.respond = false;
		ctx.res.write('the first half');
		begun.open();
		await release.passed;
		ctx.res.end();
	});
	using client = await connectTo(double.url);
	client.send(headOf(['GET /x HTTP/1.1', 'Host: h']));
	await begun.passed;
	client.send('garbage\r\n\r\n');
	const rest = (await client.rest()).toString();
	release.open();
	t.false(rest.includes('400'), rest);
	const {request, response} = await double.journal.waitFor(({number}) => number === 2);
	t.is(request.malformed?.code, 'HPE_INVALID_METHOD');
	t.is(response, undefined);
});
