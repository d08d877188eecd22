import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {connect} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {Doubles} from '../../src/api/doubles.ts';
import {problems} from '../../src/api/problems.ts';
import {type ApiOptions, startApi} from '../../src/api/start-api.ts';
import {chainSchema} from '../../src/api/views/chain.ts';
import {exchangeSchema} from '../../src/api/views/exchange.ts';
import {hopSchema} from '../../src/api/views/hop.ts';
import {verdictSchema} from '../../src/api/views/verdict.ts';
import {type Double, type StartOptions, startDouble} from '../../src/index.ts';
import {checkJson} from '../../src/scenario/check-json.ts';

interface Served {
	readonly double: Double;
	readonly doubles: Doubles;
	/** Of the API. */
	readonly url: string;
	/** A resource of the double. */
	ask(path: string, init?: RequestInit): Promise<Response>;
	/** Its JSON. */
	read(path: string, init?: RequestInit): Promise<ReturnType<typeof JSON.parse>>;
	post(body?: string | Uint8Array<ArrayBuffer>, headers?: Record<string, string>): Promise<void>;
}

/** A server with one double of api-move. */
async function serve(
	t: ExecutionContext,
	options: ApiOptions = {},
	start: StartOptions = {},
	scenario = 'api-move',
): Promise<Served> {
	const doubles = new Doubles();
	const double = await startDouble(scenario, start);
	const {id} = doubles.adopt(double);
	const api = await startApi({
		doubles,
		onFault: error => t.fail(String(error)),
		...options,
	});
	t.teardown(async () => {
		await api.close();
		await doubles.close();
	});
	const ask = (path: string, init?: RequestInit) =>
		fetch(`${api.url}/v1/doubles/${id}/${path}`, init);
	return {
		double,
		doubles,
		url: api.url,
		ask,
		read: async (path, init) => (await ask(path, init)).json(),
		post: async (body = '{"name":"Ada"}', headers = {}) => {
			const url = double.urlOf('https://api.example.test/api/v1/users');
			const answer = await fetch(url, {method: 'POST', body: new Blob([body]), headers});
			await answer.arrayBuffer();
		},
	};
}

async function isProblem(
	t: ExecutionContext,
	answer: Response,
	code: keyof typeof problems,
): Promise<string> {
	const problem: ReturnType<typeof JSON.parse> = await answer.json();
	t.is(answer.status, problems[code].status, JSON.stringify(problem));
	t.is(answer.headers.get('Content-Type'), 'application/problem+json');
	t.is(problem.code, code);
	return problem.detail;
}

test('exchanges, hops and chains are told as their schemas say', async t => {
	const {double, post, read} = await serve(t);
	await post();
	await double.hop();
	const {exchanges, dropped, next} = await read('exchanges');
	t.deepEqual([exchanges.length, dropped, next], [2, 0, undefined]);
	for (const each of exchanges) t.deepEqual(checkJson(exchangeSchema, each), []);
	t.deepEqual(await read('exchanges/2'), exchanges[1]);
	const {hops} = await read('hops');
	t.deepEqual(hops[0].redirect, exchanges[0]);
	t.is(hops[0].findings, undefined);
	const hop = await read('hops/1');
	t.deepEqual(checkJson(hopSchema, hop), []);
	t.true(hop.findings.length > 0);
	t.deepEqual(await read('hop?timeout=1000'), hop);
	const {chains} = await read('chains');
	t.deepEqual(checkJson(chainSchema, chains[0]), []);
	t.deepEqual(chains[0].exchanges, exchanges);
});

test('lists are told in pages', async t => {
	const {double, post, read} = await serve(t);
	for (let count = 0; count < 3; count++) await post(`${count}`);
	await double.journal.waitFor(({number}) => number === 6);
	for (const [list, total] of [
		['exchanges', 6],
		['hops', 3],
		['chains', 3],
	] as const) {
		const whole = (await read(list))[list];
		t.is(whole.length, total);
		const parts: unknown[] = [];
		for (let after: number | undefined = 0; after !== undefined; ) {
			const page: Record<string, unknown[]> & {next?: number} = await read(
				`${list}?after=${after}&limit=2`,
			);
			t.true((page[list] ?? []).length <= 2);
			parts.push(...(page[list] ?? []));
			after = page.next;
		}
		t.deepEqual(parts, whole);
		t.deepEqual((await read(`${list}?after=99`))[list], []);
	}
});

for (const path of [
	'exchanges?limit=0',
	'exchanges?limit=1001',
	'exchanges?after=-1',
	'exchanges?after=1e9999',
	'exchanges?secrets=all',
	'exchanges?nonsense=1',
	'exchanges?after=1&after=2',
	'exchanges/0',
	'exchanges/x',
	'exchanges/1.5',
	'hops/..%2f1',
	'hop?timeout=60001',
	'hop?timeout=soon',
	'exports/pdf',
	'exports/constructor',
	'exchanges/1/request/body?secrets=shown',
])
	test(`${path} is no request that is documented`, async t => {
		const {ask} = await serve(t);
		await isProblem(t, await ask(path), 'REQUEST_INVALID');
	});

test('what there is not is told with what there is', async t => {
	const {ask, post, url} = await serve(t);
	t.regex(await isProblem(t, await ask('exchanges/7'), 'NOT_FOUND'), /it has none/);
	await post();
	t.regex(await isProblem(t, await ask('exchanges/7'), 'NOT_FOUND'), /it has 1 to 2/);
	await isProblem(t, await ask('exchanges/9007199254740993'), 'NOT_FOUND');
	await isProblem(t, await ask('exchanges/7/request/body'), 'NOT_FOUND');
	await isProblem(t, await ask('hops/7'), 'NOT_FOUND');
	for (const part of ['exchanges', 'hops', 'hop', 'chains', 'verdict', 'report', 'events'])
		await isProblem(t, await fetch(`${url}/v1/doubles/none/${part}`), 'DOUBLE_UNKNOWN');
});

/** Parts of a double that tell header fields. */
const tellingHeaders = [
	'exchanges',
	'exchanges/1',
	'hops',
	'hops/1',
	'hop',
	'chains',
	'exports/har',
];

const secret = {Authorization: 'Bearer S3CRET'};

test('secrets are masked, and shown to those alone who may see them', async t => {
	const closed = await serve(t);
	await closed.post('1', secret);
	for (const path of tellingHeaders)
		t.notRegex(await (await closed.ask(path)).text(), /S3CRET/, path);
	for (const path of [...tellingHeaders, 'events'])
		await isProblem(t, await closed.ask(`${path}?secrets=shown`), 'SECRETS_REFUSED');
	const open = await serve(t, {showSecrets: true});
	await open.post('1', secret);
	for (const path of tellingHeaders) {
		t.regex(await (await open.ask(`${path}?secrets=shown`)).text(), /Bearer S3CRET/, path);
		t.notRegex(await (await open.ask(path)).text(), /S3CRET/, path);
	}
	const owned = await serve(t, {token: 'mine'});
	await owned.post('1', secret);
	const headers = {Authorization: 'Bearer mine'};
	t.regex(await (await owned.ask('hops/1?secrets=shown', {headers})).text(), /Bearer S3CRET/);
	await isProblem(t, await owned.ask('hops/1?secrets=shown'), 'TOKEN_REQUIRED');
});

for (const [what, size] of [
	['in memory', 1000],
	['in a file', 3_000_000],
] as const)
	test(`a body ${what} is given whole, and in ranges`, async t => {
		const {double, post, ask} = await serve(t);
		const sent = new Uint8Array(size).map((_, index) => (index * 7 + index / 256) % 256);
		await post(sent);
		await double.hop();
		const path = 'exchanges/1/request/body';
		const all = await ask(path);
		t.is(all.status, 200);
		t.true(Buffer.from(sent).equals(await bytesOf(all)));
		const etag = all.headers.get('ETag') ?? '';
		t.is(etag, `"${createHash('sha256').update(sent).digest('hex')}"`);
		t.is(all.headers.get('Accept-Ranges'), 'bytes');
		t.is(all.headers.get('Content-Type'), 'application/octet-stream');
		t.is(all.headers.get('Content-Length'), `${size}`);
		t.is(all.headers.get('X-Content-Type-Options'), 'nosniff');
		for (const [range, start, end] of [
			['bytes=0-0', 0, 0],
			['bytes=-3', size - 3, size - 1],
			['bytes=990-', 990, size - 1],
			['bytes=7-99999999', 7, size - 1],
		] as const) {
			const part = await ask(path, {headers: {Range: range}});
			t.is(part.status, 206);
			t.is(part.headers.get('Content-Range'), `bytes ${start}-${end}/${size}`);
			t.is(part.headers.get('Content-Length'), `${end - start + 1}`);
			t.true(Buffer.from(sent.slice(start, end + 1)).equals(await bytesOf(part)));
		}
		const beyond = await ask(path, {headers: {Range: `bytes=${size}-`}});
		t.is(beyond.headers.get('Content-Range'), `bytes */${size}`);
		await isProblem(t, beyond, 'RANGE_UNSATISFIABLE');
		const range = {Range: 'bytes=0-9'};
		const fits = await ask(path, {headers: {...range, 'If-Range': etag}});
		t.is(fits.status, 206);
		await fits.arrayBuffer();
		const other = await ask(path, {headers: {...range, 'If-Range': '"other"'}});
		t.deepEqual([other.status, (await other.arrayBuffer()).byteLength], [200, size]);
		const known = await ask(path, {headers: {'If-None-Match': etag}});
		t.deepEqual([known.status, await known.text(), known.headers.get('ETag')], [304, '', etag]);
		const head = await ask(path, {method: 'HEAD', headers: range});
		t.deepEqual([head.status, head.headers.get('Content-Length')], [200, `${size}`]);
		t.is(await head.text(), '');
	});

/** AVA takes seconds to compare so many. */
async function bytesOf(answer: Response): Promise<Buffer> {
	return Buffer.from(await answer.arrayBuffer());
}

test('a body of nothing is given as nothing', async t => {
	const {post, ask} = await serve(t);
	await post('');
	const answer = await ask('exchanges/1/request/body', {headers: {Range: 'bytes=-5'}});
	t.deepEqual([answer.status, await answer.text()], [200, '']);
	const beyond = await ask('exchanges/1/request/body', {headers: {Range: 'bytes=0-'}});
	t.is(beyond.headers.get('Content-Range'), 'bytes */0');
});

test('of a body that was not kept whole, what was kept can be had', async t => {
	const {post, ask} = await serve(t, {}, {maxBodySize: 10});
	await post('0123456789abcdef');
	const path = 'exchanges/1/request/body';
	t.regex(await isProblem(t, await ask(path), 'BODY_NOT_KEPT'), /first 10 of the 16/);
	const part = await ask(path, {headers: {Range: 'bytes=2-9'}});
	t.deepEqual([part.status, await part.text()], [206, '23456789']);
	t.is(part.headers.get('Content-Range'), 'bytes 2-9/16');
	await isProblem(t, await ask(path, {headers: {Range: 'bytes=9-10'}}), 'BODY_NOT_KEPT');
});

test('a large body of a double that was closed is gone', async t => {
	const {double, post, ask} = await serve(t);
	await post(new Uint8Array(200_000));
	await double.close();
	await isProblem(t, await ask('exchanges/1/request/body'), 'BODY_GONE');
});

test('a client may leave in the middle of a body', async t => {
	const {post, ask, url} = await serve(t);
	await post(new Uint8Array(8_000_000));
	const {port} = new URL(url);
	for (let count = 0; count < 20; count++) {
		const socket = connect(Number(port), '127.0.0.1');
		socket.write(
			'GET /v1/doubles/api-move/exchanges/1/request/body HTTP/1.1\r\nHost: localhost\r\n\r\n',
		);
		if (count % 2 === 0) await once(socket, 'data');
		socket.resetAndDestroy();
	}
	const part = await ask('exchanges/1/request/body', {headers: {Range: 'bytes=-1'}});
	t.deepEqual([part.status, (await part.arrayBuffer()).byteLength], [206, 1]);
});

test('HEAD has the fields of GET, and begins no stream', async t => {
	const {post, ask} = await serve(t, {maxWaiting: 1});
	await post();
	for (const path of [
		'exchanges',
		'exchanges/1',
		'hops/1',
		'hop',
		'verdict',
		'report',
		'events',
		'events',
	]) {
		const head = await ask(path, {method: 'HEAD'});
		t.deepEqual([head.status, await head.text()], [200, ''], path);
	}
	for (const path of ['exchanges', 'events', 'exchanges/1/request/body'])
		await isProblem(t, await ask(path, {method: 'DELETE'}), 'METHOD_NOT_ALLOWED');
});

test('after a reset a body is not found', async t => {
	const {double, post, ask} = await serve(t);
	await post(new Uint8Array(200_000));
	await double.reset();
	await isProblem(t, await ask('exchanges/1/request/body'), 'NOT_FOUND');
});

test('a body that still comes in is not given', async t => {
	const {double, ask} = await serve(t);
	const {port} = new URL(double.url);
	const socket = connect(Number(port), '127.0.0.1');
	socket.write('POST /api/v1/users HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345');
	while (double.exchanges.length === 0) await new Promise(resolve => setImmediate(resolve));
	await isProblem(t, await ask('exchanges/1/request/body'), 'BODY_ARRIVING');
	socket.end();
	await double.journal.waitFor(() => true);
	t.is(await (await ask('exchanges/1/request/body')).text(), '12345');
});

test('a wait for the only hop ends when it comes, in time, or with the double', async t => {
	const {double, doubles, post, ask, read} = await serve(t);
	const coming = read('hop');
	await post();
	t.is((await coming).followUp.number, 2);
	await double.reset();
	await isProblem(t, await ask('hop?timeout=1'), 'WAIT_TIMED_OUT');
	const cut = ask('hop?timeout=60000');
	await isWaiting(double);
	await doubles.remove('api-move');
	await isProblem(t, await cut, 'DOUBLE_CLOSED');
});

test('several hops are no single one', async t => {
	const {post, ask} = await serve(t);
	await post();
	await post();
	await isProblem(t, await ask('hop'), 'HOP_AMBIGUOUS');
});

/** Until a request has had its time to begin to wait: the server is asked something after it. */
async function isWaiting({url}: Double): Promise<void> {
	for (let count = 0; count < 3; count++) await (await fetch(`${url}/nothing`)).arrayBuffer();
}

test('no more requests wait than may, and who leaves makes room', async t => {
	const {ask} = await serve(t, {maxWaiting: 2});
	const left = new AbortController();
	const waiting = ask('hop?timeout=60000', {signal: left.signal});
	const events = await ask('events', {signal: left.signal});
	t.is(events.status, 200);
	let refused = await ask('hop?timeout=0');
	while (refused.status !== 429) refused = await ask('hop?timeout=0');
	t.is(refused.headers.get('Retry-After'), '1');
	await isProblem(t, refused, 'TOO_MANY_WAITING');
	left.abort();
	await t.throwsAsync(waiting);
	let free = await ask('hop?timeout=0');
	while (free.status === 429) free = await ask('hop?timeout=0');
	t.is(free.status, 504);
});

test('who leaves while it is waited for silence makes room', async t => {
	const {ask} = await serve(t, {maxWaiting: 1});
	const left = new AbortController();
	const settling = ask('settle', {
		method: 'POST',
		headers: {'Content-Type': 'application/json'},
		body: '{"quiet":60000,"timeout":60000}',
		signal: left.signal,
	});
	// Else one of these would have the only place when it comes.
	for (let count = 0; count < 3; count++) await ask('verdict');
	while ((await ask('hop?timeout=0')).status !== 429);
	left.abort();
	await t.throwsAsync(settling);
	while ((await ask('hop?timeout=0')).status === 429);
	t.is((await ask('hop?timeout=0')).status, 504);
});

test('the verdict says what it comes to, and why', async t => {
	const {double, post, ask, read} = await serve(t);
	const nothing = await read('verdict');
	t.deepEqual([nothing.outcome, nothing.why], ['could not tell', 'no request came to the double']);
	await post();
	await double.settle({quiet: 1});
	const verdict = await read('verdict');
	t.deepEqual(checkJson(verdictSchema, verdict), []);
	t.is(verdict.outcome, 'kept');
	t.regex(verdict.why, /^\d+ rules, at 1 followed redirect$/);
	t.is(await (await ask('report')).text(), `${double.report({pages: false})}\n`);
});

test('of a broken rule no path of the machine that serves the API is told', async t => {
	const {double, ask} = await serve(t);
	const url = double.urlOf('https://api.example.test/api/v1/users');
	const first = await fetch(url, {method: 'POST', body: 'Ada', redirect: 'manual'});
	await fetch(new URL(first.headers.get('Location') ?? '', url));
	await double.settle({quiet: 1});
	for (const part of ['report', 'exports/markdown', 'exports/junit']) {
		const text = await (await ask(part)).text();
		t.true(text.includes('method-preserved'), part);
		t.false(text.includes('docs/rules'), part);
	}
});

for (const format of ['har', 'json', 'junit', 'markdown', 'sarif', 'curl'])
	test(`what a double has seen is exported as ${format}`, async t => {
		const {double, post, ask} = await serve(t);
		await post();
		await double.settle({quiet: 1});
		const answer = await ask(`exports/${format}`);
		t.is(answer.status, 200);
		t.true((await answer.text()).length > 100);
	});

interface Told {
	readonly id?: string;
	readonly event?: string;
	readonly data?: ReturnType<typeof JSON.parse>;
	readonly comment?: string;
}

/** The blocks of a stream of events. */
async function* told(answer: Response): AsyncGenerator<Told> {
	let text = '';
	if (answer.body === null) return;
	const decoder = new TextDecoder();
	for await (const piece of answer.body) {
		text += decoder.decode(piece, {stream: true});
		for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
			const lines = text.slice(0, end).split('\n');
			text = text.slice(end + 2);
			const fields = Object.fromEntries(
				lines.map(line => [
					line.slice(0, line.indexOf(':')) || 'comment',
					line.slice(line.indexOf(':') + 2),
				]),
			);
			if (fields['retry'] !== undefined) continue;
			yield {...fields, ...(fields['data'] && {data: JSON.parse(fields['data'])})};
		}
	}
}

async function take(events: AsyncGenerator<Told>, count: number): Promise<Told[]> {
	const taken: Told[] = [];
	while (taken.length < count) {
		const {value, done} = await events.next();
		if (done) break;
		taken.push(value);
	}
	return taken;
}

test('what happens is told as it happens, and to each who comes back from where it was', async t => {
	const {double, doubles, ask} = await serve(t, {}, {}, 'maintenance-shift');
	const put = async () => {
		const url = double.urlOf('https://inventory.example.test/items/7');
		await (await fetch(url, {method: 'PUT', body: '1', headers: secret})).arrayBuffer();
	};
	const answer = await ask('events');
	t.regex(answer.headers.get('Content-Type') ?? '', /^text\/event-stream(?:;|$)/);
	const events = told(answer);
	await put();
	const first = await take(events, 3);
	t.deepEqual(
		first.map(({event}) => event),
		['exchange', 'exchange', 'hop'],
	);
	t.deepEqual(checkJson(exchangeSchema, first[0]?.data), []);
	t.deepEqual(checkJson(hopSchema, first[2]?.data), []);
	t.notRegex(JSON.stringify(first), /S3CRET/);
	double.switchTo('in-service');
	await put();
	t.deepEqual(
		(await take(events, 2)).map(({event, data}) => [event, data.phase]),
		[
			['phase', 'in-service'],
			['exchange', undefined],
		],
	);
	await double.reset();
	const [reset, phase] = await take(events, 2);
	t.deepEqual([reset?.event, reset?.data, phase?.data], ['reset', {}, {phase: 'maintenance'}]);
	await put();
	const again = told(await ask('events', {headers: {'Last-Event-ID': reset?.id ?? ''}}));
	t.deepEqual(await take(again, 4), [phase, ...(await take(events, 3))]);
	for (const unknown of ['none', '', 'x-1', `${reset?.id}999`, '\xff']) {
		const headers = {'Last-Event-ID': unknown};
		const [oldest] = await take(told(await ask('events', {headers})), 1);
		t.deepEqual(oldest, reset);
	}
	await doubles.remove('maintenance-shift');
	t.deepEqual(await take(events, 1), []);
});

test('a phase that is switched to by the API is told at once', async t => {
	const {ask} = await serve(t, {}, {}, 'maintenance-shift');
	const events = told(await ask('events'));
	const headers = {'Content-Type': 'application/json'};
	const body = JSON.stringify({phase: 'in-service'});
	t.is((await ask('phase', {method: 'PUT', headers, body})).status, 200);
	const [switched] = await take(events, 1);
	t.deepEqual([switched?.event, switched?.data], ['phase', {phase: 'in-service'}]);
});

test('phases and scenarios that the program itself brings on are told at once', async t => {
	const {double, ask} = await serve(t, {}, {}, 'maintenance-shift');
	const events = told(await ask('events'));
	const next = async (count: number) =>
		(await take(events, count)).map(({event, data}) => [event, data]);
	double.switchTo('in-service');
	t.deepEqual(await next(1), [['phase', {phase: 'in-service'}]]);
	await double.swap('maintenance-shift');
	t.deepEqual(await next(1), [['scenario', {scenario: 'maintenance-shift'}]]);
	await double.swap('api-move');
	await double.swap('maintenance-shift');
	t.deepEqual(await next(3), [
		['scenario', {scenario: 'api-move'}],
		['scenario', {scenario: 'maintenance-shift'}],
		['phase', {phase: 'maintenance'}],
	]);
	double.switchTo('in-service');
	const reset = double.reset();
	double.switchTo('in-service');
	await reset;
	const newcomer = told(await ask('events'));
	const since = [
		['reset', {}],
		['phase', {phase: 'maintenance'}],
		['phase', {phase: 'in-service'}],
	];
	t.deepEqual(await next(4), [['phase', {phase: 'in-service'}], ...since]);
	t.deepEqual(
		(await take(newcomer, 3)).map(({event, data}) => [event, data]),
		since,
	);
});

test('a stream of events is kept alive by comments', async t => {
	const {ask} = await serve(t, {heartbeat: 1});
	const left = new AbortController();
	const [first, second] = await take(told(await ask('events', {signal: left.signal})), 2);
	t.deepEqual([first, second], [{comment: 'still here'}, {comment: 'still here'}]);
	left.abort();
});

test('a server that closes ends streams of events', async t => {
	const doubles = new Doubles();
	const {id} = doubles.adopt(await startDouble('api-move'));
	const api = await startApi({doubles});
	const {port} = new URL(api.url);
	const socket = connect(Number(port), '127.0.0.1').resume();
	socket.write(`GET /v1/doubles/${id}/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
	await once(socket, 'data');
	const closed = once(socket, 'close');
	await api.close();
	await closed;
	await doubles.close();
	t.pass();
});
