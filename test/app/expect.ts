import {execFile} from 'node:child_process';
import {mkdtempSync} from 'node:fs';
import {rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {type Double, startDouble} from '../../src/index.ts';
import {timeless} from '../helpers/after-answer.ts';
import {api, redirecting} from '../helpers/early-scenario.ts';
import {lacksCurl} from '../helpers/needs-curl.ts';
import {connectTo, headOf} from '../helpers/raw-client.ts';

function head(path: string, ...fields: string[]): string {
	return headOf([`POST ${path} HTTP/1.1`, 'Host: h', 'Content-Length: 3', ...fields]);
}

const expecting = 'Expect: 100-continue';

function sealed(double: Double, number = 1) {
	return double.journal.waitFor(exchange => exchange.number === number);
}

function interimOf({interim}: {interim?: readonly {status: number}[]}): number[] {
	return (interim ?? []).map(({status}) => status);
}

test('a redirect is the only answer to an expectation, and the target sends 100 first', async t => {
	await using double = await startDouble(redirecting({}));
	using client = await connectTo(double.url);
	client.send(head('/x', expecting));
	const redirect = await client.response();
	t.is(redirect.statusLine, 'HTTP/1.1 307 Temporary Redirect');
	t.deepEqual(
		redirect.headers.filter(([name]) => name === 'Connection'),
		[['Connection', 'keep-alive']],
	);
	client.socket.end();
	using again = await connectTo(double.url);
	again.send(head('/y', expecting));
	t.is((await again.response({bodiless: true})).statusLine, 'HTTP/1.1 100 Continue');
	again.send('abc');
	t.is((await again.response()).status, 201);
	const {redirect: first, followUp} = await double.hop();
	t.deepEqual(interimOf(first), []);
	t.deepEqual(timeless(first.request), {before: 0, after: 0, ending: 'stopped'});
	t.deepEqual(interimOf(followUp), [100]);
	t.is(followUp.request.afterAnswer, undefined);
});

test('a body that comes in spite of the redirect is read, and the connection goes on', async t => {
	await using double = await startDouble(redirecting({}));
	using client = await connectTo(double.url);
	client.send(head('/x', expecting));
	t.is((await client.response()).status, 307);
	client.send(`abc${head('/y')}abc`);
	t.is((await client.response()).status, 201);
	const {request} = await sealed(double);
	t.deepEqual(timeless(request), {before: 0, after: 3, ending: 'finished'});
});

test('where the scenario says send, 100 comes before the redirect, once', async t => {
	await using double = await startDouble(redirecting({continue: 'send', answer: {afterBytes: 2}}));
	using client = await connectTo(double.url);
	client.send(head('/x', expecting));
	t.is((await client.response({bodiless: true})).statusLine, 'HTTP/1.1 100 Continue');
	client.send('ab');
	t.is((await client.response()).status, 307);
	client.send(`c${head('/y')}abc`);
	t.is((await client.response()).status, 201);
	const exchange = await sealed(double);
	t.deepEqual(interimOf(exchange), [100]);
	t.deepEqual(timeless(exchange.request), {before: 2, after: 1, ending: 'finished'});
});

test('where the scenario says withhold, no 100 comes, and the body is waited for', async t => {
	await using double = await startDouble(redirecting({continue: 'withhold'}));
	using client = await connectTo(double.url);
	client.send(head('/x', expecting));
	while (double.exchanges.length === 0) await new Promise(setImmediate);
	t.is(double.exchanges[0]?.response, undefined);
	client.send('abc');
	t.is((await client.response()).statusLine, 'HTTP/1.1 307 Temporary Redirect');
	const exchange = await sealed(double);
	t.deepEqual(interimOf(exchange), []);
	t.is(exchange.request.afterAnswer, undefined);
});

const without = [
	['no expectation', head('/y')],
	['another expectation', head('/y', 'Expect: 200-ok')],
	['no body', headOf(['POST /y HTTP/1.1', 'Host: h', expecting])],
	['HTTP/1.0', headOf(['POST /y HTTP/1.0', 'Content-Length: 3', expecting])],
] as const;
for (const [what, bytes] of without)
	test(`a request with ${what} gets no 100`, async t => {
		await using double = await startDouble(redirecting({}));
		using client = await connectTo(double.url);
		client.send(`${bytes}${what === 'no body' ? '' : 'abc'}`);
		t.is((await client.response()).status, 201);
		t.deepEqual(interimOf(await sealed(double)), []);
	});

test('an expectation that has already been met by the body still gets its 100, in order', async t => {
	await using double = await startDouble(redirecting({}));
	using client = await connectTo(double.url);
	client.send(`${head('/y')}abc${head('/y', expecting)}ab`);
	const statuses = [(await client.response()).status];
	statuses.push((await client.response({bodiless: true})).status);
	client.send('c');
	statuses.push((await client.response()).status);
	t.deepEqual(statuses, [201, 100, 201]);
});

test('what looks at the body before it answers invites it', async t => {
	await using double = await startDouble({
		name: 'looks',
		routes: [{request: {method: 'POST', url: `${api}/x`, text: 'abc'}, response: {status: 204}}],
	});
	for (const path of ['/x', '/nowhere']) {
		using client = await connectTo(double.url);
		client.send(head(path, expecting));
		t.is((await client.response({bodiless: true})).status, 100);
		client.send('abc');
		t.is((await client.response()).status, path === '/x' ? 204 : 501);
	}
});

const run = promisify(execFile);
const uploads = [
	['before it sends, when it expects 100', {}, ['-H', expecting], false],
	['before it sends, though it need not wait', {answer: 'before-body'}, ['-H', 'Expect:'], true],
	['after its patience, when 100 is withheld', {continue: 'withhold'}, ['-H', expecting], true],
] as const;
for (const [when, how, options, sends] of uploads)
	test(`curl -T follows a redirect that comes ${when}`, async t => {
		if (lacksCurl(t)) return;
		const folder = mkdtempSync(join(tmpdir(), 'expect-test-'));
		t.teardown(() => rm(folder, {recursive: true}));
		const file = join(folder, 'body');
		const size = 3 * 1024 * 1024;
		await writeFile(file, Buffer.alloc(size, 'u'));
		await using double = await startDouble(redirecting(how));
		const {stdout} = await run('curl', [
			...['-sS', '-L', '--expect100-timeout', '0.3', '-T', file, '-w', '%{http_code}'],
			...options,
			double.urlOf(`${api}/x`),
		]);
		t.is(stdout, '201');
		const {redirect, followUp} = await double.hop();
		t.is(followUp.request.body.size, size);
		t.true(followUp.request.body.complete);
		if (!sends) t.is(redirect.request.body.size, 0);
	});
