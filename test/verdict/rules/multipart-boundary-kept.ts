import {multipartBoundaryKept} from '../../../src/verdict/rules/multipart-boundary-kept.ts';
import {buildHop, type RequestData} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const part = 'Content-Disposition: form-data; name="name"\r\n\r\nAda\r\n';
const form = (boundary: string) => `--${boundary}\r\n${part}--${boundary}--\r\n`;
const typed = (boundary: string, type = 'multipart/form-data') => ({
	'Content-Type': `${type}; boundary=${boundary}`,
});
type Half = Omit<RequestData, 'request'>;
const once: Half = {headers: typed('once'), body: form('once')};
const hop = (then: Half, first: Half = once, methods = 'POST POST', status = 307) => {
	const [before = '', after = ''] = methods.split(' ');
	return buildHop(
		{request: `${before} ${old}`, ...first},
		{status, location: moved},
		{request: `${after} ${moved}`, ...then},
	);
};
const named = (boundary: string, body: string): Half => ({headers: typed(boundary), body});
const stale =
	'the body was written anew with another boundary, but Content-Type still names the old one: a server finds no parts in it';
const renamed = 'Content-Type was written anew, but not the body: a server finds no parts in it';
const large = 9 * 1024 * 1024;

hopRuleTests(multipartBoundaryKept, [
	['the same form keeps it', hop(once), 'kept'],
	['another boundary in Content-Type and body keeps it', hop(named('anew', form('anew'))), 'kept'],
	[
		'a delimiter behind a preamble keeps it',
		hop(named('once', `for\nold\n${form('once')}`)),
		'kept',
	],
	[
		'white space behind the delimiter keeps it',
		hop(named('once', '--once \t\r\nA: b\r\n')),
		'kept',
	],
	['an empty form keeps it', hop(named('once', '--once--')), 'kept'],
	['a quoted boundary keeps it', hop({headers: typed('"once"'), body: form('once')}), 'kept'],
	['a quoted character keeps it', hop({headers: typed('"on\\ce"'), body: form('once')}), 'kept'],
	[
		'another parameter before the boundary keeps it',
		hop({headers: typed('once', 'Multipart/Mixed; charset="a;boundary=b"'), body: form('once')}),
		'kept',
	],
	[
		'another boundary in the body alone breaks it',
		hop(named('once', form('anew'))),
		{
			expected: 'a line that begins with --once',
			actual: 'lines that begin with --anew',
			cause: stale,
		},
	],
	[
		'a boundary that merely begins alike breaks it',
		hop(named('once', form('oncemore'))),
		{
			expected: 'a line that begins with --once',
			actual: 'lines that begin with --oncemore',
			cause: stale,
		},
	],
	[
		'another boundary in Content-Type alone breaks it',
		hop(named('anew', form('once'))),
		{
			expected: 'a line that begins with --anew',
			actual: 'lines that begin with --once',
			cause: renamed,
		},
	],
	[
		'a Content-Type without its boundary breaks it',
		hop({headers: {'Content-Type': 'multipart/form-data'}, body: form('once')}),
		{
			expected: 'a boundary in Content-Type',
			actual: 'lines that begin with --once',
			cause: renamed,
		},
	],
	[
		'a body with no delimiter breaks it, also where the boundary stands inside a line',
		hop(named('once', 'name=--once')),
		{expected: 'a line that begins with --once', actual: 'no such line', cause: stale},
	],
	[
		'another type is not its matter',
		hop({headers: {'Content-Type': 'text/plain'}, body: 'a'}),
		'not asked',
	],
	['a lost body is not', hop({headers: typed('once'), body: ''}), 'not asked'],
	[
		'a form without a boundary from the start is not',
		hop(once, {
			headers: {'Content-Type': 'multipart/form-data'},
			body: form('once'),
		}),
		'not asked',
	],
	['a rewritten method is not', hop(once, once, 'POST GET', 302), 'not asked'],
	['303 is not', hop(once, once, 'POST POST', 303), 'not asked'],
	[
		'an encoded form is not observed',
		hop({...once, headers: {...typed('once'), 'Content-Encoding': 'gzip'}}),
		{reason: 'the content is encoded, so that its lines are not seen'},
	],
	[
		'a form whose caller named another boundary from the start is not observed',
		hop(named('once', form('anew')), named('once', form('mine'))),
		{
			reason:
				'the redirected request itself has no line with the boundary that its Content-Type names',
		},
	],
	[
		'a form of which nothing came before the redirect is not observed',
		hop(named('once', form('anew')), {headers: typed('once'), body: '', cut: 'off', length: 90}),
		{
			reason:
				'of the redirected request no line with the boundary that its Content-Type names was seen',
		},
	],
	[
		'a follow-up that was cut off is not observed',
		hop({...once, body: '--on', cut: 'off', length: 90}),
		{reason: "the follow-up's body has not come whole"},
	],
	[
		'a delimiter is found behind much else',
		hop(named('once', `${'x'.repeat(100_000)}\r\n${form('once')}`)),
		'kept',
	],
	[
		'a body of which not all can be looked through is not observed',
		hop(named('once', 'x'.repeat(large))),
		{
			reason: "not all of the follow-up's body is at hand, and no such line is in its first bytes",
		},
	],
]);
