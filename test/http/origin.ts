import test from 'ava';
import fc from 'fast-check';
import {originOf, splitOrigin} from '../../src/http/origin.ts';

const rows = [
	['https://api.example.test', 'https://api.example.test'],
	['HTTPS://API.Example.Test/Users', 'https://api.example.test'],
	['https://api.example.test:443/', 'https://api.example.test'],
	['http://api.example.test:80?x', 'http://api.example.test'],
	['http://api.example.test:080/', 'http://api.example.test'],
	['https://api.example.test:80/', 'https://api.example.test:80'],
	['http://api.example.test:443#x', 'http://api.example.test:443'],
	['http://api.example.test:/', 'http://api.example.test'],
	['https://ada:pw@api.example.test/', 'https://api.example.test'],
	['https://ada@home:pw@api.example.test/', 'https://api.example.test'],
	['http://[::1]:8080/x', 'http://[::1]:8080'],
	['http://[::1]', 'http://[::1]'],
	['http://127.0.0.1:41234', 'http://127.0.0.1:41234'],
	['http://a\\b', 'http://a'],
	['ftp://api.example.test', undefined],
	['//api.example.test/x', undefined],
	['/users', undefined],
	['api.example.test:443', undefined],
	['https:///users', undefined],
	['https://:80/', undefined],
	['https://a:b/', undefined],
	['', undefined],
] as const;

for (const [url, origin] of rows)
	test(`the origin of "${url}" is ${origin ?? 'none'}`, t => {
		t.is(originOf(url), origin);
	});

test('what stands behind the authority is left as it is', t => {
	t.deepEqual(splitOrigin('HTTP://Ada@A.test:80/B/../c%2f?D#E'), {
		origin: 'http://a.test',
		authority: 'Ada@A.test:80',
		rest: '/B/../c%2f?D#E',
	});
});

test('scheme, authority and rest are the whole URL', t => {
	const rest = fc.string().map(text => (text === '' ? '' : `/${text}`));
	fc.assert(
		fc.property(fc.webAuthority({withPort: true}), rest, (authority, path) => {
			const parts = splitOrigin(`https://${authority}${path}`);
			return parts?.authority === authority && parts.rest === path;
		}),
	);
	t.pass();
});

test('an origin is what the URL parser says', t => {
	fc.assert(
		fc.property(fc.webUrl({authoritySettings: {withPort: true}}), url => {
			return originOf(url) === new URL(url).origin;
		}),
	);
	t.pass();
});
