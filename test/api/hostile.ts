// What no client would send does no harm: it is refused, reads no file, and the server goes on. Beside guards.ts,
// which says who may use the API.

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

test('the fault of one scenario of several is told with its place in the content', async t => {
	const scenario = ['api-move', {name: 'a', routes: [{...route, response: {status: 9}}]}];
	const asked = {method: 'POST', path: '/v1/doubles', content: JSON.stringify({scenario})};
	const {content} = await refused(t, await probe(t), asked, 422);
	t.like(JSON.parse(content), {problems: [{path: '/scenario/1/routes/0/response/status'}]});
	const named = {...asked, content: '{"scenario":["api-move","./a.yaml"]}'};
	t.like(JSON.parse((await refused(t, await probe(t), named, 422)).content), {
		problems: [{path: '/scenario/1'}],
	});
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
