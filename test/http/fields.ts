import test from 'ava';
import {isContentField} from '../../src/http/content-fields.ts';
import {callFields, isCallWide} from '../../src/http/field-kinds.ts';

const rows = [
	['Content-Type', true],
	['content-encoding', true],
	['Content-Language', true],
	['Content-Location', true],
	['Digest', true],
	['Repr-Digest', true],
	['Last-Modified', true],
	['Content-Length', false],
	['Accept', false],
	['Host', false],
] as const;

for (const [name, expected] of rows)
	test(`${name} ${expected ? 'speaks' : 'does not speak'} of the content`, t => {
		t.is(isContentField(name), expected);
	});

test('what a user agent makes anew for each request does not speak of the call', t => {
	for (const name of ['host', 'connection', 'cookie', 'authorization', 'content-type', 'referer'])
		t.false(isCallWide(name), name);
	for (const name of ['accept', 'user-agent', 'if-match', 'x-tenant', ...callFields])
		t.true(isCallWide(name), name);
});
