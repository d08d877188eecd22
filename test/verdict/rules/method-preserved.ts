import {methodPreserved} from '../../../src/verdict/rules/method-preserved.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const hop = (from: string, to: string, status = 307) =>
	buildHop({request: `${from} ${old}`}, {status, location: moved}, {request: `${to} ${moved}`});

hopRuleTests(methodPreserved, [
	['a repeated POST keeps it', hop('POST', 'POST'), 'kept'],
	['a repeated extension method keeps it', hop('QUERY', 'QUERY'), 'kept'],
	['other statuses are not its matter', hop('POST', 'GET', 302), 'not asked'],
	[
		'POST that became GET breaks it',
		hop('POST', 'GET'),
		{
			expected: 'POST',
			actual: 'GET',
			cause: 'the client handles 307 like 302 or 303, where POST becomes GET',
		},
	],
	[
		'HEAD that became GET breaks it',
		hop('HEAD', 'GET'),
		{
			expected: 'HEAD',
			actual: 'GET',
			cause: 'the client follows redirects with GET, whatever was asked for',
		},
	],
	[
		'another case of the method breaks it',
		hop('patch', 'PATCH'),
		{
			expected: 'patch',
			actual: 'PATCH',
			cause: 'the case of the method was changed; methods are case-sensitive',
		},
	],
	['PUT that became POST breaks it', hop('PUT', 'POST'), {expected: 'PUT', actual: 'POST'}],
]);
