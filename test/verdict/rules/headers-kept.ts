import type {HeaderLines} from '../../../src/http/header-lines.ts';
import {headersKept} from '../../../src/verdict/rules/headers-kept.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [api, cdn] = ['https://api.example.test', 'https://cdn.example.test'];
type Fields = Readonly<Record<string, string>> | HeaderLines;
const hop = (before: Fields, after: Fields, to = api, method = 'POST') =>
	buildHop(
		{request: `POST ${api}/v1`, headers: before},
		{status: 307, location: `${to}/v2`},
		{request: `${method} ${to}/v2`, headers: after},
	);
const anew = 'the follow-up was built anew, without the headers of the redirected request';

hopRuleTests(headersKept, [
	['equal fields keep it', hop({Accept: 'a', 'X-B': 'b'}, {'x-b': 'b', accept: 'a'}), 'kept'],
	['new fields keep it', hop({Accept: 'a'}, {Accept: 'a', Referer: api}), 'kept'],
	[
		'a list on one line or on two is the same',
		hop(
			[
				['Accept', 'a'],
				['Accept', 'b'],
			],
			{Accept: 'a, b'},
		),
		'kept',
	],
	['fields that are made anew are not its matter', hop({Date: 'x', Origin: api}, {}), 'not asked'],
	[
		'another scheme may have other codings',
		hop({'Accept-Encoding': 'br, gzip'}, {'Accept-Encoding': 'gzip'}, 'http://api.example.test'),
		'not asked',
	],
	[
		'the codings stay with the scheme',
		hop({'Accept-Encoding': 'br, gzip'}, {'Accept-Encoding': 'gzip'}, cdn),
		{expected: 'Accept-Encoding: br, gzip', actual: 'Accept-Encoding: gzip'},
	],
	['what Connection names may go', hop({Connection: 'x-hop', 'X-Hop': '1'}, {}), 'not asked'],
	['trace contexts may change', hop({traceparent: '00-a-b-01'}, {}), 'not asked'],
	['a secret may be withheld from another origin', hop({'X-Api-Key': 'k'}, {}, cdn), 'not asked'],
	[
		'a field that is gone breaks it',
		hop({'X-Tenant': '1'}, {}),
		{expected: 'X-Tenant: 1', actual: 'no X-Tenant', cause: anew},
	],
	[
		'conditions and keys of calls have rules of their own',
		hop({'If-Match': '"1"', Range: 'bytes=5-', 'Idempotency-Key': '1'}, {}),
		'not asked',
	],
	[
		'a secret must stay at the same origin, and is masked',
		hop({'X-Api-Key': 'k'}, {'X-Api-Key': 'other'}),
		{expected: 'X-Api-Key: ***', actual: 'X-Api-Key: *** (another value)'},
	],
	[
		'a field that is sent twice breaks it',
		hop({'X-Tenant': '1'}, {'X-Tenant': '1, 1'}),
		{expected: 'X-Tenant: 1', actual: 'X-Tenant: 1, 1'},
	],
	[
		'some gone and some changed are told together',
		hop({'User-Agent': 'a/1', 'X-B': 'b'}, {'User-Agent': 'lib/2'}),
		{expected: 'User-Agent: a/1\nX-B: b', actual: 'User-Agent: lib/2\nno X-B'},
	],
]);
