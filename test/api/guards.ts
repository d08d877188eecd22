// Who may use the API, and what hostile requests come to.

import {once} from 'node:events';
import {connect} from 'node:net';
import {text} from 'node:stream/consumers';
import test from 'ava';
import {Doubles} from '../../src/api/doubles.ts';
import {probe, token} from '../helpers/api-probe.ts';

const health = {method: 'GET', path: '/v1/health'};

for (const host of [
	'localhost',
	'LOCALHOST.:1',
	'a.localhost',
	'127.0.0.1',
	'127.9.9.9:80',
	'[::1]:3070',
])
	test(`the host ${host} is one of this machine`, async t => {
		const {ask} = await probe(t);
		t.is((await ask({...health, headers: {Host: host}})).status, 200);
	});

for (const host of [
	...['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', 'evillocalhost'],
	...[
		'localhost@evil.example',
		'evil.example#localhost',
		'192.0.2.1',
		'[::ffff:192.0.2.1]',
		'0.0.0.0',
	],
])
	test(`the host "${host}" is refused, whatever name leads here`, async t => {
		const {ask} = await probe(t);
		t.is((await ask({...health, headers: {Host: host}})).status, 421);
	});

test('names that are allowed, and the one that is advertised, are taken', async t => {
	const {ask, url} = await probe(t, {allowedHosts: ['Double.example'], advertise: 'box.example'});
	t.regex(url, /^http:\/\/box\.example:\d+$/);
	const {ask: askHere} = await probe(t, {allowedHosts: ['Double.example']});
	t.is((await askHere({...health, headers: {Host: 'double.EXAMPLE:1'}})).status, 200);
	t.truthy(ask);
});

for (const [title, head, status] of [
	['two hosts', 'GET /v1/health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n', '421'],
	['no host', 'GET /v1/health HTTP/1.0\r\n', '421'],
	['a foreign target', 'GET http://evil.example/v1/health HTTP/1.1\r\nHost: localhost\r\n', '421'],
	['an own target', 'GET http://localhost/v1/health HTTP/1.1\r\nHost: evil.example\r\n', '200'],
	['a method that is none', 'BREW /v1/health HTTP/1.1\r\nHost: localhost\r\n', '400'],
	['a method that is not here', 'PROPFIND /v1/health HTTP/1.1\r\nHost: localhost\r\n', '405'],
	['dots in the path', 'GET /v1/scenarios/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n', '404'],
	['bytes that are no UTF-8', 'GET /v1/rules/%ff%00 HTTP/1.1\r\nHost: localhost\r\n', '404'],
	['a target that is no path', 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n', '404'],
	['noise', '\x00\x01\x02\r\n', '400'],
] as const)
	test(`${title}: ${status}, and the server goes on`, async t => {
		const {ask, url} = await probe(t);
		const {hostname, port} = new URL(url);
		const socket = connect(Number(port), hostname);
		const field = `Authorization: Bearer ${token}\r\nConnection: close\r\n\r\n`;
		socket.write(head + field);
		t.is((await text(socket)).split(' ')[1], status);
		t.is((await ask(health)).status, 200);
	});

test('a client that leaves in the middle of its content does no harm', async t => {
	const {ask, url} = await probe(t);
	const {hostname, port} = new URL(url);
	const socket = connect(Number(port), hostname);
	const head = `POST /v1/doubles HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n`;
	socket.write(`${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"scen`);
	await once(socket, 'connect');
	t.is((await ask(health)).status, 200);
	socket.destroy();
	t.is((await ask(health)).status, 200);
});

for (const [title, fields, status] of [
	['of its own origin', {'Sec-Fetch-Site': 'same-origin'}, 200],
	['that a person has typed', {'Sec-Fetch-Site': 'none'}, 200],
	['of the same site', {'Sec-Fetch-Site': 'same-site'}, 403],
	['of another origin', {Origin: 'http://evil.example'}, 403],
	['of an opaque origin', {Origin: 'null'}, 403],
] as const)
	test(`a browser's request ${title} is answered with ${status}, without CORS`, async t => {
		const {ask} = await probe(t);
		const {headers, ...answered} = await ask({...health, headers: fields});
		t.is(answered.status, status);
		t.deepEqual(
			Object.keys(headers).filter(name => name.startsWith('access-control-')),
			[],
		);
		t.is(headers['x-content-type-options'], 'nosniff');
	});

test('the token is asked for, except where nothing is told', async t => {
	const {ask} = await probe(t);
	const headers = {Authorization: ''};
	for (const path of ['/', '/openapi.json', '/v1/health', '/v1/problems/internal'])
		t.is((await ask({method: 'GET', path, headers})).status, 200);
	const refused = await ask({method: 'GET', path: '/v1/doubles', headers});
	t.is(refused.status, 401);
	t.is(refused.headers['www-authenticate'], 'Bearer realm="followthrough"');
	t.false(refused.content.includes(token));
});

for (const [title, content, status] of [
	['no JSON', '{', 400],
	['deep JSON', '['.repeat(500_000), 400],
	['JSON null', 'null', 400],
	['a list', '[]', 400],
	['a member twice', '{"scenario":"a","scenario":"b"}', 400],
	['another prototype', '{"scenario":"api-move","__proto__":{"a":1}}', 400],
	['a prototype as scenario', '{"scenario":{"__proto__":{"name":"a"}}}', 422],
	['a path', '{"scenario":"./package.json"}', 422],
	['a file URL', '{"scenario":"file:///etc/passwd"}', 422],
	['a name that climbs', '{"scenario":"..\\\\..\\\\a"}', 422],
	['a number', '{"scenario":7}', 400],
	[
		'a port that is none',
		'{"scenario":"api-move","ports":{"https://api.example.test":70000}}',
		400,
	],
] as const)
	test(`${title} as what to create is answered with ${status}, and starts nothing`, async t => {
		const {ask, doubles} = await probe(t);
		const answered = await ask({method: 'POST', path: '/v1/doubles', content});
		t.is(answered.status, status, answered.content);
		t.deepEqual(doubles.all(), []);
	});

const yaml = {'Content-Type': 'application/yaml'};

for (const [title, content] of [
	['deep lists', '- '.repeat(20_000)],
	[
		'aliases of aliases',
		`a: &a [1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n${'c: [*b,*b,*b,*b,*b,*b,*b]\n'.repeat(9)}`,
	],
	['a tag for code', 'name: !!js/function "function () {}"\n'],
	['nothing', '\n'],
] as const)
	test(`YAML with ${title} is refused as a scenario`, async t => {
		const {ask} = await probe(t);
		const asked = {method: 'POST', path: '/v1/doubles', headers: yaml, content};
		t.is((await ask(asked)).status, 422);
	});

test('a scenario of the API reads no file, and its faults have lines', async t => {
	const {ask} = await probe(t);
	const content =
		'name: a\nroutes:\n  - request: GET https://a.test/\n    response: { status: 200, file: package.json }\n';
	const answered = await ask({method: 'POST', path: '/v1/doubles', headers: yaml, content});
	t.is(answered.status, 422);
	const {problems} = JSON.parse(answered.content);
	t.like(problems[0], {path: '/routes/0/response/file', line: 4});
	t.regex(problems[0].message, /only a scenario that is read from a file/);
});

test('HEAD is answered as GET, without content', async t => {
	const {ask} = await probe(t);
	const {status, headers, content} = await ask({...health, method: 'HEAD'});
	t.deepEqual([status, content], [200, '']);
	t.is(headers['content-type'], 'application/json; charset=utf-8');
});

test('a method that a path has not is answered with those that it has', async t => {
	const {ask} = await probe(t);
	const {status, headers, content} = await ask({method: 'PATCH', path: '/v1/doubles'});
	t.is(status, 405);
	t.deepEqual(String(headers['allow']).split(', ').sort(), ['GET', 'HEAD', 'POST']);
	t.is(JSON.parse(content).code, 'METHOD_NOT_ALLOWED');
});

test('what fails without a reason that is known is told to whoever runs the server alone', async t => {
	const faults: unknown[] = [];
	const {ask, adopt} = await probe(t, {onFault: error => faults.push(error)});
	const {id, double} = await adopt();
	double.resolve = () => {
		throw new Error('of the inside');
	};
	const {status, content} = await ask({method: 'GET', path: `/v1/doubles/${id}`});
	t.is(status, 500);
	t.is(JSON.parse(content).code, 'INTERNAL');
	t.notRegex(content, /of the inside|\bat /);
	t.is(faults.length, 1);
});

test('ids are readable, and never used again', async t => {
	const {ask, doubles} = await probe(t, {doubles: new Doubles({max: 2})});
	const create = () =>
		ask({method: 'POST', path: '/v1/doubles', content: '{"scenario":"api-move"}'});
	const created = await create();
	t.is(created.headers['location'], '/v1/doubles/api-move');
	await create();
	t.is(JSON.parse((await create()).content).code, 'TOO_MANY_DOUBLES');
	t.is((await ask({method: 'DELETE', path: '/v1/doubles/api-move'})).status, 204);
	t.is((await create()).headers['location'], '/v1/doubles/api-move-3');
	t.deepEqual(
		doubles.all().map(({id}) => id),
		['api-move-2', 'api-move-3'],
	);
});

test('several scenarios make one double', async t => {
	const {ask} = await probe(t);
	const content = '{"scenario":["api-move","see-other-303"],"maxExchanges":5}';
	const answered = await ask({method: 'POST', path: '/v1/doubles', content});
	t.is(JSON.parse(answered.content).name, 'api-move+see-other-303');
	const path = String(answered.headers['location']);
	t.is((await ask({method: 'GET', path})).status, 200);
});
