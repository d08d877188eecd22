import type {HeaderLines} from '../../../src/http/header-lines.ts';
import {authorizationWithheld} from '../../../src/verdict/rules/authorization-withheld.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [api, cdn] = ['https://api.example.test', 'https://cdn.example.test'];
type Fields = Readonly<Record<string, string>> | HeaderLines;
const hop = (before: Fields, after: Fields, to = cdn) =>
	buildHop(
		{request: `GET ${api}/v1`, headers: before},
		{status: 307, location: `${to}/v2`},
		{request: `GET ${to}/v2`, headers: after},
	);
const plain = 'http://api.example.test';
const upgrade = (after: Fields, from = plain, to = api) =>
	buildHop(
		{request: `GET ${from}/v1`, headers: basic},
		{status: 307, location: `${to}/v1`},
		{request: `GET ${to}/v1`, headers: after},
	);
const basic = {Authorization: 'Basic QWRhOnMzY3JldA=='};
const bearer = (...credentials: string[]): HeaderLines =>
	credentials.map(value => ['Authorization', value]);
const leak = (to: string, scheme = 'Basic') => ({
	expected: `no Authorization at ${to}`,
	actual: `Authorization: ${scheme} ***, meant for ${api}`,
	cause: 'all headers were copied without a look at the origin, or only the host name was compared',
});

hopRuleTests(authorizationWithheld, [
	['a withheld credential keeps it', hop(basic, {}), 'kept'],
	['the same origin is not its matter', hop(basic, basic, api), 'not asked'],
	['a request without a credential is not its matter', hop({}, basic), 'not asked'],
	['a credential at another host breaks it', hop(basic, basic), leak(cdn)],
	['a credential at another port breaks it', hop(basic, basic, `${api}:8443`), leak(`${api}:8443`)],
	[
		'a scheme in another case breaks it',
		hop(bearer('Bearer s'), bearer('bearer s')),
		leak(cdn, 'bearer'),
	],
	[
		'more space behind the scheme breaks it',
		hop(bearer('Bearer s'), bearer('Bearer  s')),
		leak(cdn, 'Bearer'),
	],
	[
		'a credential that is sent twice breaks it',
		hop(bearer('Bearer s'), bearer('Bearer s', 'Bearer s')),
		leak(cdn, 'Bearer'),
	],
	[
		'a credential beside another one breaks it',
		hop(bearer('Bearer s'), bearer('Basic YTpi', 'Bearer s')),
		leak(cdn, 'Bearer'),
	],
	[
		'one of two credentials breaks it',
		hop(bearer('Bearer a', 'Basic YTpi'), bearer('Basic YTpi')),
		leak(cdn),
	],
	[
		'two credentials that were joined in one line break it',
		hop(bearer('Bearer a', 'Basic YTpi'), bearer('Bearer a, Basic YTpi')),
		leak(cdn, 'Bearer'),
	],
	[
		'a token in another case is another credential',
		hop(bearer('Bearer s'), bearer('Bearer S')),
		{reason: `another credential was sent, which may be the client's own for ${cdn}`},
	],
	[
		'a credential that may have been made of the Location is not observed',
		buildHop(
			{request: `GET ${api}/v1`, headers: basic},
			{status: 307, location: 'https://Ada:s3cret@cdn.example.test/v2'},
			{request: `GET ${cdn}/v2`, headers: basic},
		),
		{
			reason:
				'the user name and the password in the Location make the same credential, so that it may be made of them: see userinfo-not-used',
		},
	],
	['what is withheld from https on the same host keeps it', upgrade({}), 'kept'],
	[
		'what is taken to https on the same host is not observed',
		upgrade(basic),
		{
			reason:
				'the same host was reached by https on its default port, where clients such as requests and httpx take credentials along by design',
		},
	],
	['a step down from https breaks it', upgrade(basic, api, plain), leak(plain)],
	[
		'another port behind the step to https breaks it',
		upgrade(basic, plain, `${api}:8443`),
		{...leak(`${api}:8443`), actual: `Authorization: Basic ***, meant for ${plain}`},
	],
	[
		'another port before the step to https breaks it',
		upgrade(basic, `${plain}:8080`, api),
		{...leak(api), actual: `Authorization: Basic ***, meant for ${plain}:8080`},
	],
	[
		'another credential is not observed',
		hop(basic, {Authorization: 'Basic b3RoZXI='}),
		{reason: `another credential was sent, which may be the client's own for ${cdn}`},
	],
]);
