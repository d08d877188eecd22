import {authorizationWithheld} from '../../../src/verdict/rules/authorization-withheld.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [api, cdn] = ['https://api.example.test', 'https://cdn.example.test'];
const hop = (before: Record<string, string>, after: Record<string, string>, to = cdn) =>
	buildHop(
		{request: `GET ${api}/v1`, headers: before},
		{status: 307, location: `${to}/v2`},
		{request: `GET ${to}/v2`, headers: after},
	);
const basic = {Authorization: 'Basic QWRhOnMzY3JldA=='};
const leak = (to: string) => ({
	expected: `no Authorization at ${to}`,
	actual: `Authorization: Basic ***, meant for ${api}`,
	cause: 'all headers were copied without a look at the origin, or only the host name was compared',
});

hopRuleTests(authorizationWithheld, [
	['a withheld credential keeps it', hop(basic, {}), 'kept'],
	['the same origin is not its matter', hop(basic, basic, api), 'not asked'],
	['a request without a credential is not its matter', hop({}, basic), 'not asked'],
	['a credential at another host breaks it', hop(basic, basic), leak(cdn)],
	['a credential at another port breaks it', hop(basic, basic, `${api}:8443`), leak(`${api}:8443`)],
	[
		'another credential is not observed',
		hop(basic, {Authorization: 'Basic b3RoZXI='}),
		{reason: `another credential was sent, which may be the client's own for ${cdn}`},
	],
]);
