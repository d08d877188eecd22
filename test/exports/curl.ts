import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import type {Double} from '../../src/double.ts';
import {type HeaderLines, headerValue} from '../../src/http/header-lines.ts';
import {defineScenario, exportDouble, startDouble} from '../../src/index.ts';
import type {Exchange} from '../../src/journal/exchange.ts';
import {awkwardDouble, secret} from '../helpers/awkward-traffic.ts';
import {lacksCurl} from '../helpers/needs-curl.ts';
import {ask, chunked} from '../helpers/raw-client.ts';

const run = promisify(execFile);

const mirror = defineScenario({
	name: 'mirror',
	routes: [{request: '* http://mirror.example.test/*rest', response: {status: 204}}],
});

interface Row {
	readonly title: string;
	readonly head: readonly string[];
	readonly body?: string | Uint8Array;
}

const length = (body: string | Uint8Array) => `Content-Length: ${Buffer.byteLength(body)}`;

const rows: readonly Row[] = [
	{title: 'a plain GET', head: ['GET /a HTTP/1.1']},
	{title: 'fields of its own', head: ['GET /a HTTP/1.1', 'User-Agent: me', 'Accept: */*;q=0.1']},
	{title: 'repeated and empty fields', head: ['GET /a HTTP/1.1', 'X-A: 1', 'X-A: 2', 'X-B:']},
	{title: 'a field in UTF-8', head: ['GET /a HTTP/1.1', 'X-Name: f\xc3\xbcr \xe2\x82\xac']},
	{title: 'quotes', head: ['GET /a?q=\'"$HOME HTTP/1.1', 'X-Quotes: it\'s "$HOME" `id` \\ %s']},
	{title: 'a wrong Host', head: ['GET /a HTTP/1.1', 'Host: other.example.test']},
	{title: 'dot segments', head: ['GET /a/../b/./c HTTP/1.1']},
	{title: 'brackets and braces', head: ['GET /a?ids[]={1} HTTP/1.1']},
	{title: 'a fragment', head: ['GET /a?q=1#top HTTP/1.1']},
	{title: 'an asterisk', head: ['OPTIONS * HTTP/1.1']},
	{title: 'HTTP/1.0', head: ['GET /a HTTP/1.0']},
	{title: 'HEAD', head: ['HEAD /a HTTP/1.1']},
	{title: 'another method', head: ['PROPFIND /a HTTP/1.1', 'Depth: 1']},
	{title: 'POST with a body', head: ['POST /a HTTP/1.1', 'Content-Type: a/b'], body: '@a=1&b\r\n'},
	{title: 'a body without a type', head: ['POST /a HTTP/1.1'], body: Buffer.from('für')},
	{title: 'GET with a body', head: ['GET /a HTTP/1.1'], body: 'x'},
	{title: 'an empty body of known length', head: ['PUT /a HTTP/1.1', 'Content-Length: 0']},
	{title: 'POST without any body', head: ['POST /a HTTP/1.1']},
	{title: 'bytes', head: ['PUT /a HTTP/1.1'], body: Uint8Array.from([0, 255, 10, 39, 92, 37])},
	{title: 'a large body', head: ['PUT /a HTTP/1.1'], body: Buffer.alloc(60_000, 'äö')},
	{
		title: 'chunks',
		head: ['PUT /a HTTP/1.1', 'Transfer-Encoding: chunked'],
		body: chunked(['one', 'two']),
	},
	{title: 'an expectation', head: ['PUT /a HTTP/1.1', 'Expect: 100-continue'], body: 'x'},
	{title: 'a condition and credentials', head: ['GET /a HTTP/1.1', 'If-Match: "1"', 'Cookie: a=b']},
];

for (const {title, head, body} of rows)
	test(`curl sends ${title} again as it was`, async t => {
		if (lacksCurl(t)) return;
		await using double = await startDouble(mirror);
		const {host} = new URL(double.url);
		const has = (name: string) => head.some(line => line.toLowerCase().startsWith(`${name}:`));
		await ask(
			double.url,
			[
				...head,
				...(has('host') ? [] : [`Host: ${host}`]),
				...(body === undefined || has('transfer-encoding') ? [] : [length(body)]),
			],
			body,
		);
		await double.settle({quiet: 5});
		await paste(await exportDouble(double, 'curl', {secrets: 'shown'}), double);
		const [first, second, ...others] = double.exchanges;
		if (first === undefined || second === undefined) return t.fail();
		t.deepEqual(others, []);
		t.deepEqual(factsOf(second), factsOf(first));
	});

test('a body that is named as a file is sent from there', async t => {
	if (lacksCurl(t)) return;
	await using double = await startDouble(mirror);
	const body = Buffer.alloc(2 * 1024 ** 2, 'abc');
	await ask(double.url, ['PUT /a HTTP/1.1', 'Host: a', length(body)], body);
	await double.settle({quiet: 5});
	const folder = await mkdtemp(join(tmpdir(), 'followthrough-curl-'));
	t.teardown(() => rm(folder, {recursive: true}));
	await writeFile(join(folder, 'exchange-1.body'), body);
	await paste(await exportDouble(double, 'curl'), double, folder);
	const [first, second] = double.exchanges;
	t.is(second?.request.body.sha256, first?.request.body.sha256);
	t.is(headerValue(second?.request.headers ?? [], 'expect'), undefined);
});

test('a body that is not there is not sent as an empty one, and it is told where it is', async t => {
	if (lacksCurl(t)) return;
	await using double = await startDouble(mirror);
	const binary = Buffer.from([0, 255, 10]);
	const large = Buffer.alloc(2 * 1024 ** 2, 'abc');
	for (const body of [binary, large])
		await ask(double.url, ['PUT /a HTTP/1.1', 'Host: a', length(body)], body);
	await double.settle({quiet: 5});
	const lines = await exportDouble(double, 'curl');
	await t.throwsAsync(paste(lines, double));
	t.is(double.exchanges.length, 2);
	const at = (number: number) =>
		`#    save it under that name first: while the double runs, the HTTP API gives it at its /exchanges/${number}/request/body`;
	const notes = lines.split('\n');
	t.true(notes.includes(`${at(1)}, and with --show-secrets it stands here`), lines);
	t.true(notes.includes(at(2)), lines);
});

test('https and HTTP/2 are spoken again', async t => {
	if (lacksCurl(t)) return;
	await using double = await startDouble('api-move');
	const url = 'https://api.example.test/api/v1/users';
	const env = {...process.env, ...(await double.env())};
	for (const version of ['--http1.1', '--http2'])
		await run('curl', ['-sS', '-L', version, '-d', '{}', url], {env});
	await paste(await exportDouble(double, 'curl'), double);
	const {exchanges} = double;
	t.deepEqual(exchanges.slice(4).map(factsOf), exchanges.slice(0, 4).map(factsOf));
});

test('each line tells which request it is, and what curl can not send', async t => {
	const double = await awkwardDouble();
	t.teardown(double.close);
	const text = await exportDouble(double, 'curl');
	const notes = text.split('\n').filter(line => line.startsWith('#'));
	t.true(
		text.startsWith('# What came to awkward, at the documented URLs; *** stands for secrets.\n'),
	);
	for (const note of [
		'# 1: answered with 307',
		'# 2: the follow-up of 1; answered with 201',
		'#    curl has no way to send its trailers: X-Sum',
		'#    of its body 3 of the 9 bytes came, and no more',
		'# 6: no response: a reset in place of a response, as scripted',
		'# 10: answered with 400; nothing that curl can send again: bytes that are no HTTP (HPE_INVALID_METHOD)',
		'#    X-Odd has bytes that are no UTF-8, and is left out',
		'# 12: answered with 502; nothing that curl can send again: CONNECT other.example.test:443',
	])
		t.true(notes.includes(note), note);
	t.regex(
		text,
		/#\s+exchange-3\.body stands for its body, 6 bytes, SHA-256 \w{64}: what is secret/,
	);
	t.false(text.includes(secret));
	t.true((await exportDouble(double, 'curl', {secrets: 'shown'})).includes(secret));
});

/** Runs the lines in a shell, with the double's proxy around them. */
async function paste(lines: string, double: Double, cwd?: string): Promise<void> {
	const env = {...process.env, ...(await double.env()), CURL_HOME: '/nonexistent'};
	await run('sh', ['-ec', lines.replaceAll(/\bcurl (?=-)/g, 'curl --disable -sS ')], {env, cwd});
	await double.settle({quiet: 5});
}

/** What is to be the same; through the proxy the target is the whole URL. */
function factsOf({request}: Exchange) {
	const {method, url, headers, body, httpVersion} = request;
	return {
		method,
		url,
		httpVersion,
		size: body.size,
		sha256: body.sha256,
		fields: fieldsOf(headers),
	};
}

function fieldsOf(headers: HeaderLines): string[] {
	return headers
		.map(([name, value]) => `${name.toLowerCase()}: ${value}`)
		.filter(line => !/^(?:host: (?:127|mirror)|proxy-connection)/.test(line))
		.toSorted();
}
