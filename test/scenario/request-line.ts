import {METHODS} from 'node:http';
import test from 'ava';
import fc from 'fast-check';
import {parseCallLine, parseRequestLine} from '../../src/scenario/request-line.ts';

const reads = test.macro({
	exec(t, line: string, expected: object) {
		t.like(parseRequestLine(line), expected);
	},
	title: (_, line) => `reads ${line}`,
});

test(reads, 'POST https://api.example.test/users', {
	label: 'POST https://api.example.test/users',
	methods: ['POST'],
	origin: 'https://api.example.test',
	path: '/users',
	parameters: [],
	query: [],
});
test(reads, 'PUT|PATCH http://API.example.test:80/u/:id', {
	methods: ['PUT', 'PATCH'],
	origin: 'http://api.example.test',
	path: '/u/:id',
	parameters: [{name: 'id', wildcard: false}],
});
test(reads, '* https://api.example.test/*rest', {
	methods: undefined,
	path: '/*rest',
	parameters: [{name: 'rest', wildcard: true}],
});
test(reads, 'GET https://api.example.test', {path: '/'});
test(reads, 'GET https://api.example.test?z=1&z=2&a=%20b', {
	path: '/',
	query: [
		['z', '1'],
		['z', '2'],
		['a', ' b'],
	],
});
test(reads, 'GET https://[::1]:8443/users{/:id}', {
	origin: 'https://[::1]:8443',
	path: '/users{/:id}',
	parameters: [{name: 'id', wildcard: false}],
});
test(reads, 'GET https://api.example.test/a\\:b', {path: '/a\\:b', parameters: []});
test(reads, 'M-SEARCH https://api.example.test/', {methods: ['M-SEARCH']});

const method = fc.constantFrom(...METHODS);
const segment = fc.stringMatching(/^[A-Za-z0-9._~-]{1,8}$/);
const host = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(\.[a-z]{1,5}){0,2}$/);
const queryPair = fc.tuple(fc.stringMatching(/^[a-z]{1,5}$/), fc.string({maxLength: 8}));

test('what was put together is read apart again', t => {
	fc.assert(
		fc.property(
			fc.uniqueArray(method, {minLength: 1, maxLength: 4}),
			host,
			fc.array(segment, {maxLength: 4}),
			fc.array(queryPair, {minLength: 1, maxLength: 3}),
			(methods, name, segments, query) => {
				const path = `/${segments.join('/')}`;
				const url = `https://${name}.test${path}?${new URLSearchParams(query)}`;
				const line = parseRequestLine(`${methods.join('|')} ${url}`);
				t.like(line, {methods, origin: `https://${name}.test`, path, query});
			},
		),
	);
});

test('any text is read or refused with a reason, and never throws', t => {
	const pieces = fc.constantFrom(
		'GET ',
		'https://',
		'x.test',
		'/',
		':',
		'*',
		'{',
		'}',
		'?',
		'\\',
		'"',
		'#',
		'@',
		' ',
	);
	const text = fc.oneof(
		fc.string(),
		fc.array(pieces, {maxLength: 12}).map(parts => parts.join('')),
	);
	fc.assert(
		fc.property(text, line => {
			for (const read of [parseRequestLine(line), parseCallLine(line)]) {
				if ('faults' in read)
					t.true(read.faults.length > 0 && read.faults.every(fault => fault !== ''));
				else t.true(read.origin.startsWith('http'));
			}
		}),
		{numRuns: 500},
	);
});

test('all that is wrong with a line is said at once', t => {
	t.deepEqual(parseRequestLine('GTE|post https://a:b@api.example.test/x#y'), {
		faults: [
			'"GTE" is not a method known to this server; did you mean "GET"?',
			'method names are case-sensitive: write "POST", not "post"',
			'a user name or password has no place in the URL; match an Authorization header',
			'a fragment ("#…") is never sent to a server; leave it out',
		],
	});
});

test('the URL of a call is no pattern', t => {
	t.deepEqual(parseCallLine('POST https://api.example.test/a:b/*?x=:y'), {
		method: 'POST',
		url: 'https://api.example.test/a:b/*?x=:y',
		origin: 'https://api.example.test',
		path: '/a:b/*',
		query: 'x=:y',
	});
});
