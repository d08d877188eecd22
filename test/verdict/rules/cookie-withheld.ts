import {cookieWithheld} from '../../../src/verdict/rules/cookie-withheld.ts';
import {buildExchange, buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [api, cdn] = ['https://api.example.test', 'https://cdn.example.test'];
const hop = (before: string, after: Record<string, string>, to = cdn) =>
	buildHop(
		{request: `GET ${api}/v1`, headers: {Cookie: before}},
		{status: 307, location: `${to}/v2`, headers: [['Set-Cookie', 'hop=7']]},
		{request: `GET ${to}/v2`, headers: after},
	);
const setBy = (number: number) =>
	buildExchange(
		number,
		{request: `POST ${api}/login`},
		{status: 200, headers: [['Set-Cookie', 'sid=1; Path=/']]},
	);
const leak = {
	expected: `no Cookie at ${cdn}`,
	actual: `Cookie: sid=***, meant for ${api}`,
	cause: 'the Cookie header that the caller set was copied without a look at the origin',
};

hopRuleTests(cookieWithheld, [
	['withheld cookies keep it', hop('sid=1', {}), 'kept'],
	['other cookies keep it', hop('sid=1', {Cookie: 'hop=7'}), 'kept'],
	['the same origin is not its matter', hop('sid=1', {Cookie: 'sid=1'}, api), 'not asked'],
	['a cookie that came along breaks it', hop('sid=1', {Cookie: 'sid=1; hop=7'}), leak],
	[
		'a cookie that the double had set is not observed',
		hop('sid=1', {Cookie: 'sid=1'}),
		{
			reason:
				'the cookies were set by the double itself, and a cookie jar shares them between the ports of one host (RFC 6265, 8.5)',
		},
		{others: [setBy(0)]},
	],
	[
		'a cookie that the double set only later breaks it',
		hop('sid=1', {Cookie: 'sid=1'}),
		leak,
		{others: [setBy(3)]},
	],
]);
