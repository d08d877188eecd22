import type {AfterAnswer, Exchange} from '../../../src/journal/exchange.ts';
import {contentLengthMatches} from '../../../src/verdict/rules/content-length-matches.ts';
import {buildExchange, buildHop, hopOf, type RequestData} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const ada = '{"name":"Ada"}';
const hop = (then: Omit<RequestData, 'request'>) =>
	buildHop(
		{request: `PUT ${old}`, body: ada},
		{status: 307, location: moved},
		{request: `PUT ${moved}`, ...then},
	);
const h2 = {httpVersion: '2.0', http2: {stream: 1, pseudoHeaders: []}} as const;
const early = (ending: AfterAnswer['ending']) => ({before: 3, after: 0, ...(ending && {ending})});
const announced = '14 bytes of content, as its Content-Length says';
const [ranDry, never] = [
	'the body ran dry in the middle; or the client, or its caller, gave up while it sent it',
	'the headers were repeated, but a body that was used up by the first request was not; or the client, or its caller, gave up before it sent any',
];

hopRuleTests(contentLengthMatches, [
	['as many bytes as announced keep it', hop({body: ada}), 'kept'],
	['no byte keeps it where none is announced', hop({body: ''}), 'kept'],
	['so do as many on HTTP/2', hop({...h2, body: ada}), 'kept'],
	['chunks are not its matter', hop({body: ada, length: 'chunked'}), 'not asked'],
	['frames without a length are not', hop({...h2, body: ada, length: 'frames'}), 'not asked'],
	['no body announced is not', hop({}), 'not asked'],
	[
		'a body that ends with its connection before its length breaks it',
		hop({body: ada.slice(0, 3), cut: 'off', length: 14}),
		{expected: announced, actual: '3 bytes, then the end of the connection', cause: ranDry},
	],
	[
		'a head whose body never comes breaks it',
		hop({cut: 'off', length: 14}),
		{expected: announced, actual: '0 bytes, then the end of the connection', cause: never},
	],
	[
		'a connection of HTTP/2 that ends breaks it, too',
		hop({...h2, body: 'abc', cut: 'off', length: 14}),
		{expected: announced, actual: '3 bytes, then the end of the stream', cause: ranDry},
	],
	[
		'a stream that the client resets is given up in the open',
		hop({...h2, http2: {...h2.http2, reset: 8}, body: 'abc', cut: 'off', length: 14}),
		{reason: 'the client gave up the stream in the open'},
	],
	[
		'a slow body is not observed',
		hop({body: 'abc', cut: 'arriving', length: 14}),
		{reason: "the follow-up's body is still on its way"},
	],
	[
		'a body that the double cuts off shows nothing',
		hop({body: 'abc', cut: 'off', length: 14, afterAnswer: early('cut')}),
		{reason: "the double ended the connection before the follow-up's body had ended"},
	],
	[
		'a body that was answered before its end may stop',
		hop({body: 'abc', cut: 'off', length: 14, afterAnswer: early('stopped')}),
		{
			reason:
				'the follow-up was answered before its body had ended, so the client was free to stop',
		},
	],
	[
		'a body whose answer was sent when it broke off may stop',
		answeredEarly(),
		{
			reason:
				'the follow-up was answered before its body had ended, so the client was free to stop',
		},
	],
	[
		'a length that is no number says nothing',
		notANumber(),
		{reason: 'its Content-Length is no number'},
	],
	[
		'bytes behind the content that are no HTTP break it',
		hop({body: ada}),
		{
			expected: announced,
			actual: 'these, and behind them bytes that are no HTTP (HPE_INVALID_METHOD)',
			cause:
				'the body has become longer, and Content-Length was copied: a server takes the rest for the next request',
		},
		{others: [noHttp('HPE_INVALID_METHOD')]},
	],
	[
		'bytes on a connection that the client has closed in words are not read',
		hop({body: ada}),
		{reason: 'the client sent more after it had said that it would close the connection'},
		{others: [noHttp('HPE_CLOSED_CONNECTION')]},
	],
	[
		'bytes on another connection are not its matter',
		hop({body: ada}),
		'kept',
		{others: [noHttp('HPE_INVALID_METHOD', 2)]},
	],
]);

function answeredEarly() {
	const {redirect} = hop({body: ada});
	const then = {request: `PUT ${moved}`, cut: 'off', length: 14, at: 20} as const;
	return hopOf(1, redirect, buildExchange(2, then, {status: 417, at: 20}));
}

function notANumber() {
	const followed = hop({body: ada});
	const headers = [['Content-Length', '14, 14']] as const;
	const request = {...followed.followUp.request, headers};
	return {...followed, followUp: {...followed.followUp, request}};
}

/** Bytes in the place of the request behind the follow-up. */
function noHttp(code: string, number = 1): Exchange {
	const exchange = buildExchange(3, {request: `X ${old}`, connection: {number}});
	const malformed = {code, message: '', bytes: Buffer.from('a"}')};
	return {...exchange, request: {...exchange.request, method: '', malformed}};
}
