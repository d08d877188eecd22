import type {AfterAnswer} from '../../../src/journal/exchange.ts';
import type {Hop} from '../../../src/journal/hop.ts';
import {bodyWithheldWithoutContinue} from '../../../src/verdict/rules/body-withheld-without-continue.ts';
import {buildExchange, type RequestData, type ResponseData} from '../../helpers/build-hop.ts';
import {redirectRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const expecting = {Expect: '100-continue'};

/** A PUT of 10 bytes, and what came of them before and after the redirect. */
const answered = (
	afterAnswer: AfterAnswer | undefined,
	request: Partial<RequestData> = {},
	response: Partial<ResponseData> = {},
): Hop => ({
	number: 1,
	redirect: buildExchange(
		1,
		{
			request: `PUT ${old}`,
			headers: expecting,
			body: '',
			cut: 'off',
			length: 10,
			...(afterAnswer && {afterAnswer}),
			...request,
		},
		{status: 307, location: moved, ...response},
	),
	state: 'waiting',
});
const ended = (ending: AfterAnswer['ending'], after = 0, before = 0): AfterAnswer => ({
	before,
	after,
	...(ending && {ending}),
});

redirectRuleTests(bodyWithheldWithoutContinue, [
	['without Expect it has no say', answered(ended('finished', 10), {headers: {}}), 'not asked'],
	[
		'another expectation is not its matter',
		answered(ended('stopped'), {headers: {expect: 'a'}}),
		'not asked',
	],
	['HTTP/1.0 knows no expectation', answered(ended('stopped'), {httpVersion: '1.0'}), 'not asked'],
	[
		'a 100 before the redirect asks for the body',
		answered(ended('finished', 10), {}, {interim: [100]}),
		'not asked',
	],
	['a 103 does not', answered(ended('stopped'), {}, {interim: [103]}), 'kept'],
	['a client that leaves without a byte keeps it', answered(ended('stopped')), 'kept'],
	[
		'the name may be in lower case, and the value in upper',
		answered(ended('reset'), {headers: {expect: '100-Continue'}}),
		'kept',
	],
	[
		'a client that sends its body after the answer breaks it',
		answered(ended('finished', 10), {body: '0123456789', cut: undefined}),
		{
			expected: 'no byte of the body',
			actual: '10 bytes of the body, after the answer',
			cause: 'the client does not wait for 100, or takes any answer for leave to go on',
		},
	],
	[
		'a client that had begun is free to',
		answered(ended('finished', 5, 5), {body: '0123456789', cut: undefined}),
		{reason: 'the client had begun its body before it was answered, as it may'},
	],
	[
		'a client that had sent all of it is free to',
		answered(undefined, {body: '0123456789', cut: undefined}),
		{reason: 'the client had begun its body before it was answered, as it may'},
	],
	[
		'a client that has waited for long is free to send',
		answered(ended('finished', 10), {body: '0123456789', cut: undefined, at: 0}, {at: 1500}),
		{reason: 'the answer came so late that the client may have given up waiting for it'},
	],
	[
		'a client that saw the answer too late is free to send',
		answered(
			{...ended('finished', 10), goesOnAt: 1200},
			{body: '0123456789', cut: undefined, at: 0},
		),
		{
			reason:
				'the body came so late that the client may have given up waiting before it saw the answer',
		},
	],
	[
		'a connection that the double ends shows nothing',
		answered(ended('cut')),
		{reason: 'the double ended the connection before the client had decided'},
	],
	[
		'a body that may still come is not observed',
		answered(ended(undefined)),
		{reason: 'the body may still come'},
	],
]);
