import type {HeaderLines} from '../../../src/http/header-lines.ts';
import {targetIsLocation} from '../../../src/verdict/rules/target-is-location.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const api = 'https://api.example.test';
const hop = (location: string, reached: string) =>
	buildHop(
		{request: `GET ${api}/v1/users?page=2`},
		{status: 307, location},
		{request: `GET ${reached}`},
	);

const recovered = {
	reason:
		'the Location has characters that no URI can have, and a client may read them as it sees fit (RFC 9110, 10.2.2)',
};

hopRuleTests(targetIsLocation, [
	['the exact address keeps it', hop(`${api}/v2/users?x=1`, `${api}/v2/users?x=1`), 'kept'],
	['a resolved relative Location keeps it', hop('../v2/users', `${api}/v2/users`), 'kept'],
	['hex digits in another case keep it', hop('/v2/%3a', `${api}/v2/%3A`), 'kept'],
	['a character that needs no encoding keeps it without', hop('/v2/%7Ea', `${api}/v2/~a`), 'kept'],
	['so it does with', hop('/v2/~a', `${api}/v2/%7Ea`), 'kept'],
	['percent-encoding as written keeps it', hop('/v2/%2f%41', `${api}/v2/%2f%41`), 'kept'],
	['what the URL Standard encodes keeps it', hop('/v2/é', `${api}/v2/%C3%A9`), 'kept'],
	['a fragment that came along is not its matter', hop('/v2#a', `${api}/v2#a`), 'kept'],
	['an empty query keeps it', hop('/v2/users?', `${api}/v2/users?`), 'kept'],
	[
		'an empty query that is lost breaks it, as that is another URI (RFC 3986, 6.2.3)',
		hop('/v2/users?', `${api}/v2/users`),
		{
			expected: `${api}/v2/users?`,
			actual: `${api}/v2/users`,
			cause: 'the query of the Location was dropped',
		},
	],
	[
		'a space that is written in another way, as by curl, does not break it: the Location is invalid',
		hop('/v2/users?name=Ada Lovelace', `${api}/v2/users?name=Ada+Lovelace`),
		recovered,
	],
	['so does a brace not', hop('/v2/{id} x', `${api}/v2/{id}%20x`), recovered],
	['a byte that is no UTF-8 keeps it as a byte', hop('/v2/\xff', `${api}/v2/%FF`), 'kept'],
	['so it does as Latin-1', hop('/v2/\xff', `${api}/v2/%C3%BF`), 'kept'],
	['so it does as U+FFFD', hop('/v2/\xff', `${api}/v2/%EF%BF%BD`), 'kept'],
	[
		'that a plus is taken for a space in a sound Location breaks it',
		hop('/v2/users?a+b', `${api}/v2/users?a%20b`),
		{expected: `${api}/v2/users?a+b`, actual: `${api}/v2/users?a%20b`},
	],
	[
		'a lost query breaks it even when the Location was invalid',
		hop('/v2/users?a b', `${api}/v2/users`),
		{
			expected: `${api}/v2/users?a%20b`,
			actual: `${api}/v2/users`,
			cause: 'the query of the Location was dropped',
		},
	],
	[
		'a client that took an interim response for the redirect is the matter of another rule',
		misled(),
		'not asked',
	],
	[
		'another address breaks it',
		hop('/v2/users', `${api}/v3/users`),
		{expected: `${api}/v2/users`, actual: `${api}/v3/users`},
	],
	[
		'another origin breaks it, with secrets masked',
		hop('https://cdn.example.test/v2?token=s3cret', `${api}/v2?token=s3cret`),
		{
			expected: 'https://cdn.example.test/v2?token=***',
			actual: `${api}/v2?token=***`,
			cause:
				'the new path was asked for at the old origin: scheme, host and port of the Location were ignored',
		},
	],
]);

function misled() {
	const headers: HeaderLines = [['Location', '/decoy']];
	return buildHop(
		{request: `GET ${api}/v1`},
		{status: 307, location: '/v2', interim: [{status: 103, headers, sentAt: 1}]},
		{request: `GET ${api}/decoy`},
	);
}
