import {mkdtempSync} from 'node:fs';
import {rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {type ScenarioInput, startDouble} from '../../src/index.ts';
import {ask, connectTo, headOf, type RawResponse} from '../helpers/raw-client.ts';

type Response = NonNullable<
	Exclude<ScenarioInput['routes'][number]['response'], (...args: never[]) => unknown>
>;

/** What a double with one route sends; Date and Connection, which Node adds, are left out. */
async function answerTo(response: Response, method = 'POST'): Promise<RawResponse> {
	const scenario = {name: 'one', routes: [{request: '* https://api.example.test/x', response}]};
	await using double = await startDouble(scenario);
	const answer = await ask(double.url, [`${method} /x HTTP/1.1`, 'Host: h']);
	const headers = answer.headers.filter(([name]) => !['Date', 'Connection'].includes(name));
	const recorded = (await double.journal.waitFor(() => true)).response;
	return {...answer, headers: [...headers], status: recorded?.status ?? 0};
}

test('header lines go out in the order and case in which they are written, lists as lines', async t => {
	const {headers} = await answerTo({
		status: 307,
		headers: {
			'x-ZULU': 'z',
			LOCATION: '/y',
			'Set-Cookie': ['a=1', 'b=2'],
			'x-alpha': ['1', '2', '1'],
			'Retry-After': 120,
		},
	});
	t.deepEqual(headers.slice(0, -1), [
		['x-ZULU', 'z'],
		['LOCATION', '/y'],
		['Set-Cookie', 'a=1'],
		['Set-Cookie', 'b=2'],
		['x-alpha', '1'],
		['x-alpha', '2'],
		['x-alpha', '1'],
		['Retry-After', '120'],
	]);
	t.deepEqual(headers.at(-1), ['Content-Length', '0']);
});

test('characters beyond ASCII in a header go out as UTF-8', async t => {
	const {headers} = await answerTo({status: 200, headers: {'X-Text': 'é€'}});
	t.deepEqual(headers[0], ['X-Text', '\xc3\xa9\xe2\x82\xac']);
});

const empty = [301, 302, 303, 307, 308, 200, 404, 500];

for (const status of empty)
	test(`a ${status} without a body has no type and no words`, async t => {
		const {headers, body} = await answerTo({status});
		t.deepEqual(headers, [['Content-Length', '0']]);
		t.is(body.length, 0);
	});

for (const status of [204, 304])
	test(`a ${status} has no body and no length`, async t => {
		const {headers, statusLine} = await answerTo({status, headers: {'X-Tag': '1'}});
		t.deepEqual(headers, [['X-Tag', '1']]);
		t.true(statusLine.startsWith(`HTTP/1.1 ${status} `));
	});

const reasons = [
	[307, 'HTTP/1.1 307 Temporary Redirect'],
	['307 TEMPORARY_REDIRECT', 'HTTP/1.1 307 TEMPORARY_REDIRECT'],
	['307 Go  there', 'HTTP/1.1 307 Go  there'],
	['499 Client gone', 'HTTP/1.1 499 Client gone'],
] as const;

for (const [status, line] of reasons)
	test(`the status ${status} makes the line "${line}"`, async t => {
		t.is((await answerTo({status})).statusLine, line);
	});

const folder = mkdtempSync(join(tmpdir(), 'responses-test-'));
test.after.always(() => rm(folder, {recursive: true}));

const bodies: readonly (readonly [string, Response, string | undefined, string])[] = [
	['JSON', {json: {id: 1, tags: []}}, 'application/json', '{"id":1,"tags":[]}'],
	['null as JSON', {json: null}, 'application/json', 'null'],
	['text', {text: 'h\u00e9'}, 'text/plain; charset=utf-8', 'h\xc3\xa9'],
	['no text', {text: ''}, 'text/plain; charset=utf-8', ''],
	['bytes', {base64: '/wAK'}, undefined, '\xff\x00\n'],
	[
		'text three times',
		{text: 'h\u00e9', repeat: 3},
		'text/plain; charset=utf-8',
		'h\xc3\xa9'.repeat(3),
	],
	['bytes twice', {base64: '/wAK', repeat: 2}, undefined, '\xff\x00\n\xff\x00\n'],
	['a type of its own', {json: 1, headers: {'content-type': 'a/b'}}, 'a/b', '1'],
	['bytes with a type', {base64: '/w==', headers: {'Content-Type': 'a/b'}}, 'a/b', '\xff'],
];

for (const [what, response, type, content] of bodies)
	test(`a body of ${what} goes out as written`, async t => {
		const {headers, body} = await answerTo(response);
		t.is(headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1], type);
		t.is(headers.find(([name]) => name === 'Content-Length')?.[1], String(body.length));
		t.is(body.toString('latin1'), content);
	});

test('a body from a file goes out byte for byte, with the type of its name', async t => {
	const content = Buffer.from(Array.from({length: 200_000}, (_, at) => at & 0xff));
	await writeFile(join(folder, 'body.png'), content);
	await writeFile(join(folder, 'body.unknown'), '');
	const path = join(folder, 'files.json');
	const routes = ['body.png', 'body.unknown'].map(file => ({
		request: `* https://api.example.test/${file}`,
		response: {status: 307, headers: {Location: '/y'}, file},
	}));
	await writeFile(path, JSON.stringify({name: 'files', routes}));
	await using double = await startDouble(path);
	const image = await ask(double.url, ['GET /body.png HTTP/1.1', 'Host: h']);
	t.true(content.equals(image.body));
	t.deepEqual(image.headers.slice(0, 3), [
		['Location', '/y'],
		['Content-Type', 'image/png'],
		['Content-Length', '200000'],
	]);
	const unknown = await ask(double.url, ['GET /body.unknown HTTP/1.1', 'Host: h']);
	t.deepEqual(unknown.headers.slice(0, 2), [
		['Location', '/y'],
		['Content-Length', '0'],
	]);
	const {response} = await double.journal.waitFor(() => true);
	t.is(response?.bodySize, 200_000);
	const head = await ask(double.url, ['HEAD /body.png HTTP/1.1', 'Host: h']);
	t.is(head.headers.find(([name]) => name === 'Content-Length')?.[1], '200000');
});

test('HEAD gets the head of the response alone', async t => {
	const {headers, body} = await answerTo(
		{status: 307, headers: {Location: '/y'}, json: {}},
		'HEAD',
	);
	t.deepEqual(headers, [
		['Location', '/y'],
		['Content-Type', 'application/json'],
		['Content-Length', '2'],
	]);
	t.is(body.length, 0);
});

test('a response with a delay comes after it, and holds up no other', async t => {
	const routes = [
		{request: '* https://api.example.test/never', response: {delay: 600_000, status: 204}},
		{request: '* https://api.example.test/soon', response: {delay: 10, status: 204}},
	];
	await using double = await startDouble({name: 'delays', routes});
	using waiting = await connectTo(double.url);
	waiting.send(headOf(['GET /never HTTP/1.1', 'Host: h']));
	t.is((await ask(double.url, ['GET /soon HTTP/1.1', 'Host: h'])).status, 204);
	const never = double.journal.filter(({request}) => request.target === '/never');
	t.true(never.every(({response}) => response === undefined));
});

test('a client that leaves during a delay is recorded without an answer', async t => {
	const response = {delay: 600_000, status: 204};
	const routes = [{request: '* https://api.example.test/slow', response}];
	await using double = await startDouble({name: 'delays', routes});
	const leaving = new AbortController();
	const asked = fetch(`${double.url}/slow`, {signal: leaving.signal});
	while (double.exchanges[0]?.request.endedAt === undefined)
		await new Promise(resolve => setImmediate(resolve));
	leaving.abort();
	await t.throwsAsync(asked);
	const exchange = await double.journal.waitFor(() => true);
	t.is(exchange.response, undefined);
	t.true(exchange.request.body.complete);
});
