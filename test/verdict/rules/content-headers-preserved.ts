import {contentHeadersPreserved} from '../../../src/verdict/rules/content-headers-preserved.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
type Fields = Readonly<Record<string, string>>;
const hop = (before: Fields, after: Fields, method = 'POST', status = 307, body = 'x') =>
	buildHop(
		{request: `POST ${old}`, headers: before, body},
		{status, location: moved},
		{request: `${method} ${moved}`, headers: after, body},
	);
const json = {'Content-Type': 'application/json'};

hopRuleTests(contentHeadersPreserved, [
	['equal fields keep it', hop(json, json), 'kept'],
	['another case of the name keeps it', hop(json, {'content-type': 'application/json'}), 'kept'],
	['a request without content fields is not its matter', hop({}, json), 'not asked'],
	['a request without content is not its matter', hop(json, {}, 'POST', 307, ''), 'not asked'],
	['a changed method is not its matter', hop(json, {}, 'GET', 302), 'not asked'],
	[
		'fields that are gone break it',
		hop({...json, 'Content-Encoding': 'gzip', 'Content-Language': 'de'}, {}),
		{
			expected: 'Content-Type: application/json\nContent-Encoding: gzip\nContent-Language: de',
			actual: 'no Content-Type\nno Content-Encoding\nno Content-Language',
			cause:
				'the client drops content headers on every redirect, not only when the method becomes GET',
		},
	],
	[
		'a field that changed breaks it',
		hop(
			{...json, 'Content-Location': '/a'},
			{'Content-Type': 'text/plain', 'Content-Location': '/a'},
		),
		{expected: 'Content-Type: application/json', actual: 'Content-Type: text/plain'},
	],
]);
