import test from 'ava';
import fc from 'fast-check';
import {resolveLocation} from '../../src/http/location.ts';
import {missedTargetCause} from '../../src/verdict/missed-target-cause.ts';

const api = 'https://api.example.test';
const original = `${api}/a/b?page=2`;

const rows: readonly [location: string, actual: string, cause: string | undefined][] = [
	['/v2', `${api}/v2?page=2`, 'the query of the original request was added to the Location'],
	[
		'/v2?x=1',
		`${api}/v2?x=1&page=2`,
		'the query of the original request was added to the Location',
	],
	['/v2?x=1', `${api}/v2`, 'the query of the Location was dropped'],
	[
		'?x=1',
		`${api}/a/?x=1`,
		'a Location that is only a query keeps the path of the request; it was resolved against the folder above it',
	],
	[
		'c',
		`${api}/c`,
		'a relative Location is resolved against the folder of the request; it was resolved against the root',
	],
	[
		'./c',
		`${api}/c`,
		'a relative Location is resolved against the folder of the request; it was resolved against the root',
	],
	[
		'c',
		`${api}/a/b/c`,
		'a relative Location replaces the last segment of the path; it was appended to the whole path',
	],
	[
		'/v2/\xd8\xa2',
		`${api}/v2/%C3%98%C2%A2`,
		'the bytes of the Location were read as Latin-1, and each was encoded as a character of its own',
	],
	[
		'/v2/a%2Fb',
		`${api}/v2/a%252Fb`,
		'what was percent-encoded was percent-encoded once more: % became %25',
	],
	['/v2/a%2Fb%41', `${api}/v2/a/b%41`, 'percent-encoded characters were decoded'],
	['/v2/%3Aa%2F', `${api}/v2/:a%2F`, 'percent-encoded characters were decoded'],
	['/v2/:a', `${api}/v2/%3Aa`, 'the percent-encoding was changed'],
	[
		'/v2/Users',
		`${api}/v2/users`,
		'the case of letters was changed; paths and queries are case-sensitive',
	],
	['/v2/users?x', `${api}/v2/users/?x`, 'a slash was added at the end of the path'],
	['/v2/users/?x', `${api}/v2/users?x`, 'the slash at the end of the path was removed'],
	[
		'https://cdn.example.test/v2',
		`${api}/v2`,
		'the new path was asked for at the old origin: scheme, host and port of the Location were ignored',
	],
	[
		'https://cdn.example.test/v2',
		'https://third.example.test/v2',
		'the path is right, the origin is not',
	],
	['https://cdn.example.test/v2', `${api}/v3`, undefined],
	['/v2', `${api}/else`, undefined],
];

for (const [location, actual, cause] of rows) {
	test(`a client that is told ${location} and goes to ${actual} ${cause ? `made a known mistake: ${cause}` : 'made no known mistake'}`, t => {
		const resolved = resolveLocation([location], original);
		if (typeof resolved === 'string') return t.fail(resolved);
		return t.is(missedTargetCause({original, location, resolved, actual}), cause);
	});
}

test('any Location and any target have a cause or none, and never throw', t => {
	fc.assert(
		fc.property(fc.webUrl({withQueryParameters: true}), fc.string(), (location, tail) => {
			const resolved = resolveLocation([location], original);
			if (typeof resolved === 'string') return;
			const actual = `${resolved.origin}/${tail}`;
			const cause = missedTargetCause({original, location, resolved, actual});
			t.true(cause === undefined || cause.length > 0);
		}),
	);
});
