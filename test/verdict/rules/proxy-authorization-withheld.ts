import type {Exchange} from '../../../src/journal/exchange.ts';
import {proxyAuthorizationWithheld} from '../../../src/verdict/rules/proxy-authorization-withheld.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [api, cdn] = ['https://api.example.test', 'https://cdn.example.test'];
const credential = {'Proxy-Authorization': 'Basic QWRhOnMzY3JldA=='};
const hop = (before: Record<string, string>, after: Record<string, string>, to = cdn) =>
	buildHop(
		{request: `GET ${api}/v1`, headers: before},
		{status: 307, location: `${to}/v2`},
		{request: `GET ${to}/v2`, headers: after},
	);
const throughProxy = (exchange: Exchange): Exchange => ({
	...exchange,
	connection: {...exchange.connection, door: 'proxy'},
});
const proxied = (after: Record<string, string>) => {
	const {redirect, followUp, ...rest} = hop(credential, after);
	return {...rest, redirect: throughProxy(redirect), followUp: throughProxy(followUp)};
};
const atTheProxy = {reason: 'the request came through the proxy, for which the field is meant'};
const leak = (to: string) => ({
	expected: `no Proxy-Authorization at ${to}`,
	actual: `Proxy-Authorization: Basic ***, as at ${api}`,
	cause: 'all headers were copied, but for those that were thought of: Authorization and Cookie',
});

hopRuleTests(proxyAuthorizationWithheld, [
	['a withheld credential keeps it', hop(credential, {}), 'kept'],
	['no credential is not its matter', hop({}, credential), 'not asked'],
	['the same origin is not its matter', hop(credential, credential, api), 'not asked'],
	['a credential at another host breaks it', hop(credential, credential), leak(cdn)],
	[
		'a credential at another port breaks it',
		hop(credential, credential, `${api}:8443`),
		leak(`${api}:8443`),
	],
	[
		'another credential is not observed',
		hop(credential, {'Proxy-Authorization': 'Basic b3RoZXI='}),
		{reason: 'another credential was sent, which may be for another proxy'},
	],
	['at the proxy it is right', proxied(credential), atTheProxy],
	['at the proxy its absence says nothing', proxied({}), atTheProxy],
]);
