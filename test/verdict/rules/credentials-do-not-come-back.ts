import {credentialsDoNotComeBack} from '../../../src/verdict/rules/credentials-do-not-come-back.ts';
import {buildExchange, hopOf} from '../../helpers/build-hop.ts';
import {chainRuleTests} from '../../helpers/rule-table.ts';

const [a, b, c] = ['https://a.example.test', 'https://b.example.test', 'https://c.example.test'];
type Credential = string | undefined;

/** Requests to these origins in turn, each with a credential or none; each redirects to the next. */
const chain = (
	origins: readonly string[],
	credentials: readonly Credential[],
	{certain = true} = {},
) => {
	const exchanges = origins.map((origin, i) => {
		const credential = credentials[i];
		const next = origins[i + 1];
		return buildExchange(
			i + 1,
			{
				request: `GET ${origin}/${i}`,
				...(credential !== undefined && {headers: {Authorization: credential}}),
			},
			next === undefined ? {status: 200} : {status: 307, location: `${next}/${i + 1}`},
		);
	});
	const link = certain ? {} : {certain, doubts: ['a call of its own'] as const};
	return exchanges.slice(1).flatMap((followUp, i) => {
		const redirect = exchanges[i];
		return redirect ? [hopOf(i + 1, redirect, followUp, link)] : [];
	});
};
const token = 'Bearer s3cret';
const back = (number: number, at: string, scheme = 'Bearer') => ({
	expected: `no Authorization at ${at}`,
	actual: `exchange ${number}: Authorization: ${scheme} ***, meant for ${a}, and withheld in exchange 2`,
	cause:
		'each follow-up is made from the headers of the first request, and its origin compared only with the request before',
});
const home = {
	reason:
		'the credential came back only at the origin that it was meant for, where curl sends it by design, and a client of the Fetch Standard does not',
};

chainRuleTests(credentialsDoNotComeBack, [
	['one hop is not its matter', chain([a, b], [token, undefined]), 'not asked'],
	['no credential is not its matter', chain([a, b, b], []), 'not asked'],
	['one origin is not its matter', chain([a, a, a], [token, undefined, token]), 'not asked'],
	[
		"a credential that leaked at once is another rule's matter",
		chain([a, b, b], [token, token, token]),
		'not asked',
	],
	['a credential that stays withheld keeps it', chain([a, b, b], [token]), 'kept'],
	['one that is not sent at home either keeps it', chain([a, b, a], [token]), 'kept'],
	[
		'a credential that comes back at the other origin breaks it',
		chain([a, b, b], [token, undefined, token]),
		back(3, b),
	],
	[
		'its scheme may have another case',
		chain([a, b, b], [token, undefined, 'bearer  s3cret']),
		back(3, b, 'bearer'),
	],
	[
		'a credential that comes back at a third origin breaks it',
		chain([a, b, c], [token, undefined, token]),
		back(3, c),
	],
	[
		'a credential that comes back after it was home breaks it',
		chain([a, b, a, b], [token, undefined, token, token]),
		back(4, b),
	],
	[
		'a credential that comes back at home alone is not observed',
		chain([a, b, a], [token, undefined, token]),
		home,
	],
	[
		'a credential that a Location makes has not come back: see userinfo-not-used',
		chain(
			[a, b, 'https://ada:s3cret@c.example.test'],
			['Basic YWRhOnMzY3JldA==', undefined, 'Basic YWRhOnMzY3JldA=='],
		),
		'kept',
	],
	['another credential keeps it', chain([a, b, b], [token, undefined, 'Bearer other']), 'kept'],
	[
		'a breach on an uncertain link says so',
		chain([a, b, b], [token, undefined, token], {certain: false}),
		{
			...back(3, b),
			cause: `${back(3, b).cause}; or: the request is no follow-up but a call of its own, since only its address and headers tie it to the redirect; tagged links would tell`,
		},
	],
	[
		'an answer to a 401 is not observed',
		chain([a, b, b], [token, undefined, token]),
		{reason: `${b} had asked for credentials with a 401`},
		{others: [buildExchange(2.5, {request: `GET ${b}/1`}, {status: 401})]},
	],
	[
		'a 401 at another origin excuses nothing',
		chain([a, b, b], [token, undefined, token]),
		back(3, b),
		{others: [buildExchange(2.5, {request: `GET ${c}/1`}, {status: 401})]},
	],
]);
