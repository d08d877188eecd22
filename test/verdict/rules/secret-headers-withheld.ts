import {secretHeadersWithheld} from '../../../src/verdict/rules/secret-headers-withheld.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [api, cdn] = ['https://api.example.test', 'https://cdn.example.test'];
type Fields = Readonly<Record<string, string>>;
const hop = (before: Fields, after: Fields, to = cdn) =>
	buildHop(
		{request: `GET ${api}/v1`, headers: before},
		{status: 307, location: `${to}/v2`},
		{request: `GET ${to}/v2`, headers: after},
	);
const key = {'X-Api-Key': 'k'};
const enforced = {scenario: {enforce: ['secret-headers-withheld']}};
const meant = (names: string) => ({
	reason: `${names} went to another origin, which may be meant to have it; a scenario that enforces this rule says that it is not`,
});
const leak = (expected: string, actual: string) => ({
	expected,
	actual,
	cause:
		'only Authorization and Cookie are withheld: no client can know the other secrets of its caller',
});

hopRuleTests(secretHeadersWithheld, [
	['the same origin is not its matter', hop(key, key, api), 'not asked'],
	['what is no secret is not its matter', hop({'X-Tenant': '1'}, {'X-Tenant': '1'}), 'not asked'],
	[
		'what has a rule of its own is not its matter',
		hop({Authorization: 'Bearer s', Cookie: 'a=b', Signature: 's'}, {}),
		'not asked',
	],
	['a withheld secret keeps it', hop(key, {}), 'kept'],
	['a secret that was replaced keeps it', hop(key, {'X-Api-Key': 'other'}), 'kept'],
	['a secret that came along is not observed', hop(key, key), meant('x-api-key')],
	[
		'a secret that came along breaks it where it is enforced',
		hop(key, {'x-api-key': 'k'}),
		leak(`no X-Api-Key at ${cdn}`, 'X-Api-Key: ***'),
		enforced,
	],
	[
		'several secrets are told together',
		hop({...key, 'Private-Token': 't', 'X-Auth-Token': 'u'}, {...key, 'Private-Token': 't'}),
		leak(`no X-Api-Key, Private-Token at ${cdn}`, 'X-Api-Key: ***\nPrivate-Token: ***'),
		enforced,
	],
]);
