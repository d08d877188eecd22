import {noFragmentSent} from '../../../src/verdict/rules/no-fragment-sent.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const api = 'https://api.example.test';
const hop = (location: string, target: string) =>
	buildHop(
		{request: `GET ${api}/v1`},
		{status: 307, location},
		{request: `GET ${api}${target}`, target},
	);

hopRuleTests(noFragmentSent, [
	['a fragment that stayed behind keeps it', hop('/v2#top', '/v2'), 'kept'],
	['a Location without a fragment is not its matter', hop('/v2', '/v2'), 'not asked'],
	[
		'a fragment in the request line breaks it',
		hop('/v2#top', '/v2#top'),
		{
			expected: '/v2',
			actual: '/v2#top',
			cause: 'the Location was put into the request line as it was written, its fragment included',
		},
	],
]);
