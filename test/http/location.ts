import test from 'ava';
import fc from 'fast-check';
import {
	type LocationFault,
	requestTarget,
	resolveLocation,
	resolveReference,
} from '../../src/http/location.ts';

const rfcBase = 'http://a/b/c/d;p?q';

/** RFC 3986, 5.4.1 and 5.4.2, with the strict reading of the last one. */
const rfcRows = [
	['g:h', 'g:h'],
	['g', 'http://a/b/c/g'],
	['./g', 'http://a/b/c/g'],
	['g/', 'http://a/b/c/g/'],
	['/g', 'http://a/g'],
	['//g', 'http://g'],
	['?y', 'http://a/b/c/d;p?y'],
	['g?y', 'http://a/b/c/g?y'],
	['#s', 'http://a/b/c/d;p?q#s'],
	['g#s', 'http://a/b/c/g#s'],
	['g?y#s', 'http://a/b/c/g?y#s'],
	[';x', 'http://a/b/c/;x'],
	['g;x', 'http://a/b/c/g;x'],
	['g;x?y#s', 'http://a/b/c/g;x?y#s'],
	['', 'http://a/b/c/d;p?q'],
	['.', 'http://a/b/c/'],
	['./', 'http://a/b/c/'],
	['..', 'http://a/b/'],
	['../', 'http://a/b/'],
	['../g', 'http://a/b/g'],
	['../..', 'http://a/'],
	['../../', 'http://a/'],
	['../../g', 'http://a/g'],
	['../../../g', 'http://a/g'],
	['../../../../g', 'http://a/g'],
	['/./g', 'http://a/g'],
	['/../g', 'http://a/g'],
	['g.', 'http://a/b/c/g.'],
	['.g', 'http://a/b/c/.g'],
	['g..', 'http://a/b/c/g..'],
	['..g', 'http://a/b/c/..g'],
	['./../g', 'http://a/b/g'],
	['./g/.', 'http://a/b/c/g/'],
	['g/./h', 'http://a/b/c/g/h'],
	['g/../h', 'http://a/b/c/h'],
	['g;x=1/./y', 'http://a/b/c/g;x=1/y'],
	['g;x=1/../y', 'http://a/b/c/y'],
	['g?y/./x', 'http://a/b/c/g?y/./x'],
	['g?y/../x', 'http://a/b/c/g?y/../x'],
	['g#s/./x', 'http://a/b/c/g#s/./x'],
	['g#s/../x', 'http://a/b/c/g#s/../x'],
	['http:g', 'http:g'],
] as const;

const base = 'https://api.example.test/v1/users?page=2';

test('a reference resolves as RFC 3986, 5.4, says', t => {
	for (const [reference, resolved] of rfcRows)
		t.is(resolveReference(reference, rfcBase), resolved, `"${reference}"`);
});

/** A Location, and where it leads from `base`: an origin and request-targets, or why it leads nowhere. */
const locations: readonly (readonly [
	says: string,
	location: string,
	leads: readonly [origin: string, ...targets: string[]] | LocationFault,
])[] = [
	['an absolute URL', 'https://cdn.example.test/x?y', ['https://cdn.example.test', '/x?y']],
	['a path', '/v2/users', ['https://api.example.test', '/v2/users']],
	['dots that lead up', '../v2/users', ['https://api.example.test', '/v2/users']],
	['dots that lead nowhere', './x', ['https://api.example.test', '/v1/x']],
	['dots within a path', '/a/../b/./c', ['https://api.example.test', '/b/c']],
	['a network path', '//host/x', ['https://host', '/x']],
	['only a query, and keeps the path', '?z=2', ['https://api.example.test', '/v1/users?z=2']],
	['only a fragment', '#top', ['https://api.example.test', '/v1/users?page=2']],
	['nothing, and so the same URL', '', ['https://api.example.test', '/v1/users?page=2']],
	['no query, and inherits none', 'users', ['https://api.example.test', '/v1/users']],
	['an empty query', '/x?', ['https://api.example.test', '/x?']],
	['an empty query and a fragment', '/x?#y', ['https://api.example.test', '/x?']],
	['an empty query only', '?', ['https://api.example.test', '/v1/users?']],
	['no path', 'https://cdn.example.test', ['https://cdn.example.test', '/']],
	['a query and no path', 'https://cdn.example.test?a', ['https://cdn.example.test', '/?a']],
	['percent-encodings', '/a%2Fb%25%c3%a9', ['https://api.example.test', '/a%2Fb%25%c3%a9']],
	['an encoded dot', '/a/%2e%2e/b', ['https://api.example.test', '/a/%2e%2e/b', '/b']],
	['a space', '/a b', ['https://api.example.test', '/a%20b']],
	['braces', '/{id}', ['https://api.example.test', '/{id}', '/%7Bid%7D']],
	['UTF-8 in raw bytes', '/\xc3\xa9', ['https://api.example.test', '/%C3%A9', '/%c3%a9']],
	[
		'Latin-1 in raw bytes',
		'/\xe9',
		[
			'https://api.example.test',
			...['/%E9', '/%e9', '/%C3%A9', '/%c3%a9', '/%EF%BF%BD', '/%ef%bf%bd'],
		],
	],
	[
		'raw UTF-8 beside percent-encodings, which keep their case',
		'/%C3%a9?q=\xc3\xa9%fF',
		['https://api.example.test', '/%C3%a9?q=%C3%A9%fF', '/%C3%a9?q=%c3%a9%fF'],
	],
	[
		'raw UTF-8 and an encoded dot',
		'/%2e/\xc3\xa9',
		['https://api.example.test', '/%2e/%C3%A9', '/%C3%A9', '/%2e/%c3%a9', '/%c3%a9'],
	],
	['raw UTF-8 in its host', 'https://b\xc3\xbc.test/x', ['https://xn--b-eha.test', '/x']],
	['Latin-1 in its host', 'https://b\xfc.test/x', ['https://xn--b-eha.test', '/x']],
	['a fragment', '/x#y', ['https://api.example.test', '/x']],
	['userinfo', 'https://ada:pw@api.example.test/x', ['https://api.example.test', '/x']],
	['a default port', 'https://API.example.test:443/x', ['https://api.example.test', '/x']],
	['another port', 'https://api.example.test:8443/x', ['https://api.example.test:8443', '/x']],
	['a backslash', '\\x', ['https://api.example.test', '/v1/\\x', '/x']],
	['a host and a port with no slashes', 'api.example.test:8080/x', 'not-http'],
	['a name and a port with no slashes', 'localhost:8080/x', 'not-http'],
	['another scheme', 'ftp://api.example.test/x', 'not-http'],
	['a script', 'javascript:alert(1)', 'not-http'],
	['no host', 'https://', 'unparsable'],
	['a host that can not be', 'https://[x]/', 'unparsable'],
	['a port that can not be', 'https://api.example.test:99999/', 'unparsable'],
];

for (const [says, location, leads] of locations)
	test(`a Location that has ${says} leads where the standards say`, t => {
		const resolved = resolveLocation([location], base);
		t.deepEqual(
			typeof resolved === 'string' ? resolved : [resolved.origin, ...resolved.targets],
			leads,
		);
	});

test('no Location is missing, two different ones are several, and equal ones are one', t => {
	t.is(resolveLocation([], base), 'missing');
	t.is(resolveLocation(['/a', '/b'], base), 'several');
	t.deepEqual(resolveLocation(['/a', '/a'], base), resolveLocation(['/a'], base));
});

test('a fragment is told with its "#", an empty one too', t => {
	const fragmentOf = (location: string) => {
		const resolved = resolveLocation([location], base);
		return typeof resolved === 'string' ? resolved : resolved.fragment;
	};
	t.deepEqual(['/x#y', '/x#', '/x', '#'].map(fragmentOf), ['#y', '#', undefined, '#']);
});

test('there is nothing to resolve against but an absolute http(s) URL', t => {
	for (const bad of ['', '/x', 'ftp://a/b', 'api.example.test/x'])
		t.is(resolveReference('g', bad), undefined);
});

test('a base without a path is no reason for a change', t => {
	t.is(resolveReference('?y', 'http://a'), 'http://a?y');
	t.is(resolveReference('g', 'http://a'), 'http://a/g');
	t.is(resolveReference('', 'http://a?q'), 'http://a?q');
});

test('a request-target is path and query', t => {
	const rows = [
		['https://a/b?c#d', '/b?c'],
		['https://a', '/'],
		['https://a?b', '/?b'],
		['https://a#b', '/'],
		['/b?c', '/b?c'],
	] as const;
	for (const [url, target] of rows) t.is(requestTarget(url), target);
});

const segment = fc
	.stringMatching(/^[\w~!$&'()*+,;=:@%-]{1,8}[.\w]{0,3}$/)
	.filter(text => text !== '.' && text !== '..');
const absolute = fc
	.record({
		scheme: fc.constantFrom('http', 'https', 'HTTP'),
		host: fc.constantFrom('api.example.test', 'A.test:8080', '[::1]:80', '127.0.0.1'),
		path: fc.array(segment).map(segments => segments.map(each => `/${each}`).join('')),
		query: fc.option(fc.stringMatching(/^[\w/?.~%=&-]{0,12}$/), {nil: undefined}),
		fragment: fc.option(fc.stringMatching(/^[\w/?.~%=&-]{0,12}$/), {nil: undefined}),
	})
	.map(({scheme, host, path, query, fragment}) =>
		[
			`${scheme}://${host}${path}`,
			query === undefined ? '' : `?${query}`,
			fragment === undefined ? '' : `#${fragment}`,
		].join(''),
	);

test('an absolute URL without dot segments resolves to itself, byte for byte', t => {
	fc.assert(fc.property(absolute, url => resolveReference(url, rfcBase) === url));
	t.pass();
});

test('what the strict reading makes of a URL is what the URL parser makes of it', t => {
	const reference = fc.stringMatching(/^[a-z./?#]{0,12}$/).filter(text => !text.startsWith('//'));
	fc.assert(
		fc.property(reference, text => {
			const resolved = resolveReference(text, rfcBase) ?? '';
			return requestTarget(resolved) === requestTarget(new URL(text, rfcBase).href);
		}),
	);
	t.pass();
});
