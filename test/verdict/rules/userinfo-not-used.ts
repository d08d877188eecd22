import type {HeaderLines} from '../../../src/http/header-lines.ts';
import {userinfoNotUsed} from '../../../src/verdict/rules/userinfo-not-used.ts';
import {buildExchange, buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [api, cdn] = ['https://api.example.test', 'https://cdn.example.test'];
const hop = (userinfo: string, sent: HeaderLines, before: HeaderLines = []) =>
	buildHop(
		{request: `GET ${api}/v1`, headers: before},
		{status: 307, location: `https://${userinfo}cdn.example.test/v2`},
		{request: `GET ${cdn}/v2`, headers: sent},
	);
const basic = (text: string, encoding: 'utf8' | 'latin1' = 'utf8'): HeaderLines => [
	['Authorization', `Basic ${Buffer.from(text, encoding).toString('base64')}`],
];
const used = (shown = 'https://***@cdn.example.test/v2') => ({
	expected: `no Authorization made of the Location ${shown}`,
	actual: 'Authorization: Basic ***, with its user name and password',
	cause: 'the Location was taken for an address that the caller had typed in',
});

hopRuleTests(userinfoNotUsed, [
	['a Location without userinfo is not its matter', hop('', basic('ada:pw')), 'not asked'],
	['userinfo that is left alone keeps it', hop('ada:pw@', []), 'kept'],
	['another credential keeps it', hop('ada:pw@', basic('bob:pw')), 'kept'],
	['a token keeps it', hop('ada:pw@', [['Authorization', 'Bearer YWRhOnB3']]), 'kept'],
	['a credential of the very userinfo breaks it', hop('ada:pw@', basic('ada:pw')), used()],
	['its scheme may have any case', hop('ada:pw@', [['authorization', 'basic YWRhOnB3']]), used()],
	['a name without a password breaks it', hop('ada@', basic('ada:')), used()],
	['a password without a name breaks it', hop(':pw@', basic(':pw')), used()],
	[
		'empty userinfo that is used breaks it',
		hop('@', basic(':')),
		used('https://@cdn.example.test/v2'),
	],
	['what was encoded may be decoded', hop('a%40b:p%3Aw@', basic('a@b:p:w')), used()],
	['what was encoded may stay so', hop('a%40b:pw@', basic('a%40b:pw')), used()],
	['what was encoded may become Latin-1', hop('ad%C3%A0:pw@', basic('adà:pw', 'latin1')), used()],
	['what is no encoding stays', hop('a%zz:pw@', basic('a%zz:pw')), used()],
	[
		'a network-path reference has userinfo, too',
		buildHop(
			{request: `GET ${api}/v1`},
			{status: 307, location: '//ada:pw@cdn.example.test/v2'},
			{request: `GET ${cdn}/v2`, headers: basic('ada:pw')},
		),
		used('//***@cdn.example.test/v2'),
	],
	[
		'an @ in the path is no userinfo',
		buildHop(
			{request: `GET ${api}/v1`},
			{status: 307, location: `${cdn}/ada:pw@home`},
			{request: `GET ${cdn}/ada:pw@home`, headers: basic('ada:pw')},
		),
		'not asked',
	],
	[
		'the credential of the redirected request is not observed',
		hop('ada:pw@', basic('ada:pw'), basic('ada:pw')),
		{
			reason: "the redirected request had the same credential, so that it may be the caller's",
		},
	],
	[
		'an answer to a 401 is not observed',
		hop('ada:pw@', basic('ada:pw')),
		{reason: `${cdn} had asked for credentials with a 401`},
		{others: [buildExchange(1.5, {request: `GET ${cdn}/v2`}, {status: 401})]},
	],
]);
