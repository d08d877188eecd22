import {digestNamesTarget} from '../../../src/verdict/rules/digest-names-target.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [api, cdn] = ['https://api.example.test', 'https://cdn.example.test'];
const hop = (before: string, after: string | undefined, to = `${api}/v2?a=1`) =>
	buildHop(
		{request: `GET ${api}/v1`, headers: {Authorization: before}},
		{status: 307, location: to},
		{request: `GET ${to}`, headers: after === undefined ? {} : {Authorization: after}},
	);
const digest = (uri: string) => `Digest username="ada", uri="${uri}", response="0a"`;
const first = digest('/v1');
const wrong = (uri: string) => ({
	expected: 'Authorization: Digest … uri="/v2?a=1"',
	actual: `Authorization: Digest … uri="${uri}"`,
});
const copied = {
	...wrong('/v1'),
	cause:
		'the credentials of the redirected request were copied by the client, or set by its caller for every request',
};

hopRuleTests(digestNamesTarget, [
	['other credentials are not its matter', hop('Bearer s', 'Bearer s'), 'not asked'],
	['credentials that are left out are not its matter', hop(first, undefined), 'not asked'],
	['credentials of another scheme are not its matter', hop(first, 'Basic YTpi'), 'not asked'],
	['credentials for the target keep it', hop(first, digest('/v2?a=1')), 'kept'],
	['an absolute URI keeps it', hop(first, digest(`${api}/v2?a=1`)), 'kept'],
	['a uri without quotes keeps it', hop(first, 'digest username="ada",uri=/v2?a=1'), 'kept'],
	['the same target keeps it', hop(first, first, `${api}/v1`), 'kept'],
	['a copy breaks it', hop(first, first), copied],
	['a uri without the query breaks it', hop(first, digest('/v2')), wrong('/v2')],
	[
		"a copy at another origin is another rule's matter",
		hop(first, first, `${cdn}/v2`),
		'not asked',
	],
	[
		'new credentials for the wrong target at another origin break it',
		hop(first, digest('/v2'), `${cdn}/v2?a=1`),
		wrong('/v2'),
	],
	[
		'no uri is not observed',
		hop(first, 'Digest username="ada"'),
		{reason: 'the credentials have no uri'},
	],
	[
		'a target that was wrong before is not observed',
		hop(digest('/v0'), digest('/v0')),
		{reason: 'the credentials of the redirected request named another target, too'},
	],
]);
