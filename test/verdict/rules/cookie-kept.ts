import {cookieKept} from '../../../src/verdict/rules/cookie-kept.ts';
import {buildExchange, buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [api, cdn] = ['https://api.example.test', 'https://cdn.example.test'];
const hop = (before: string, after: Record<string, string>, to = api) =>
	buildHop(
		{request: `GET ${api}/v1`, headers: {Cookie: before}},
		{status: 307, location: `${to}/v2`},
		{request: `GET ${to}/v2`, headers: after},
	);
const login = buildExchange(
	0,
	{request: `POST ${api}/login`},
	{status: 200, headers: [['Set-Cookie', 'sid=1; Path=/']]},
);
const cause = 'the client drops the Cookie header that its caller set on every redirect';

hopRuleTests(cookieKept, [
	['the same cookies keep it', hop('a=1; b=2', {Cookie: 'b=2; a=1; c=3'}), 'kept'],
	['another origin is not its matter', hop('a=1', {}, cdn), 'not asked'],
	[
		'no cookie breaks it',
		hop('a=1; b=2', {}),
		{expected: 'Cookie: a=***; b=***', actual: 'no Cookie', cause},
	],
	[
		'a missing cookie breaks it',
		hop('a=1; b=2', {Cookie: 'a=1'}),
		{expected: 'Cookie: b=***', actual: 'a Cookie without b', cause},
	],
	[
		'a cookie that the double had set is not observed',
		hop('sid=1', {}),
		{reason: 'the double itself set the missing cookies, and a cookie jar may drop them'},
		{others: [login]},
	],
]);
