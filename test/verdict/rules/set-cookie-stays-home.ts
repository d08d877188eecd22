import {setCookieStaysHome} from '../../../src/verdict/rules/set-cookie-stays-home.ts';
import {buildExchange, buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const api = 'https://api.example.test';
const cdn = 'https://cdn.example.test';

interface Case {
	/** What the redirect sets. */
	readonly set: string | readonly string[];
	/** The Cookie of the follow-up. */
	readonly sent?: string;
	readonly before?: string;
	readonly to?: string;
	/** Whether the client saw listeners in the place of the documented hosts. */
	readonly local?: boolean;
}

const hop = ({set, sent, before, to = `${cdn}/v1/users`, local = false}: Case) =>
	buildHop(
		{
			request: `GET ${api}/v1/users?a=/v2/`,
			headers: {
				...(local && {Host: '127.0.0.1:4001'}),
				...(before !== undefined && {Cookie: before}),
			},
		},
		{status: 307, location: to, headers: [set].flat().map(value => ['Set-Cookie', value])},
		{
			request: `GET ${to}`,
			headers: {
				...(local && {Host: '127.0.0.1:4002'}),
				...(sent !== undefined && {Cookie: sent}),
			},
		},
	);
const stray = (to: string, names = 'visit=***') => ({
	expected: `no cookie of ${api}/v1/users?a=/v2/ at ${to}`,
	actual: `Cookie: ${names}`,
	cause:
		'the Set-Cookie of the redirect was copied into the follow-up, without a look at where the cookie is for',
});
const [atCdn, elsewhere] = [`${cdn}/v1/users`, `${api}/v2/users`];
const sent = 'visit=1';
const oneHost = {
	reason: 'to the client both are ports of one host, and cookies do not know ports (RFC 6265, 8.5)',
};
const setBy = (number: number) =>
	buildExchange(
		number,
		{request: `GET ${cdn}/`},
		{status: 200, headers: [['Set-Cookie', 'visit=1']]},
	);

hopRuleTests(setCookieStaysHome, [
	['a redirect without a cookie is not its matter', hop({set: [], sent}), 'not asked'],
	[
		'a cookie for the same place is not its matter',
		hop({set: sent, sent, to: `${api}/v1/x`}),
		'not asked',
	],
	['a cookie that is not sent to another host keeps it', hop({set: sent}), 'kept'],
	['a cookie that is not sent to another path keeps it', hop({set: sent, to: elsewhere}), 'kept'],
	['another value keeps it', hop({set: sent, sent: 'visit=2'}), 'kept'],
	['a cookie at another host breaks it', hop({set: sent, sent}), stray(atCdn)],
	['a cookie beside others breaks it', hop({set: sent, sent: 'a=b; visit=1'}), stray(atCdn)],
	[
		'the default path is that of the request',
		hop({set: sent, sent, to: elsewhere}),
		stray(elsewhere),
	],
	[
		'a path that only begins alike is another one',
		hop({set: 'visit=1; Path=/v2/us', sent, to: elsewhere}),
		stray(elsewhere),
	],
	[
		'a path above the target is right',
		hop({set: 'visit=1; path=/', sent, to: elsewhere}),
		'not asked',
	],
	[
		'a path that is the target is right',
		hop({set: 'visit=1;Path=/v2/users', sent, to: elsewhere}),
		'not asked',
	],
	[
		'a path with a slash at its end is right',
		hop({set: 'visit=1; Path=/v2/', sent, to: elsewhere}),
		'not asked',
	],
	[
		'what is no path is the default',
		hop({set: 'visit=1; Path=v2', sent, to: elsewhere}),
		stray(elsewhere),
	],
	[
		'the last of two paths counts',
		hop({set: 'visit=1; Path=/a; Path=/', sent, to: elsewhere}),
		'not asked',
	],
	[
		'a domain of both hosts is right',
		hop({set: 'visit=1; Domain=.Example.test', sent}),
		'not asked',
	],
	[
		'a domain of the first host alone breaks it',
		hop({set: 'visit=1; Domain=api.example.test', sent}),
		stray(atCdn),
	],
	[
		'a name that ends alike is another domain',
		hop({set: 'visit=1; Domain=ample.test', sent}),
		stray(atCdn),
	],
	[
		'two cookies are told together',
		hop({set: ['visit=1', 'b=2'], sent: 'b=2; visit=1'}),
		stray(atCdn, 'visit=***; b=***'),
	],
	[
		'a cookie that is set for both places is right',
		hop({set: ['visit=1', 'visit=1; Path=/'], sent, to: elsewhere}),
		'not asked',
	],
	['another port of the listeners is not observed', hop({set: sent, sent, local: true}), oneHost],
	['nothing sent to another port keeps it', hop({set: sent, local: true}), 'kept'],
	[
		'another path is observed through listeners, too',
		hop({set: sent, sent, to: elsewhere, local: true}),
		stray(elsewhere),
	],
	[
		'a cookie that the caller had set is not observed',
		hop({set: sent, sent, before: sent}),
		{reason: 'the client had the same cookie before the redirect set it'},
	],
	[
		'a cookie that another response had set is not observed',
		hop({set: sent, sent}),
		{reason: 'the client had the same cookie before the redirect set it'},
		{others: [setBy(0)]},
	],
	['one that was set only later is', hop({set: sent, sent}), stray(atCdn), {others: [setBy(3)]}],
	[
		'a journal that was cut is not observed',
		hop({set: sent, sent}),
		{
			reason:
				'the journal has dropped exchanges, in which the double itself may have set the cookies',
		},
		{dropped: 1},
	],
]);
