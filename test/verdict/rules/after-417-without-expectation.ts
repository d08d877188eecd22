import {after417WithoutExpectation} from '../../../src/verdict/rules/after-417-without-expectation.ts';
import {buildExchange, type RequestData} from '../../helpers/build-hop.ts';
import {exchangeRuleTests} from '../../helpers/rule-table.ts';

const url = 'https://api.example.test/uploads';
const expecting = {Expect: '100-continue'};
const id = {'X-Request-Id': 'r1'};
const refused = (more: Partial<RequestData> = {}, status = 417) =>
	buildExchange(
		1,
		{request: `PUT ${url}`, headers: expecting, cut: 'off', length: 9, ...more},
		{status},
	);
const then = (more: Partial<RequestData> = {}) =>
	buildExchange(2, {request: `PUT ${url}`, body: 'something', ...more}, {status: 201});
const again = {
	expected: `PUT ${url} without Expect: 100-continue`,
	actual: 'exchange 2: the same request with Expect: 100-continue',
	cause:
		'the client, or its caller, sets the expectation on each attempt, whatever it was answered',
};
const notRepeated = {
	reason: 'the request was not repeated, which a client may leave to its caller',
};
const mayBeItsOwn = {
	reason: 'exchange 2 may be a call of its own; a per-call header that is repeated would tell',
};

exchangeRuleTests(after417WithoutExpectation, [
	['another status is not its matter', [refused({}, 413)], 'not asked'],
	['a 417 without an expectation is not its matter', [refused({headers: {}})], 'not asked'],
	[
		'an expectation of another kind is not its matter',
		[refused({headers: {Expect: 'x'}})],
		'not asked',
	],
	['a request that is not repeated shows nothing', [refused()], notRepeated],
	[
		'a call to another address is no repetition',
		[refused(), then({request: `PUT ${url}/2`})],
		notRepeated,
	],
	['the same length without the expectation keeps it', [refused(), then()], 'kept'],
	['another length may be another call', [refused(), then({body: 'else'})], mayBeItsOwn],
	[
		'the same expectation may be of another call',
		[refused(), then({headers: expecting})],
		mayBeItsOwn,
	],
	[
		'the same expectation with the id of the call breaks it',
		[refused({headers: {...expecting, ...id}}), then({headers: {...expecting, ...id}})],
		again,
	],
	[
		'the same expectation in the same graded call breaks it',
		[refused(), then({headers: {expect: '100-Continue'}})],
		again,
		{asked: {1: url}},
	],
	[
		'no expectation in the same graded call keeps it',
		[refused({length: 'chunked'}), then({body: 'else'})],
		'kept',
		{asked: {1: url}},
	],
	[
		'a call that grading asked for is no repetition',
		[refused(), then({headers: expecting})],
		notRepeated,
		{asked: {1: url, 2: url}},
	],
]);
