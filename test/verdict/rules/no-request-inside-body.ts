import type {AfterAnswer, Exchange} from '../../../src/journal/exchange.ts';
import type {Hop} from '../../../src/journal/hop.ts';
import {noRequestInsideBody} from '../../../src/verdict/rules/no-request-inside-body.ts';
import {
	buildBody,
	buildExchange,
	buildHop,
	hopOf,
	type RequestData,
} from '../../helpers/build-hop.ts';
import {redirectRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2?token=s3cret'];
const head = 'PUT /v2?token=s3cret HTTP/1.1\r\nHost: 127.0.0.1:41234\r\nContent-Length: 40\r\n\r\n';

/** A PUT of 400 bytes that was answered after the first three, with what came behind them. */
const answered = (
	then: string,
	ending: AfterAnswer['ending'] = 'hung',
	more: Partial<RequestData> = {},
): Hop => ({
	number: 1,
	redirect: buildExchange(
		1,
		{
			request: `PUT ${old}`,
			body: `abc${then}`,
			cut: 'off',
			length: 400,
			afterAnswer: {before: 3, after: then.length, ...(ending && {ending})},
			...more,
		},
		{status: 307, location: moved},
	),
	state: 'waiting',
});
const malformed = (text: string): Partial<RequestData> => ({
	length: 'chunked',
	malformed: {code: 'HPE_INVALID_CHUNK_SIZE', message: '', bytes: Buffer.from(text)},
});
const begun = (line: string, place: string) => ({
	expected: 'the rest of the body, or another connection',
	actual: `${line}, ${place}`,
	cause:
		'the client took the connection for free when the answer was here: a server reads the request as a part of the body',
});

redirectRuleTests(noRequestInsideBody, [
	[
		'an answer after the body is not its matter',
		buildHop(
			{request: `PUT ${old}`, body: 'a'},
			{status: 307, location: moved},
			{request: `PUT ${moved}`},
		),
		'not asked',
	],
	[
		'HTTP/2 is not its matter',
		answered(head, 'hung', {http2: {stream: 1, pseudoHeaders: []}, httpVersion: '2.0'}),
		'not asked',
	],
	['a client that goes on with its body keeps it', answered('defgh', 'finished'), 'kept'],
	['a client that closes the connection keeps it', answered('', 'stopped'), 'kept'],
	['a client that hangs keeps it', answered('', 'hung'), 'kept'],
	[
		'the head of the follow-up inside the body breaks it',
		answered(head),
		begun('PUT /v2?token=*** HTTP/1.1', 'after 3 bytes of the body'),
	],
	[
		'it does so behind what was on its way, too',
		answered(`defgh${head}xyz`),
		begun('PUT /v2?token=*** HTTP/1.1', 'after 8 bytes of the body'),
	],
	[
		'in a body that ends as announced it may be content',
		endedBy(`${head}rest`),
		{
			reason:
				'PUT /v2?token=*** HTTP/1.1 stands in the body, which came to its end as announced: it may be content',
		},
	],
	[
		'it is none where more comes behind that body that is no HTTP',
		endedBy(`${head}rest`),
		begun('PUT /v2?token=*** HTTP/1.1', 'after 3 bytes of the body'),
		{others: [noHttp('of the body')]},
	],
	[
		'a GET and a tagged link are known, too',
		answered(head.replace('PUT', 'GET').replace('s3cret', 's3cret&followthrough-hop=1')),
		begun('GET /v2?token=***&followthrough-hop=1 HTTP/1.1', 'after 3 bytes of the body'),
	],
	[
		'so is the absolute form of a proxy',
		answered(head.replace(' /', ' http://api.example.test/')),
		begun('PUT http://api.example.test/v2?token=*** HTTP/1.1', 'after 3 bytes of the body'),
	],
	['a request to elsewhere is content', answered(head.replace('/v2', '/v3'), 'stopped'), 'kept'],
	['a request line without fields is content', answered(head.slice(0, 30), 'stopped'), 'kept'],
	[
		'what came before the answer is content',
		answered('', 'stopped', {
			body: head,
			afterAnswer: {before: head.length, after: 0, ending: 'stopped'},
		}),
		'kept',
	],
	[
		'the head of the follow-up in the place of a chunk breaks it',
		answered('', 'hung', malformed(head)),
		begun('PUT /v2?token=*** HTTP/1.1', 'where a chunk should begin'),
	],
	[
		'other bytes in the place of a chunk show nothing',
		answered('', 'hung', malformed('zzz')),
		{reason: 'what came after the answer is no HTTP (HPE_INVALID_CHUNK_SIZE)'},
	],
	[
		'a connection that the double ends shows nothing',
		answered('de', 'cut'),
		{reason: 'the double ended the connection, so nothing could follow on it'},
	],
	[
		'a body that still comes is not observed',
		{...answered('', undefined), redirect: stillComing()},
		{reason: 'the body is still on its way'},
	],
	[
		'bytes that are gone are not observed',
		withoutBytes(answered(head)),
		{reason: 'not all of what came after the answer is at hand to be looked through'},
	],
	['a whole repetition elsewhere shows that it is content', repeated(), 'kept'],
	[
		'so does one that begins with the part that came',
		hopOf(
			1,
			answered(head, 'stopped').redirect,
			buildExchange(2, {request: `PUT ${moved}`, body: `abc${head}and more`}),
		),
		'kept',
	],
	[
		'it shows nothing of what stands in the place of a chunk',
		hopOf(
			1,
			answered('de', 'hung', malformed(head)).redirect,
			buildExchange(2, {request: `PUT ${moved}`, body: 'abcde and more'}),
		),
		begun('PUT /v2?token=*** HTTP/1.1', 'where a chunk should begin'),
	],
	[
		'a head that is longer than the body breaks it, too',
		endedBy(head.slice(0, 10)),
		begun('PUT /v2?token=*** HTTP/1.1', 'after 3 bytes of the body'),
		{others: [noHttp(head.slice(10))]},
	],
	[
		'it does so where the parser tells of all that came at once',
		endedBy(`de${head.slice(0, 10)}`),
		begun('PUT /v2?token=*** HTTP/1.1', 'after 5 bytes of the body'),
		{others: [noHttp(`e${head}`)]},
	],
	[
		'a head that begins behind the body is not inside it',
		endedBy('defgh'),
		{reason: 'what came behind the body on the connection is no HTTP (HPE_INVALID_METHOD)'},
		{others: [noHttp(`???${head}`)]},
	],
	[
		'other bytes behind the body show nothing',
		endedBy('GET /elsew'),
		{reason: 'what came behind the body on the connection is no HTTP (HPE_INVALID_METHOD)'},
		{others: [noHttp('here HTTP/1.1\r\nHost: h\r\n\r\n')]},
	],
	[
		'what came on another connection is not its matter',
		endedBy(head.slice(0, 10)),
		'kept',
		{others: [noHttp(head.slice(10), 2)]},
	],
]);

/** All of a body came after the answer to it, or what the double took for it. */
function endedBy(then: string): Hop {
	return answered(then, 'finished', {cut: undefined, length: undefined});
}

/** Bytes in the place of the next request on a connection. */
function noHttp(text: string, number = 1): Exchange {
	const exchange = buildExchange(2, {request: `X ${old}`});
	const fault = {code: 'HPE_INVALID_METHOD', message: '', bytes: Buffer.from(text)};
	return {
		...exchange,
		request: {...exchange.request, method: '', malformed: fault},
		connection: {...exchange.connection, number},
	};
}

function stillComing() {
	const afterAnswer = {before: 3, after: 0};
	const request = {
		request: `PUT ${old}`,
		body: 'abc',
		cut: 'arriving',
		length: 400,
		afterAnswer,
	} as const;
	return buildExchange(1, request, {status: 307, location: moved});
}

function withoutBytes(hop: Hop): Hop {
	const {request} = hop.redirect;
	const body = {...request.body, preview: () => new Uint8Array()};
	return {...hop, redirect: {...hop.redirect, request: {...request, body}}};
}

function repeated(): Hop {
	const {redirect} = answered(head, 'finished', {cut: undefined, length: undefined});
	const {request} = redirect;
	const {sha256} = buildBody(`abc${head}`);
	if (request.body.sha256 !== sha256) throw new Error('The body is another one.');
	return hopOf(1, redirect, buildExchange(2, {request: `PUT ${moved}`, body: `abc${head}`}));
}
