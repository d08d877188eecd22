import {onlyPostBecomesGet} from '../../../src/verdict/rules/only-post-becomes-get.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const hop = (from: string, to: string, status = 302) =>
	buildHop({request: `${from} ${old}`}, {status, location: moved}, {request: `${to} ${moved}`});

hopRuleTests(onlyPostBecomesGet, [
	['POST may become GET on 302', hop('POST', 'GET'), 'kept'],
	['POST may become GET on 301', hop('POST', 'GET', 301), 'kept'],
	['POST may stay POST', hop('POST', 'POST'), 'kept'],
	['PUT that stays PUT keeps it', hop('PUT', 'PUT'), 'kept'],
	['303 is not its matter', hop('PUT', 'GET', 303), 'not asked'],
	[
		'PUT that became GET breaks it',
		hop('PUT', 'GET', 301),
		{
			expected: 'PUT',
			actual: 'GET',
			cause: 'the exception that lets POST become GET on 301 was taken for PUT too',
		},
	],
	['POST that became HEAD breaks it', hop('POST', 'HEAD'), {expected: 'POST', actual: 'HEAD'}],
]);
