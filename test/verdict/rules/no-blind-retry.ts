import type {SentFault} from '../../../src/journal/exchange.ts';
import {noBlindRetry} from '../../../src/verdict/rules/no-blind-retry.ts';
import {buildExchange, type RequestData} from '../../helpers/build-hop.ts';
import {exchangeRuleTests} from '../../helpers/rule-table.ts';

const old = 'https://bank.example.test/transfers';
const id = {'X-Request-Id': 'r1'};
const post = (number: number, more: Partial<RequestData> = {}, fault?: SentFault, status = 307) =>
	buildExchange(
		number,
		{request: `POST ${old}`, body: '{"amount":10}', headers: id, ...more},
		fault && {status, fault},
	);
const lost = (more: Partial<RequestData> = {}, fault: SentFault = 'garbage', status = 307) =>
	post(1, more, fault, status);
const reused = (fault: SentFault) => {
	const exchange = lost({}, fault);
	return {...exchange, connection: {...exchange.connection, exchange: 2}};
};
const repeated = {
	expected: `no second POST ${old} without a response to the first`,
	actual: `exchange 2: POST ${old}`,
	cause: 'the client, or its caller, retries what may have been done already',
};
const mayBeItsOwn = {
	reason:
		'exchange 2 is the same request, and may be a call of its own; a per-call header that is repeated would tell',
};
const idle = {
	reason:
		'the connection had been used before and ended without a byte of a response, as idle ones do',
};

exchangeRuleTests(noBlindRetry, [
	['a request that was answered is not its matter', [answered(200)], 'not asked'],
	['a 503 is not its matter', [answered(503)], 'not asked'],
	['PUT may be repeated', [lost({request: `PUT ${old}`})], 'not asked'],
	['GET may be repeated', [lost({request: `GET ${old}`})], 'not asked'],
	['a method that nobody knows may be idempotent', [lost({request: `PAY ${old}`})], 'not asked'],
	['a request whose answer may still come is not its matter', [pending()], 'not asked'],
	...(
		['garbage', 'reset-before-head', 'reset-in-head', 'reset-after-head', 'truncated'] as const
	).map(
		fault =>
			[
				`a second POST with the id of the first breaks it (${fault})`,
				[lost({}, fault), post(2)],
				repeated,
			] as const,
	),
	['a client that left and asks again breaks it', [post(1), post(2)], repeated],
	[
		'a second PATCH with the id of the first breaks it',
		[lost({request: `PATCH ${old}`}), post(2, {request: `PATCH ${old}`})],
		{
			...repeated,
			expected: `no second PATCH ${old} without a response to the first`,
			actual: `exchange 2: PATCH ${old}`,
		},
	],
	[
		'a second POST in the same graded call breaks it',
		[lost({headers: {}}), post(2, {headers: {}})],
		repeated,
		{asked: {1: old}},
	],
	[
		'a second POST that grading asked for is a call of its own',
		[lost({headers: {}}), post(2, {headers: {}})],
		'kept',
		{asked: {1: old, 2: old}},
	],
	[
		'a second POST without an id may be a call of its own',
		[lost({headers: {}}), post(2, {headers: {}})],
		mayBeItsOwn,
	],
	[
		'a second POST with another id may be a call of its own, or another attempt',
		[lost(), post(2, {headers: {'X-Request-Id': 'r2'}})],
		mayBeItsOwn,
	],
	[
		'an id that other requests carry as well names no call',
		[lost(), post(2), post(3, {body: '{"amount":20}'})],
		mayBeItsOwn,
	],
	[
		'another call that comes between hides no second POST',
		[lost(), post(2, {body: '{"amount":20}', headers: {}}), post(3)],
		{...repeated, actual: `exchange 3: POST ${old}`},
	],
	[
		'a call that had begun before the connection broke shows nothing yet',
		[
			buildExchange(
				1,
				{request: `POST ${old}`, body: '{"amount":10}', headers: id, at: 1},
				{status: 307, fault: 'garbage', at: 50},
			),
			post(2, {body: '{"amount":20}', headers: {}, at: 20}),
		],
		{reason: 'no later call came from which it could be seen'},
	],
	['a POST with other content is another call', [lost(), post(2, {body: '{"amount":20}'})], 'kept'],
	[
		'a call of another kind keeps it',
		[lost(), post(2, {request: 'GET https://bank.example.test/'})],
		'kept',
	],
	['nothing more in all of a graded call keeps it', [lost()], 'kept', {asked: {1: old}}],
	[
		'nothing more shows nothing yet',
		[lost()],
		{reason: 'no later call came from which it could be seen'},
	],
	[
		'a request with an Idempotency-Key may be repeated',
		[lost({headers: {'Idempotency-Key': 'k1'}}), post(2, {headers: {'Idempotency-Key': 'k1'}})],
		{reason: 'the request has an Idempotency-Key, by which a server knows it again'},
	],
	[
		'a request that never came whole may be repeated',
		[lost({cut: 'off'}), post(2)],
		{reason: 'the request never came whole, so that the client knows that it was not carried out'},
	],
	['an idle connection that ends is a known risk', [reused('reset-before-head'), post(2)], idle],
	['bytes on a used connection are no idle one', [reused('garbage'), post(2)], repeated],
	[
		'what a client does about a status of error is its own matter',
		[lost({}, 'truncated', 503), post(2)],
		{
			reason: 'the head of a 503 was sent, and what a client does about it is its own matter',
		},
	],
]);

function answered(status: number) {
	return buildExchange(1, {request: `POST ${old}`, headers: id}, {status});
}

function pending() {
	return {...post(1), sealed: false};
}
