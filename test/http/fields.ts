import test from 'ava';
import {isContentField} from '../../src/http/content-fields.ts';
import {isMadeAnew} from '../../src/http/field-kinds.ts';

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

test('what belongs to the connection, the target or the attempt is made anew, the rest is repeated', t => {
	for (const name of ['host', 'connection', 'cookie', 'authorization', 'content-type', 'referer'])
		t.true(isMadeAnew(name), name);
	for (const name of ['accept', 'user-agent', 'if-match', 'x-tenant', 'idempotency-key'])
		t.false(isMadeAnew(name), name);
});
