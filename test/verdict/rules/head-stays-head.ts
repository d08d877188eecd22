import {headStaysHead} from '../../../src/verdict/rules/head-stays-head.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const hop = (before: string, after: string, status = 303) =>
	buildHop(
		{request: `${before} ${old}`},
		{status, location: moved},
		{request: `${after} ${moved}`},
	);

hopRuleTests(headStaysHead, [
	['HEAD again keeps it', hop('HEAD', 'HEAD'), 'kept'],
	[
		'GET breaks it',
		hop('HEAD', 'GET'),
		{
			expected: 'HEAD',
			actual: 'GET',
			cause: 'the client turns every method into GET at 303: content that nobody asked for is sent',
		},
	],
	['another method is a matter of see-other-retrieves', hop('HEAD', 'POST'), 'not asked'],
	['POST may become GET', hop('POST', 'GET'), 'not asked'],
	['GET stays GET', hop('GET', 'GET'), 'not asked'],
	['at 307 method-preserved speaks', hop('HEAD', 'GET', 307), 'not asked'],
	['at 308 permanent-method-preserved does', hop('HEAD', 'GET', 308), 'not asked'],
	['at 302 only-post-becomes-get does', hop('HEAD', 'GET', 302), 'not asked'],
]);
