import {permanentMethodPreserved} from '../../../src/verdict/rules/permanent-method-preserved.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const hop = (from: string, to: string, status = 308) =>
	buildHop({request: `${from} ${old}`}, {status, location: moved}, {request: `${to} ${moved}`});

hopRuleTests(permanentMethodPreserved, [
	['a repeated DELETE keeps it', hop('DELETE', 'DELETE'), 'kept'],
	['a 301 is not its matter', hop('POST', 'GET', 301), 'not asked'],
	[
		'POST that became GET breaks it',
		hop('POST', 'GET'),
		{
			expected: 'POST',
			actual: 'GET',
			cause: 'the client handles 308 like 302 or 303, where POST becomes GET',
		},
	],
]);
