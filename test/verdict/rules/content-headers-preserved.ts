import {contentHeadersPreserved} from '../../../src/verdict/rules/content-headers-preserved.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
type Fields = Readonly<Record<string, string>>;
interface More {
	readonly method?: string;
	readonly status?: number;
	/** The body of both requests, and of the follow-up when it is another. */
	readonly body?: string;
	readonly again?: string;
	/** The body of the follow-up broke off. */
	readonly cut?: 'off';
}
const hop = (before: Fields, after: Fields, more: More = {}) => {
	const {method = 'POST', status = 307, body = 'x', again = body, cut} = more;
	return buildHop(
		{request: `POST ${old}`, headers: before, body},
		{status, location: moved},
		{request: `${method} ${moved}`, headers: after, body: again, ...(cut && {cut})},
	);
};
const json = {'Content-Type': 'application/json'};
const added =
	'the client described the body anew, instead of sending it as it was described before';

hopRuleTests(contentHeadersPreserved, [
	['equal fields keep it', hop(json, json), 'kept'],
	['another case of the name keeps it', hop(json, {'content-type': 'application/json'}), 'kept'],
	['requests without content fields are not its matter', hop({}, {}), 'not asked'],
	['a request without content is not its matter', hop(json, {}, {body: ''}), 'not asked'],
	['nor is one that only gained a type', hop({}, json, {body: ''}), 'not asked'],
	['a changed method is not its matter', hop(json, {}, {method: 'GET', status: 302}), 'not asked'],
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
	[
		'fields that were added break it',
		hop({}, {'Content-Type': 'application/x-www-form-urlencoded', 'Content-Encoding': 'gzip'}),
		{
			expected: 'no Content-Type\nno Content-Encoding',
			actual: 'Content-Type: application/x-www-form-urlencoded\nContent-Encoding: gzip',
			cause: added,
		},
	],
	[
		'an added Content-Encoding breaks it whatever the bytes are',
		hop(json, {...json, 'content-encoding': 'gzip'}, {again: 'gzipped'}),
		{expected: 'no content-encoding', actual: 'content-encoding: gzip', cause: added},
	],
	[
		'a Content-Type that was added to other bytes may be right for them',
		hop({}, json, {again: '{}'}),
		'kept',
	],
	[
		'a Content-Type that was added to bytes that did not come whole is not held against them',
		hop({}, json, {cut: 'off'}),
		'kept',
	],
	[
		'another added field that is no matter of how the bytes are read keeps it',
		hop(json, {...json, 'Content-Language': 'de'}),
		'kept',
	],
	[
		'a field that changed and one that was added break it together',
		hop(json, {'Content-Type': 'text/plain', 'Content-Encoding': 'gzip'}),
		{
			expected: 'Content-Type: application/json\nno Content-Encoding',
			actual: 'Content-Type: text/plain\nContent-Encoding: gzip',
		},
	],
	[
		'another boundary is a matter of multipart-boundary-kept',
		hop(
			{'Content-Type': 'multipart/form-data; boundary=once'},
			{'Content-Type': 'multipart/form-data;boundary="anew"'},
		),
		'kept',
	],
	[
		'another multipart type breaks it, whatever the boundary is',
		hop(
			{'Content-Type': 'multipart/form-data; boundary=once'},
			{'Content-Type': 'multipart/mixed; boundary=once'},
		),
		{
			expected: 'Content-Type: multipart/form-data; boundary=once',
			actual: 'Content-Type: multipart/mixed; boundary=once',
		},
	],
	[
		'a boundary of another type is a parameter like others',
		hop({'Content-Type': 'text/plain; boundary=a'}, {'Content-Type': 'text/plain; boundary=b'}),
		{
			expected: 'Content-Type: text/plain; boundary=a',
			actual: 'Content-Type: text/plain; boundary=b',
		},
	],
]);
