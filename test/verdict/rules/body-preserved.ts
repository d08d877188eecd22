import type {Exchange} from '../../../src/journal/exchange.ts';
import {bodyPreserved} from '../../../src/verdict/rules/body-preserved.ts';
import {buildExchange, buildHop, hopOf, type RequestData} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
type Body = Omit<RequestData, 'request'>;
const hop = (before: Body, after: Body, methods = 'PUT PUT', status = 307) => {
	const [first = '', second = ''] = methods.split(' ');
	return buildHop(
		{request: `${first} ${old}`, ...before},
		{status, location: moved},
		{request: `${second} ${moved}`, ...after},
	);
};
const ada = '{"name":"Ada"}';
const shown = '14 bytes, SHA-256 88bab6d8…: {"name":"Ada"}';
const empty = {
	expected: shown,
	actual: 'no body (0 bytes)',
	cause:
		'the body was not sent again: a stream that was not rewound, or a body dropped on the redirect',
};

const cutOff = (came: string) => ({
	reason: `the follow-up was cut off after ${came} of the 14 bytes that its Content-Length promised: see content-length-matches`,
});
const form = (boundary: string, more = '') => ({
	headers: {'Content-Type': `multipart/form-data; boundary=${boundary}`},
	body: `--${boundary}\r\nContent-Disposition: form-data; name="name"\r\n\r\nAda${more}\r\n--${boundary}--\r\n`,
});
const anotherBoundary = {
	reason:
		'the same form was written anew with another boundary; whether Content-Type names that one is a matter of multipart-boundary-kept',
};

const h2 = {httpVersion: '2.0', http2: {stream: 1, pseudoHeaders: []}} as const;
const early = (ending: 'finished' | 'stopped' | 'cut') => ({before: 3, after: 0, ending});

hopRuleTests(bodyPreserved, [
	['the same bytes keep it', hop({body: ada}, {body: ada}), 'kept'],
	['other framing keeps it', hop({body: ada}, {body: ada, length: 'chunked'}), 'kept'],
	['no body on either side is not its matter', hop({}, {}), 'not asked'],
	['a changed method is not its matter', hop({body: ada}, {}, 'POST GET', 302), 'not asked'],
	['303 is not its matter', hop({body: ada}, {body: ada}, 'POST POST', 303), 'not asked'],
	['an empty body breaks it', hop({body: ada}, {body: ''}), empty],
	['no body at all breaks it', hop({body: ada}, {}), empty],
	[
		'a POST that stays POST on 302 without its body breaks it',
		hop({body: ada}, {}, 'POST POST', 302),
		empty,
	],
	[
		'a body where there was none breaks it',
		hop({}, {body: ada}),
		{expected: 'no body (0 bytes)', actual: shown},
	],
	[
		'a cut body breaks it, and the offset is told',
		hop({body: ada}, {body: ada.slice(0, 5)}),
		{
			expected: shown,
			actual: '5 bytes, SHA-256 6e47fa7c…, first different byte at offset 5: {"nam',
			cause:
				'the body was cut after 5 bytes: only a part of it was still at hand when it was sent again',
		},
	],
	['a form with another boundary is not observed', hop(form('a'), form('b')), anotherBoundary],
	[
		'nor is one whose Content-Type still names the old one',
		hop(form('a'), {...form('b'), headers: form('a').headers}),
		anotherBoundary,
	],
	[
		'a form with another boundary and another part breaks it',
		hop(form('a'), form('b', ' L')),
		{
			expected: '64 bytes, SHA-256 30ffb890…: --a…',
			actual: '66 bytes, SHA-256 566c53df…, first different byte at offset 2: --b…',
			cause: 'the multipart body was written anew with another boundary, in Content-Type as well',
		},
	],
	[
		'a text that begins with hyphens is no form',
		hop({body: '--a\r\n'}, {body: '--b\r\n'}),
		{
			expected: '5 bytes, SHA-256 c8adccb3…: --a…',
			actual: '5 bytes, SHA-256 dc4a4ca3…, first different byte at offset 2: --b…',
			cause:
				'the multipart body was written anew with another boundary, but Content-Type still names the old one: a server finds no parts in it',
		},
	],
	[
		'secrets in a body are masked',
		hop({body: '{"password":"hunter2"}'}, {body: ''}),
		{...empty, expected: '22 bytes, SHA-256 7881d759…: {"password":"***"}'},
	],
	[
		'bytes of a body are escaped',
		hop({body: 'a\x1b[31m\n'}, {body: ''}),
		{...empty, expected: '7 bytes, SHA-256 6d4337a9…: a\\x1b[31m\\n'},
	],
	[
		'an original that broke off and fits so far is not observed',
		hop({body: ada.slice(0, 6), cut: 'off', length: 14}, {body: ada}),
		{
			reason:
				"only 6 of the 14 bytes of the redirected request's body came, and the follow-up's begins with them and is as long as its Content-Length promised",
		},
	],
	[
		'an original that broke off before an empty repetition breaks it by its Content-Length',
		hop({cut: 'off', length: 14}, {body: ''}),
		{...empty, expected: '14 bytes, as the Content-Length of the redirected request promised'},
	],
	[
		'a stream that goes on in the follow-up breaks it, and no offset is told behind what came',
		hop({body: 'aaa', cut: 'off', length: 8}, {body: 'aaaaa'}),
		{
			expected: '8 bytes, as the Content-Length of the redirected request promised',
			actual: '5 bytes, SHA-256 ed968e84…: aaaaa',
			cause:
				'the stream went on where the first request had left it: 3 + 5 = 8 bytes; it was not rewound',
		},
	],
	[
		'a stream that goes on in a follow-up that broke off breaks it',
		hop({body: 'aaa', cut: 'off', length: 8}, {body: 'b', cut: 'off', length: 5}),
		{
			expected: '8 bytes, as the Content-Length of the redirected request promised',
			actual: 'a Content-Length of 5 bytes',
			cause:
				'the stream went on where the first request had left it: 3 + 5 = 8 bytes; it was not rewound',
		},
	],
	[
		'an original that broke off and differs breaks it',
		hop({body: 'abc', cut: 'off', length: 'chunked'}, {body: 'axc'}),
		{
			expected: 'a body that begins with 3 bytes, SHA-256 ba7816bf…: abc',
			actual: '3 bytes, SHA-256 af51dba5…, first different byte at offset 1: axc',
		},
	],
	[
		'a follow-up that is shorter than what came of the original breaks it',
		hop({body: 'abc', cut: 'off', length: 'chunked'}, {body: 'ab'}),
		{
			expected: 'a body that begins with 3 bytes, SHA-256 ba7816bf…: abc',
			actual: '2 bytes, SHA-256 fb8e20fc…, first different byte at offset 2: ab',
			cause:
				'the body was cut after 2 bytes: only a part of it was still at hand when it was sent again',
		},
	],
	[
		'a body whose rest comes behind its Content-Length is a matter of that',
		hop({body: ada}, {body: ada.slice(0, 10)}),
		{
			reason:
				'the rest of the body came behind the end that Content-Length names: see content-length-matches',
		},
		{
			others: [noHttp(3, ada.slice(10))],
		},
	],
	[
		'a follow-up that still arrives is not observed',
		hop({body: ada}, {body: ada.slice(0, 3), cut: 'arriving', length: 14}),
		{reason: "the follow-up's body is still on its way"},
	],
	[
		'a follow-up that breaks off before its Content-Length is a matter of that',
		hop({body: ada}, {body: ada.slice(0, 3), cut: 'off', length: 14}),
		cutOff('3 bytes'),
	],
	[
		'so is a follow-up with headers only',
		hop({body: ada}, {cut: 'off', length: 14}),
		cutOff('0 bytes'),
	],
	[
		'a follow-up that breaks off in chunks is not observed',
		hop({body: ada}, {body: ada.slice(0, 3), cut: 'off', length: 'chunked'}),
		{
			reason:
				'the follow-up broke off after 3 bytes with its end unmarked: the client gave up in the open',
		},
	],
	[
		'a follow-up that breaks off and differs breaks it',
		hop({body: ada}, {body: 'x', cut: 'off', length: 'chunked'}),
		{
			expected: shown,
			actual: '1 byte, SHA-256 2d711642…, first different byte at offset 0: x',
		},
	],
	[
		'a follow-up that was answered before its end may stop',
		answeredEarly(),
		{
			reason:
				'the follow-up was answered before its body had ended, so the client was free to stop after 0 bytes',
		},
	],
	[
		'a follow-up that is answered before its end, and says so, may stop',
		hop(
			{body: ada},
			{body: ada.slice(0, 3), cut: 'off', length: 14, afterAnswer: early('stopped')},
		),
		{
			reason:
				'the follow-up was answered before its body had ended, so the client was free to stop after 3 bytes',
		},
	],
	[
		'a follow-up that the double cuts off shows nothing',
		hop({body: ada}, {body: ada.slice(0, 3), cut: 'off', length: 14, afterAnswer: early('cut')}),
		{reason: "the double ended the connection when 3 bytes of the follow-up's body had come"},
	],
	[
		'a follow-up of HTTP/2 whose stream the double ends shows nothing',
		hop({body: ada}, {...h2, body: '{', cut: 'off', length: 14, afterAnswer: early('cut')}),
		{reason: "the double ended the stream when 1 byte of the follow-up's body had come"},
	],
	[
		'a follow-up that announces another length breaks it, even where it may stop',
		hop({body: ada}, {body: ada.slice(0, 3), cut: 'off', length: 9, afterAnswer: early('stopped')}),
		{expected: shown, actual: 'a Content-Length of 9 bytes'},
	],
	[
		'so is a follow-up of HTTP/2 that breaks off before its Content-Length',
		hop({body: ada}, {...h2, body: ada.slice(0, 3), cut: 'off', length: 14}),
		cutOff('3 bytes'),
	],
	[
		'a follow-up of HTTP/2 whose stream is reset is not observed',
		hop({body: ada}, {...h2, body: ada.slice(0, 3), cut: 'off', length: 'frames'}),
		{
			reason:
				'the follow-up broke off after 3 bytes with its end unmarked: the client gave up in the open',
		},
	],
	[
		'an original of unknown length that ended after its answer may have been cut short',
		hop(
			{...h2, body: ada.slice(0, 6), length: 'frames', afterAnswer: early('finished')},
			{body: ada},
		),
		{
			reason:
				"the redirected request ended after 6 bytes, when it had been answered; the follow-up's body begins with them and goes on, and no length tells whether the first was cut short",
		},
	],
	[
		'an original that ended as long as it was announced was not cut short',
		hop({body: ada.slice(0, 6), afterAnswer: early('finished')}, {body: ada}),
		{
			expected: '6 bytes, SHA-256 4a0135ee…: {"name',
			actual: '14 bytes, SHA-256 88bab6d8…, first different byte at offset 6: {"name":"Ada"}',
			cause: 'the repetition has 8 bytes more at its end',
		},
	],
	[
		'an original of unknown length that ended after its answer and differs breaks it',
		hop({body: 'x', length: 'chunked', afterAnswer: early('finished')}, {body: ada}),
		{
			expected: '1 byte, SHA-256 2d711642…: x',
			actual: '14 bytes, SHA-256 88bab6d8…, first different byte at offset 0: {"name":"Ada"}',
		},
	],
	['frames of HTTP/2 keep it', hop({body: ada}, {...h2, body: ada, length: 'frames'}), 'kept'],
	[
		'an original of which nothing came, and whose length fits, is not observed',
		hop(
			{cut: 'off', length: 14, afterAnswer: {before: 0, after: 0, ending: 'stopped'}},
			{body: ada},
		),
		{
			reason:
				"none of the redirected request's body came, and the follow-up's is as long as its Content-Length promised",
		},
	],
	[
		'an original of unknown length of which nothing came is not observed',
		hop({cut: 'off', length: 'chunked'}, {body: ada}),
		{reason: "none of the redirected request's body came, so there is nothing to compare with"},
	],
	[
		'an original of unknown length that broke off is compared as far as it came',
		hop({...h2, body: ada.slice(0, 6), cut: 'off', length: 'frames'}, {body: ada}),
		{
			reason:
				"only 6 bytes of the redirected request's body came, and the follow-up's begins with them",
		},
	],
	[
		'so it is where the original broke off as well',
		hop({cut: 'off', length: 14}, {body: ada.slice(0, 3), cut: 'off', length: 14}),
		cutOff('3 bytes'),
	],
]);

function answeredEarly() {
	const {redirect} = hop({body: ada}, {body: ada});
	const then = {request: `PUT ${moved}`, cut: 'off', length: 14, at: 20} as const;
	return hopOf(1, redirect, buildExchange(2, then, {status: 417, at: 20}));
}

/** Bytes that are no HTTP, in the place of this exchange. */
function noHttp(number: number, bytes: string): Exchange {
	const exchange = buildExchange(number, {request: `PUT ${old}`});
	const malformed = {code: 'HPE_INVALID_METHOD', message: '', bytes: Buffer.from(bytes)};
	return {...exchange, request: {...exchange.request, method: '', malformed}};
}
