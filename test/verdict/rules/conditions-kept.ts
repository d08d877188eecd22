import {conditionsKept} from '../../../src/verdict/rules/conditions-kept.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const api = 'https://api.example.test';
type Fields = Readonly<Record<string, string>>;
const hop = (
	before: Fields,
	after: Fields,
	{from = 'PUT', to, status = 307}: {from?: string; to?: string; status?: number} = {},
) =>
	buildHop(
		{request: `${from} ${api}/v1`, headers: before},
		{status, location: `${api}/v2`},
		{request: `${to ?? from} ${api}/v2`, headers: after},
	);
const get = {from: 'GET'};
const anew = 'the follow-up was built anew, without what the request depended on';
const another = {
	reason: 'the follow-up is another request, of which the conditions of the first need not be true',
};
const cached = {reason: "the condition may be that of the client's own cache, which may change it"};

hopRuleTests(conditionsKept, [
	['a request without conditions is not its matter', hop({Accept: 'a'}, {}), 'not asked'],
	['the same conditions keep it', hop({'If-Match': '"7"'}, {'if-match': '"7"'}), 'kept'],
	['the same range keeps it', hop({Range: 'bytes=5-'}, {Range: 'bytes=5-'}, get), 'kept'],
	[
		'a new condition keeps it',
		hop({Range: 'bytes=5-'}, {Range: 'bytes=5-', 'If-Range': '"7"'}, get),
		'kept',
	],
	[
		'a lost precondition breaks it',
		hop({'If-Match': '"7"'}, {}),
		{expected: 'If-Match: "7"', actual: 'no If-Match', cause: anew},
	],
	[
		'a lost date breaks it',
		hop({'If-Unmodified-Since': 'Tue, 09 Nov 2010 14:49:00 GMT'}, {}),
		{
			expected: 'If-Unmodified-Since: Tue, 09 Nov 2010 14:49:00 GMT',
			actual: 'no If-Unmodified-Since',
			cause: anew,
		},
	],
	[
		'a lost range breaks it',
		hop({Range: 'bytes=5-', 'If-Range': '"7"'}, {}, get),
		{expected: 'Range: bytes=5-\nIf-Range: "7"', actual: 'no Range\nno If-Range', cause: anew},
	],
	[
		'another precondition breaks it',
		hop({'If-Match': '"7"'}, {'If-Match': '"8"'}),
		{expected: 'If-Match: "7"', actual: 'If-Match: "8"'},
	],
	[
		'a lost If-None-Match of a QUERY may be that of a cache',
		hop({'If-None-Match': '"7"'}, {}, {from: 'QUERY'}),
		cached,
	],
	[
		'a lost If-None-Match of an upload breaks it',
		hop({'If-None-Match': '*'}, {}),
		{expected: 'If-None-Match: *', actual: 'no If-None-Match', cause: anew},
	],
	[
		'what may be of a cache, and stays, keeps it',
		hop({'If-None-Match': '"7"'}, {'If-None-Match': '"7"'}, get),
		'kept',
	],
	[
		'what may be of a cache, and goes, is not observed',
		hop({'If-None-Match': '"7"'}, {}, get),
		cached,
	],
	[
		'a date that may be of a cache is not observed with HEAD',
		hop({'If-Modified-Since': 'Tue, 09 Nov 2010 14:49:00 GMT'}, {}, {from: 'HEAD'}),
		cached,
	],
	[
		'another method is not observed',
		hop({'If-Match': '"7"'}, {}, {to: 'GET', status: 302}),
		another,
	],
	['a 303 is not observed', hop({Range: 'bytes=5-'}, {}, {from: 'GET', status: 303}), another],
]);
