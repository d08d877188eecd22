import {noContentAfterRewrite} from '../../../src/verdict/rules/no-content-after-rewrite.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const hop = (method: string, body?: string) =>
	buildHop(
		{request: `POST ${old}`, body: 'abc'},
		{status: 303, location: moved},
		{request: `${method} ${moved}`, ...(body !== undefined && {body})},
	);

hopRuleTests(noContentAfterRewrite, [
	['a GET without a body keeps it', hop('GET'), 'kept'],
	['a GET that announces a body of no bytes keeps it', hop('GET', ''), 'kept'],
	['a kept method is not its matter', hop('POST', 'abc'), 'not asked'],
	[
		'the old body on a GET breaks it',
		hop('GET', 'abc'),
		{
			expected: 'no body (0 bytes)',
			actual: '3 bytes, SHA-256 ba7816bf…: abc',
			cause: 'the method was changed to GET, but the body of the redirected request went along',
		},
	],
	[
		'another body on a HEAD breaks it',
		hop('HEAD', 'ab'),
		{expected: 'no body (0 bytes)', actual: '2 bytes, SHA-256 fb8e20fc…: ab'},
	],
]);
