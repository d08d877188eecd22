import test from 'ava';
import {
	shownBody,
	shownBytes,
	shownMethod,
	shownUrl,
	shownValue,
} from '../../src/verdict/wire-text.ts';
import {buildBody} from '../helpers/build-hop.ts';

const rows: readonly [title: string, actual: string, expected: string][] = [
	['a body of no bytes is said to be none', shownBody(buildBody('')), 'no body (0 bytes)'],
	['a short body is shown whole', shownBody(buildBody('abc')), '3 bytes, SHA-256 ba7816bf…: abc'],
	[
		'bytes in memory are shown like a body',
		shownBytes(Buffer.from('abc')),
		'3 bytes, SHA-256 ba7816bf…: abc',
	],
	[
		'a long body is cut after 60 bytes',
		shownBytes(Buffer.alloc(1_234_567, 'a')),
		`1,234,567 bytes, SHA-256 2fe0df4c…: ${'a'.repeat(60)}…`,
	],
	[
		'of a multipart body only the boundary is shown',
		shownBytes(Buffer.from('--b\r\nsecret')),
		'11 bytes, SHA-256 c91738ae…: --b…',
	],
	[
		'bytes that are no text are escaped',
		shownBytes(Buffer.from([0, 255, 10])),
		'3 bytes, SHA-256 712450d3…: \\x00\\xff\\n',
	],
	[
		'of bytes that are mostly no text 16 are shown',
		shownBytes(Buffer.alloc(99, 0xff)),
		`99 bytes, SHA-256 7fc9604a…: ${'\\xff'.repeat(16)}…`,
	],
	[
		'a secret that the excerpt cuts stays masked',
		shownBytes(Buffer.from(`{"token":"${'s'.repeat(99)}"}`)),
		'111 bytes, SHA-256 af6e69ad…: {"token":"***"…',
	],
	['control characters in a URL are escaped', shownUrl('http://a/\x1b[2J'), 'http://a/\\x1b[2J'],
	['userinfo in a URL is masked', shownUrl('http://me:pw@a/'), 'http://***@a/'],
	['a credential keeps its scheme', shownValue('Authorization', 'Bearer abc'), 'Bearer ***'],
	['a missing method is said', shownMethod(''), 'no method'],
];

for (const [title, actual, expected] of rows) test(title, t => t.is(actual, expected));
