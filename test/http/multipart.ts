import test from 'ava';
import {boundaryOf, isMultipart, withoutBoundary} from '../../src/http/multipart.ts';

const boundaries: readonly (readonly [type: string | undefined, boundary: string | undefined])[] = [
	['multipart/form-data; boundary=abc', 'abc'],
	['Multipart/Mixed;charset=utf-8;Boundary="a b"', 'a b'],
	['multipart/related; boundary="a\\"b"; type="text/xml"', 'a"b'],
	['multipart/form-data; note="; boundary=no"; boundary=yes', 'yes'],
	['multipart/form-data; boundary=--=_9(x)', '--=_9(x)'],
	['multipart/form-data', undefined],
	['text/plain; boundary=abc', undefined],
	[undefined, undefined],
];

for (const [type, boundary] of boundaries)
	test(`the boundary of ${type} is ${boundary}`, t => {
		t.is(boundaryOf(type), boundary);
	});

test('a type is multipart in any case, and not by its parameters', t => {
	t.true(isMultipart(' MULTIPART/byteranges'));
	t.false(isMultipart('text/plain; like=multipart/mixed'));
});

test('what is left without the boundary has all other parameters', t => {
	t.is(
		withoutBoundary('multipart/mixed; a=1; boundary="x; b=2"; c=3'),
		'multipart/mixed; a=1; c=3',
	);
});
