import {authorizationKept} from '../../../src/verdict/rules/authorization-kept.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [api, cdn] = ['https://api.example.test', 'https://cdn.example.test'];
const hop = (before: Record<string, string>, after: Record<string, string>, to = api) =>
	buildHop(
		{request: `GET ${api}/v1`, headers: before},
		{status: 307, location: `${to}/v2`},
		{request: `GET ${to}/v2`, headers: after},
	);
const bearer = {Authorization: 'Bearer s3cret'};

hopRuleTests(authorizationKept, [
	['the same credential keeps it', hop(bearer, bearer), 'kept'],
	['a request without one is not its matter', hop({}, bearer), 'not asked'],
	['another origin is not its matter', hop(bearer, bearer, cdn), 'not asked'],
	[
		'no credential breaks it, and the old one is masked',
		hop(bearer, {}),
		{
			expected: 'Authorization: Bearer ***',
			actual: 'no Authorization',
			cause: 'the client drops Authorization on every redirect, not only when the origin changes',
		},
	],
	[
		'a credential that was made for one request is not observed',
		hop({Authorization: 'Digest username="ada", uri="/v1"'}, {}),
		{reason: 'the credential was made for one request, and holds for no other'},
	],
	[
		'a signature of AWS is not observed',
		hop({Authorization: 'AWS4-HMAC-SHA256 Credential=u'}, {}),
		{reason: 'the credential was made for one request, and holds for no other'},
	],
	[
		'another credential is not observed',
		hop(bearer, {Authorization: 'Bearer other'}),
		{reason: 'another credential was sent, which may have been made for the new target'},
	],
]);
