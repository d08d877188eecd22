import type {AfterAnswer} from '../../../src/journal/exchange.ts';
import type {Hop} from '../../../src/journal/hop.ts';
import {earlyAnswerNoticed} from '../../../src/verdict/rules/early-answer-noticed.ts';
import {buildExchange, hopOf, type RequestData} from '../../helpers/build-hop.ts';
import {redirectRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];

/** A PUT of 10 bytes that was answered after 3 of them. */
const declined = (ending: AfterAnswer['ending'], more: Partial<RequestData> = {}): Hop => ({
	number: 1,
	redirect: buildExchange(
		1,
		{
			request: `PUT ${old}`,
			body: '0123',
			cut: 'off',
			length: 10,
			afterAnswer: {before: 3, after: 1, ...(ending && {ending})},
			...more,
		},
		{status: 307, location: moved},
	),
	state: 'declined',
});
const followed = (ending: AfterAnswer['ending']) =>
	hopOf(
		1,
		declined(ending).redirect,
		buildExchange(2, {request: `PUT ${moved}`, body: '0123456789'}),
	);
const whole: Hop = {
	...declined('hung'),
	redirect: buildExchange(1, {request: `PUT ${old}`, body: '0'}, {status: 307, location: moved}),
};

redirectRuleTests(earlyAnswerNoticed, [
	['an answer after the body is not its matter', whole, 'not asked'],
	['a client that finishes the body keeps it', declined('finished'), 'kept'],
	['a client that stops keeps it', declined('stopped'), 'kept'],
	['a client that breaks the connection off keeps it', declined('reset'), 'kept'],
	['a client that stops and follows keeps it', followed('stopped'), 'kept'],
	['a client that follows from another connection has noticed', followed('hung'), 'kept'],
	['a silent client that follows has noticed', followed('silent'), 'kept'],
	[
		'a client that is silent may be slow',
		declined('silent'),
		{
			reason:
				'the client sent nothing for two seconds, and did not leave: it may hang, or make its body slowly',
		},
	],
	[
		'a client that hangs breaks it',
		declined('hung'),
		{
			expected: 'the rest of the body, or the end of the connection or stream',
			actual: 'neither, until the double read on; in all, 4 of the 10 bytes of the body came',
			cause:
				'the client writes its whole body before it reads an answer, and waits for a server that reads no more',
		},
	],
	[
		'a body of unknown length counts as it came',
		declined('hung', {length: 'chunked'}),
		{
			expected: 'the rest of the body, or the end of the connection or stream',
			actual: 'neither, until the double read on; in all, 4 bytes of the body came',
			cause:
				'the client writes its whole body before it reads an answer, and waits for a server that reads no more',
		},
	],
	[
		'a connection that the double ends shows nothing',
		declined('cut'),
		{reason: 'the double ended the connection before the client had decided'},
	],
	[
		'a stream of HTTP/2 that the double ends shows nothing',
		declined('cut', {httpVersion: '2.0', http2: {stream: 1, pseudoHeaders: []}}),
		{reason: 'the double ended the stream before the client had decided'},
	],
	[
		'a body that still comes is not observed',
		declined(undefined, {cut: 'arriving'}),
		{reason: 'the body is still on its way'},
	],
]);
