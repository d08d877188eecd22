import test from 'ava';
import {bodyDifferenceCause} from '../../src/verdict/body-difference-cause.ts';
import {buildExchange} from '../helpers/build-hop.ts';

const json = '{"name": "Ada", "age": 36}';
const form = (boundary: string) =>
	`--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--${boundary}--\r\n`;
const multipart = (boundary: string) => `multipart/form-data; boundary=${boundary}`;
const gzip = Buffer.from([0x1f, 0x8b, 8, 0, 1]);

type Body = string | Uint8Array;

const rows: readonly [
	title: string,
	before: Body,
	after: Body,
	cause: string | undefined,
	types?: readonly [string, string],
][] = [
	[
		'an empty body',
		json,
		'',
		'the body was not sent again: a stream that was not rewound, or a body dropped on the redirect',
	],
	[
		'an object as text',
		json,
		'[object Object]',
		'the body was turned into the text "[object Object]" instead of being serialised',
	],
	[
		'a new boundary in the body only',
		form('a'),
		form('b'),
		'the multipart body was written anew with another boundary, but Content-Type still names the old one: a server finds no parts in it',
		[multipart('a'), multipart('a')],
	],
	[
		'a new boundary in both',
		form('a'),
		form('b'),
		'the multipart body was written anew with another boundary, in Content-Type as well',
		[multipart('a'), multipart('b')],
	],
	['a doubled body', json, json + json, 'the body was sent twice in one message'],
	[
		'a prefix',
		json,
		json.slice(0, 9),
		'the body was cut after 9 bytes: only a part of it was still at hand when it was sent again',
	],
	[
		'a suffix',
		json,
		json.slice(9),
		'the repetition began at offset 9 of the original: the stream was not rewound to its start',
	],
	['bytes at the end', json, `${json}\n`, 'the repetition has 1 byte more at its end'],
	['bytes at the start', json, `\uFEFF${json}`, 'the repetition has 3 bytes more at its start'],
	[
		'a coding taken off',
		gzip,
		json,
		'the body was gzip-compressed, and its coding was taken off before it was sent again',
	],
	['a coding put on', json, gzip, 'the body was gzip-compressed before it was sent again'],
	['other line endings', 'a\r\nb', 'a\nb', 'the line endings were changed'],
	[
		'JSON written anew',
		json,
		'{"age":36,"name":"Ada"}',
		'the JSON was parsed and written anew: the same value in other bytes',
	],
	['JSON in JSON', json, JSON.stringify(json), 'the body was serialised as JSON twice'],
	[
		'a form written anew',
		'a=b+c&d=1',
		'd=1&a=b%20c',
		'the form was parsed and written anew: the same fields in other bytes',
		['application/x-www-form-urlencoded', 'application/x-www-form-urlencoded'],
	],
	['something else', json, '{"name": "Eve", "age": 36}', undefined],
];

const cutOff = (body: string, length: number, cut?: 'off') =>
	buildExchange(1, {request: 'POST https://api.example.test/', body, length, ...(cut && {cut})})
		.request;
const goneOn = (came: string, then: string) =>
	`the stream went on where the first request had left it: ${came} + ${then} = 1,200 bytes; it was not rewound`;

test('the cause of a stream that goes on is told, by its length alone', t => {
	const first = cutOff('a'.repeat(100), 1200, 'off');
	t.is(bodyDifferenceCause(first, cutOff('a'.repeat(1100), 1100)), goneOn('100', '1,100'));
	t.is(bodyDifferenceCause(first, cutOff('b', 1100, 'off')), goneOn('100', '1,100'));
	const most = cutOff('a'.repeat(1100), 1200, 'off');
	t.is(bodyDifferenceCause(most, cutOff('a'.repeat(100), 100)), goneOn('1,100', '100'));
});

test('the cause of a part that is repeated as it came is not that the stream went on', t => {
	const half = 'a'.repeat(600);
	t.is(bodyDifferenceCause(cutOff(half, 1200, 'off'), cutOff(half, 600)), undefined);
	t.is(bodyDifferenceCause(cutOff(half, 1201, 'off'), cutOff(half + half, 1200)), undefined);
});

for (const [title, before, after, cause, types] of rows) {
	test(`the cause of ${title} is ${cause === undefined ? 'not known' : 'told'}`, t => {
		const [original, repeated] = [before, after].map((body, index) => {
			const headers: Record<string, string> =
				types === undefined ? {} : {'Content-Type': types[index] ?? ''};
			return buildExchange(1, {request: 'POST https://api.example.test/', headers, body}).request;
		});
		if (original === undefined || repeated === undefined) return t.fail();
		return t.is(bodyDifferenceCause(original, repeated), cause);
	});
}
