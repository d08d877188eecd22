import test from 'ava';
import type {MalformedMessage} from '../../../src/journal/exchange.ts';
import {framingUnambiguous} from '../../../src/verdict/rules/framing-unambiguous.ts';
import {around, buildExchange, type RequestData} from '../../helpers/build-hop.ts';

const request = 'POST https://api.example.test/users';
const refused = (code: string, message: string): RequestData => ({
	request,
	malformed: {code, message, bytes: Buffer.from('POST / HTTP/1.1')} satisfies MalformedMessage,
});

const rows: readonly (readonly [title: string, request: RequestData, outcome: string])[] = [
	['a chunked body keeps it', {request, body: 'x', length: 'chunked'}, 'kept'],
	[
		'Content-Length behind Transfer-Encoding breaks it',
		refused('HPE_INVALID_CONTENT_LENGTH', "Content-Length can't be present with Transfer-Encoding"),
		'broken',
	],
	[
		'Content-Length before Transfer-Encoding breaks it',
		refused(
			'HPE_INVALID_TRANSFER_ENCODING',
			"Transfer-Encoding can't be present with Content-Length",
		),
		'broken',
	],
	['a body with a length is not its matter', {request, body: 'x'}, 'not asked'],
	['a request without a body is not its matter', {request}, 'not asked'],
	[
		'a length that is no number is not its matter',
		refused('HPE_INVALID_CONTENT_LENGTH', 'Invalid character in Content-Length'),
		'not asked',
	],
];

for (const [title, data, outcome] of rows)
	test(`framing-unambiguous: ${title}`, t => {
		const exchange = buildExchange(1, data, {status: 200});
		const said = framingUnambiguous.appliesTo(exchange)
			? framingUnambiguous.check(exchange, around([], {}, [exchange])).outcome
			: 'not asked';
		t.is(said, outcome);
	});
