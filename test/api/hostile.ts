// What no client would send does no harm: it is answered with a problem, and the server goes on.

import {connect} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {operations} from '../../src/api/resources/index.ts';
import {type Answered, type Asked, type Probe, probe} from '../helpers/api-probe.ts';

const route = {request: 'GET https://a.test/', response: {status: 204}};

/** Wants a problem, and a server that is there afterwards. */
async function refused(
	t: ExecutionContext,
	{ask}: Probe,
	asked: Asked,
	status?: number,
): Promise<Answered> {
	const answered = await ask(asked);
	const name = `${asked.method} ${asked.path} ${asked.content?.slice(0, 80) ?? ''}`;
	t.true(answered.status >= 400 && answered.status < 500, `${name}: ${answered.status}`);
	if (status !== undefined) t.is(answered.status, status, `${name}: ${answered.content}`);
	t.is(answered.headers['content-type'], 'application/problem+json', name);
	t.is((await ask({method: 'GET', path: '/v1/health'})).status, 200);
	return answered;
}

const contents = {
	nothing: '',
	'half an object': '{"scenario":',
	'a list': '[]',
	'a number': '7',
	null: 'null',
	'a text': '"api-move"',
	NUL: '\0',
	'a byte order mark': '\ufeff{"scenario":"api-move","ports":[]}',
	'a prototype': '{"__proto__":{"scenario":"api-move"}}',
	'a constructor': '{"scenario":"api-move","constructor":{"prototype":{"admin":true}}}',
	'a scenario twice': '{"scenario":"api-move","scenario":"cross-origin"}',
	'a number for a scenario': '{"scenario":7}',
	'no scenarios': '{"scenario":[]}',
	'lists in lists': `{"scenario":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
	'objects in objects': `{"scenario":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
	'a port that is none': '{"scenario":"api-move","ports":{"https://api.example.test":99999}}',
	'a prototype for a port': '{"scenario":"api-move","ports":{"__proto__":1}}',
};

for (const [what, content] of Object.entries(contents))
	test(`a double of ${what} is refused`, async t => {
		const probed = await probe(t);
		await refused(t, probed, {method: 'POST', path: '/v1/doubles', content});
		t.deepEqual(probed.doubles.all(), []);
	});

const names = [
	'/etc/hostname',
	'./package.json',
	'../package.json',
	'file:///etc/hostname',
	'a.yaml',
];

for (const scenario of [...names, '__proto__', 'constructor', '', 'a'.repeat(10_000)])
	test(`"${scenario.slice(0, 30)}" is no scenario`, async t => {
		const content = JSON.stringify({scenario});
		await refused(t, await probe(t), {method: 'POST', path: '/v1/doubles', content});
	});

const readers = {
	'a response': {name: 'a', routes: [{...route, response: {status: 200, file: '/etc/hostname'}}]},
	'a relative response': {
		name: 'a',
		routes: [{...route, response: {status: 200, file: 'LICENSE'}}],
	},
	'one of several responses': {
		name: 'a',
		routes: [{request: route.request, responses: [{status: 200, file: 'LICENSE'}]}],
	},
	'a call': {
		name: 'a',
		calls: [{request: 'POST https://a.test/', file: 'LICENSE'}],
		routes: [route],
	},
};

for (const [what, scenario] of Object.entries(readers))
	for (const method of ['POST', 'PUT'])
		for (const type of ['application/json', 'application/yaml'])
			test(`${what} reads no file of the server: ${method} of ${type}`, async t => {
				const probed = await probe(t);
				const {id, double} = await probed.adopt();
				const path = method === 'POST' ? '/v1/doubles' : `/v1/doubles/${id}/scenario`;
				// JSON is YAML.
				const data = type === 'application/json' ? {scenario} : scenario;
				const content = JSON.stringify(data);
				const headers = {'Content-Type': type};
				const {content: text} = await refused(t, probed, {method, path, headers, content}, 422);
				t.regex(text, /\/file"/);
				t.notRegex(text, /Permission is hereby granted/);
				t.is(double.name, 'api-move');
			});

const paths = [
	'/../package.json',
	'/v1/../../package.json',
	'/v1/scenarios/..%2f..%2fpackage.json',
	'/v1/scenarios/%2e%2e%2f%2e%2e%2fpackage.json',
	'/v1/scenarios/..%5c..%5cpackage.json',
	'/v1/scenarios/api-move%00.yaml',
	'/v1/rules/..%2f..%2fREADME',
	'/v1/rules/body-preserved%00',
	'/v1/doubles/__proto__',
	'/v1/doubles/constructor/verdict',
	'/v1/doubles/%',
	'/v1/doubles/%ff%fe',
	'/v1/doubles/%zz/report',
	'/v1/doubles/a%2fb',
	`/v1/doubles/${'a'.repeat(8000)}`,
	'/v1/doubles/?__proto__=1',
	'/v1/doubles?__proto__[a]=1',
	'//evil.example/v1/doubles',
	'/V1/Doubles',
];

for (const path of paths)
	test(`${path.slice(0, 60)} leads nowhere`, async t => {
		const {content} = await refused(t, await probe(t), {method: 'GET', path});
		t.notRegex(content, /devDependencies/);
	});

test('a content that is announced as too large is refused before it has come', async t => {
	const probed = await probe(t);
	const asked = {method: 'POST', path: '/v1/doubles', content: '{', announced: 1e9};
	await refused(t, probed, asked, 413);
});

test('a content that does not come is waited for no longer than told', async t => {
	const probed = await probe(t, {contentTimeout: 50});
	const asked = {method: 'POST', path: '/v1/doubles', content: '{', announced: 9};
	await refused(t, probed, asked, 408);
});

test('aliases of aliases, which stand for millions of values, are refused', async t => {
	const probed = await probe(t);
	const level = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(`*${of}`)}]\n`;
	const letters = [...'bcdefghi'];
	const bomb = `a: &a [x,x]\n${letters.map((name, at) => level(name, at === 0 ? 'a' : (letters[at - 1] ?? ''))).join('')}`;
	const headers = {'Content-Type': 'application/yaml'};
	await refused(t, probed, {method: 'POST', path: '/v1/doubles', headers, content: bomb}, 422);
});

/** Sends bytes as they are, and resolves with what came until the server has closed, or broken it off. */
function raw(url: string, bytes: string): Promise<string> {
	return new Promise(resolve => {
		const {hostname, port} = new URL(url);
		const socket = connect(Number(port), hostname);
		const pieces: Buffer[] = [];
		socket.on('data', piece => pieces.push(piece));
		socket
			.on('error', () => {})
			.on('close', () => resolve(Buffer.concat(pieces).toString('latin1')));
		socket.write(bytes, 'latin1');
	});
}

const hosts: Readonly<Record<string, number>> = {
	'Host: evil.example': 421,
	'Host: 127.0.0.1.evil.example': 421,
	'Host: localhost.evil.example': 421,
	'Host: evil.example:3070': 421,
	'Host: 127.0.0.1@evil.example': 421,
	'Host: user@127.0.0.1': 421,
	'Host: 127.0.0.1#evil.example': 421,
	'Host: [::1].evil.example': 421,
	'Host: ': 421,
	'Host: 127.0.0.1, evil.example': 421,
	'Host: 127.0.0.1\r\nHost: evil.example': 421,
	'X-Forwarded-Host: localhost\r\nHost: evil.example': 421,
	'Host: localhost': 200,
	'Host: LOCALHOST.:1': 200,
	'Host: [::1]:80': 200,
};

for (const [field, status] of Object.entries(hosts))
	test(`"${JSON.stringify(field)}" gives ${status}`, async t => {
		const {url} = await probe(t);
		const answer = await raw(
			url,
			`GET /v1/health HTTP/1.1\r\n${field}\r\nConnection: close\r\n\r\n`,
		);
		t.regex(answer, new RegExp(`^HTTP/1\\.1 (?:${status}|${status === 200 ? 200 : 400}) `));
	});

test('a target in absolute form is taken by its own host', async t => {
	const {url} = await probe(t);
	const target = 'http://evil.example/v1/health';
	const head = `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
	t.regex(await raw(url, head), /^HTTP\/1\.1 421 /);
});

const sites: readonly Readonly<Record<string, string>>[] = [
	{'Sec-Fetch-Site': 'cross-site'},
	{'Sec-Fetch-Site': 'same-site'},
	{'Sec-Fetch-Site': 'nonsense'},
	{Origin: 'null'},
	{Origin: 'https://evil.example'},
	{Origin: 'http://localhost:1'},
	{Origin: 'http://evil.example', 'Sec-Fetch-Site': 'same-origin'},
];

for (const headers of sites)
	test(`a page of another origin gets nothing: ${JSON.stringify(headers)}`, async t => {
		const probed = await probe(t);
		for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) {
			const answered = await refused(t, probed, {method, path: '/v1/doubles', headers}, 403);
			const cors = Object.keys(answered.headers).filter(name => /^access-control-/.test(name));
			t.deepEqual(cors, []);
		}
	});

for (const bytes of [
	'\x16\x03\x01\x02\0\x01\0',
	'GET / HTTP/9.9\r\n\r\n',
	'GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n',
	`GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`,
	'POST /v1/doubles HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
	'POST /v1/doubles HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
])
	test(`${JSON.stringify(bytes).slice(0, 60)} ends its own connection alone`, async t => {
		const {url, ask} = await probe(t);
		// What was sent and not read may have the answer lost.
		t.regex(await raw(url, bytes), /^(?:HTTP\/1\.1 4\d\d |$)/);
		t.is((await ask({method: 'GET', path: '/v1/health'})).status, 200);
	});

test('clients that leave in the middle do no harm', async t => {
	const {url, ask, doubles} = await probe(t);
	const {hostname, port} = new URL(url);
	for (const part of [
		'G',
		'GET / HTTP/1.1\r\n',
		'POST /v1/doubles HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a-token\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
	])
		await new Promise<void>(resolve => {
			const socket = connect(Number(port), hostname, () => {
				socket.write(part, () => socket.resetAndDestroy());
			});
			socket.on('close', () => resolve()).on('error', () => {});
		});
	t.is((await ask({method: 'GET', path: '/v1/health'})).status, 200);
	t.deepEqual(doubles.all(), []);
});

test('whatever JSON comes, and wherever, it is no fault of the server', async t => {
	const probed = await probe(t);
	const {id} = await probed.adopt();
	const taking = operations.filter(({content}) => content !== undefined);
	t.true(taking.length > 3);
	const word = fc.constantFrom(
		'scenario',
		'ports',
		'phase',
		'quiet',
		'name',
		'routes',
		'__proto__',
		'toString',
	);
	const {value} = fc.letrec(tie => ({
		value: fc.oneof(
			{maxDepth: 4},
			fc.jsonValue(),
			word,
			fc.array(tie('value'), {maxLength: 3}),
			fc.dictionary(word, tie('value'), {maxKeys: 4}),
		),
	}));
	await fc.assert(
		fc.asyncProperty(fc.constantFrom(...taking), value, async ({method, path}, data) => {
			const asked = {method, path: path.replace('{id}', id), content: JSON.stringify(data)};
			const {status, content} = await probed.ask(asked);
			t.true(status < 500 || status === 504, `${asked.content}: ${status} ${content}`);
		}),
		{numRuns: 150},
	);
});
