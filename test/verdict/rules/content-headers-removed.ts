import {contentHeadersRemoved} from '../../../src/verdict/rules/content-headers-removed.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const hop = (method: string, headers: Readonly<Record<string, string>>, body?: string) =>
	buildHop(
		{request: `POST ${old}`, headers: {'Content-Type': 'text/plain'}, body: 'abc'},
		{status: 302, location: moved},
		{request: `${method} ${moved}`, headers, ...(body !== undefined && {body})},
	);
const cause = 'the method was changed, but the headers of the redirected request were kept';

hopRuleTests(contentHeadersRemoved, [
	['a GET without content headers keeps it', hop('GET', {Accept: '*/*'}), 'kept'],
	['a kept method is not its matter', hop('POST', {}, 'abc'), 'not asked'],
	['the Content-Length of content is not its matter', hop('GET', {}, 'abc'), 'kept'],
	[
		'Content-Type on a GET breaks it',
		hop('GET', {'Content-Type': 'text/plain'}),
		{expected: 'no content headers', actual: 'Content-Type: text/plain', cause},
	],
	[
		'a Content-Length without content breaks it',
		hop('GET', {}, ''),
		{expected: 'no content headers', actual: 'Content-Length: 0', cause},
	],
]);
