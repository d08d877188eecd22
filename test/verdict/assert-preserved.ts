import {AssertionError} from 'node:assert';
import test from 'ava';
import type {Hop} from '../../src/journal/hop.ts';
import {assertPreserved, type Preserved} from '../../src/verdict/assert-preserved.ts';
import {buildExchange, buildHop} from '../helpers/build-hop.ts';

const [old, moved] = ['https://api.example.test/v1/users', 'https://api.example.test/v2/users'];
const json = {'Content-Type': 'application/json'};
const lost = buildHop(
	{request: `POST ${old}`, headers: json, body: '{"name":"Ada","password":"hunter2"}'},
	{status: 307, location: moved},
	{request: `POST ${moved}`, headers: json, body: ''},
);
const bare = buildHop(
	{request: `PUT ${old}`, headers: {...json, Accept: 'a', 'X-Key': 'k'}, body: 'abc'},
	{status: 307, location: moved},
	{request: `POST ${moved}`, headers: {'X-Key': 'other'}, body: 'abc'},
);
const cut = buildHop(
	{request: `POST ${old}`, body: 'ab', cut: 'off', length: 3},
	{status: 307, location: moved},
	{request: `POST ${moved}`, body: 'abc'},
);
const open: Hop = {
	number: 1,
	redirect: buildExchange(1, {request: `GET ${old}`}, {status: 307, location: moved}),
	state: 'waiting',
};

interface Failure {
	readonly actual: unknown;
	readonly expected: unknown;
	readonly message: string;
}

const rows: readonly [title: string, hop: Hop, preserved: Preserved, failure: Failure][] = [
	[
		'without more, method, body and headers are held together',
		lost,
		{},
		{
			actual: {body: 'no body (0 bytes)'},
			expected: {body: '35 bytes, SHA-256 bede2ed6…: {"name":"Ada","password":"***"}'},
			message: `
Hop 1 did not preserve the body.

body
  expected      35 bytes, SHA-256 bede2ed6…: {"name":"Ada","password":"***"}
  actual        no body (0 bytes)
  likely cause  the body was not sent again: a stream that was not rewound, or a body dropped on the
                redirect

hop 1
  sent first  POST https://api.example.test/v1/users                                      exchange 1
              Content-Type: application/json
              35 bytes, SHA-256 bede2ed6…: {"name":"Ada","password":"***"}
  was told    307 Temporary Redirect, Location: https://api.example.test/v2/users
  sent then   POST https://api.example.test/v2/users                                      exchange 2
              Content-Type: application/json
              no body (0 bytes)
`,
		},
	],
	[
		'every part that differs is told',
		bare,
		{},
		{
			actual: {method: 'POST', headers: 'no Content-Type\nno Accept\nX-Key: other'},
			expected: {method: 'PUT', headers: 'Content-Type: application/json\nAccept: a\nX-Key: k'},
			message: `
Hop 1 did not preserve the method and the headers.

method
  expected  PUT
  actual    POST

headers
  expected      Content-Type: application/json
                Accept: a
                X-Key: k
  actual        no Content-Type
                no Accept
                X-Key: other
  likely cause  the client drops content headers on every redirect, not only when the method becomes
                GET

hop 1
  sent first  PUT https://api.example.test/v1/users                                       exchange 1
              Content-Type: application/json
              3 bytes, SHA-256 ba7816bf…: abc
  was told    307 Temporary Redirect, Location: https://api.example.test/v2/users
  sent then   POST https://api.example.test/v2/users                                      exchange 2
              3 bytes, SHA-256 ba7816bf…: abc
`,
		},
	],
	[
		'given values count instead of those of the first request',
		lost,
		{method: 'PUT', body: 'x', headers: []},
		{
			actual: {method: 'POST', body: 'no body (0 bytes)'},
			expected: {method: 'PUT', body: '1 byte, SHA-256 2d711642…: x'},
			message: `
Hop 1 did not preserve the method and the body.

method
  expected  PUT
  actual    POST

body
  expected  1 byte, SHA-256 2d711642…: x
  actual    no body (0 bytes)

hop 1
  sent first  POST https://api.example.test/v1/users                                      exchange 1
              Content-Type: application/json
              35 bytes, SHA-256 bede2ed6…: {"name":"Ada","password":"***"}
  was told    307 Temporary Redirect, Location: https://api.example.test/v2/users
  sent then   POST https://api.example.test/v2/users                                      exchange 2
              Content-Type: application/json
              no body (0 bytes)
`,
		},
	],
	[
		'named headers count, whatever they are',
		bare,
		{method: false, body: false, headers: ['host', 'x-key', 'accept']},
		{
			actual: {headers: 'x-key: other\nno accept'},
			expected: {headers: 'x-key: k\naccept: a'},
			message: `
Hop 1 did not preserve the headers.

headers
  expected  x-key: k
            accept: a
  actual    x-key: other
            no accept

hop 1
  sent first  PUT https://api.example.test/v1/users                                       exchange 1
              Content-Type: application/json
              3 bytes, SHA-256 ba7816bf…: abc
  was told    307 Temporary Redirect, Location: https://api.example.test/v2/users
  sent then   POST https://api.example.test/v2/users                                      exchange 2
              3 bytes, SHA-256 ba7816bf…: abc
`,
		},
	],
	[
		'what can not be seen fails',
		cut,
		{},
		{
			actual: {
				body: "not observed: only 2 of the 3 bytes of the redirected request's body came, and the follow-up's begins with them and is as long as its Content-Length promised",
			},
			expected: {body: 'preserved'},
			message: `
Hop 1 did not preserve the body.

body
  expected    preserved
  actual      not observed: only 2 of the 3 bytes of the redirected request's body came, and the
              follow-up's begins with them and is as long as its Content-Length promised
  to be sure  give the body that the client was to send, as in assertPreserved({body: '…'}): it is
              held against the follow-up alone

hop 1
  sent first  POST https://api.example.test/v1/users                                      exchange 1
              2 bytes, SHA-256 fb8e20fc…: ab
  was told    307 Temporary Redirect, Location: https://api.example.test/v2/users
  sent then   POST https://api.example.test/v2/users                                      exchange 2
              3 bytes, SHA-256 ba7816bf…: abc
`,
		},
	],
	[
		'a hop without a follow-up fails',
		open,
		{},
		{
			actual: {state: 'waiting'},
			expected: {state: 'followed'},
			message: `
Hop 1 preserved nothing, because it has no follow-up.

hop 1
  sent first  GET https://api.example.test/v1/users                                       exchange 1
  was told    307 Temporary Redirect, Location: https://api.example.test/v2/users
  sent then   nothing yet
`,
		},
	],
];

for (const [title, hop, preserved, {actual, expected, message}] of rows) {
	test(title, t => {
		const error = t.throws(() => assertPreserved(hop, preserved), {instanceOf: AssertionError});
		t.is(error.message, message.trim());
		t.deepEqual(error.actual, actual);
		t.deepEqual(error.expected, expected);
	});
}

const stopped = {before: 2, after: 0, ending: 'stopped'} as const;
const early = (then: string) =>
	buildHop(
		{request: `POST ${old}`, body: 'ab', cut: 'off', length: 3, afterAnswer: stopped},
		{status: 307, location: moved},
		{request: `POST ${moved}`, body: then},
	);
const seen =
	"not observed: only 2 of the 3 bytes of the redirected request's body came, and the follow-up's begins with them and is as long as its Content-Length promised";

test('of a request that was answered before its end, what came is compared, and the result says so', t => {
	t.deepEqual(assertPreserved(early('abc')), {
		method: 'preserved',
		body: seen,
		headers: 'preserved',
	});
});

test('what came of a request that was answered before its end must not speak against the follow-up', t => {
	for (const then of ['xbc', 'ab', 'abcd', ''])
		t.throws(() => assertPreserved(early(then)), {instanceOf: AssertionError});
});

test('a body that is asked for by name must be seen, even where the request was answered early', t => {
	const error = t.throws(() => assertPreserved(early('abc'), {body: true}), {
		instanceOf: AssertionError,
	});
	t.deepEqual(error.actual, {body: seen});
	t.true(error.message.includes('to be sure  give the body that the client was to send'));
});

test('a body that is given is held against the follow-up in full, whatever came before', t => {
	t.deepEqual(assertPreserved(early('abc'), {body: 'abc'}), {body: 'preserved'});
	t.throws(() => assertPreserved(early('abd'), {body: 'abc'}), {instanceOf: AssertionError});
});

test('cookies that HTTP/2 sends on lines of their own are the same cookies', t => {
	const hop = buildHop(
		{request: `GET ${old}`, headers: {Cookie: 'a=1; b=2'}},
		{status: 307, location: moved},
		{
			request: `GET ${moved}`,
			httpVersion: '2.0',
			headers: [
				['cookie', 'a=1'],
				['cookie', 'b=2'],
			],
		},
	);
	t.deepEqual(assertPreserved(hop, {headers: ['Cookie']}), {headers: 'preserved'});
});

test('a part that is not named is not looked at', t => {
	t.notThrows(() => assertPreserved(lost, {method: true}));
	t.throws(() => assertPreserved(lost, {body: true}), {instanceOf: AssertionError});
});

test('what is preserved, or given, or not asked for, passes', t => {
	const hop = buildHop(
		{request: `POST ${old}`, headers: {...json, Accept: 'a'}, body: 'abc'},
		{status: 307, location: moved},
		{request: `POST ${moved}`, headers: {...json, Accept: 'a'}, body: 'abc'},
	);
	t.notThrows(() => assertPreserved(hop));
	t.notThrows(() => assertPreserved(hop, {method: 'POST', body: 'abc', headers: ['Accept']}));
	t.notThrows(() => assertPreserved(hop, {body: Buffer.from('abc')}));
	t.notThrows(() => assertPreserved(bare, {method: false, headers: false}));
});
