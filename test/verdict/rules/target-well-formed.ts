import type {Exchange} from '../../../src/journal/exchange.ts';
import type {Hop} from '../../../src/journal/hop.ts';
import {targetWellFormed} from '../../../src/verdict/rules/target-well-formed.ts';
import {buildExchange, buildHop} from '../../helpers/build-hop.ts';
import {redirectRuleTests} from '../../helpers/rule-table.ts';

const origin = 'https://api.example.test';
const followed = (location: string, target: string) =>
	buildHop(
		{request: `GET ${origin}/v1`},
		{status: 307, location},
		{request: `GET ${origin}/v2`, target},
	);
const open = (location: string, state: 'declined' | 'waiting' = 'declined'): Hop => ({
	number: 1,
	redirect: buildExchange(1, {request: `GET ${origin}/v1`}, {status: 307, location}),
	state,
});
/** A request that could not be read, by its first line. */
function unread(line: string, number = 2): Exchange {
	const exchange = buildExchange(number, {
		request: `GET ${origin}/`,
		malformed: {
			code: 'HPE_INVALID_CONSTANT',
			message: 'Expected HTTP/',
			bytes: Buffer.from(`${line}\r\nHost: api.example.test\r\n\r\n`, 'latin1'),
		},
	});
	return {...exchange, request: {...exchange.request, method: '', target: '', url: ''}};
}
const raw = (instead: string, target: string) => ({
	expected: `a request-target with %20 and the like in the place of ${instead}`,
	actual: `exchange 2: ${target}`,
	cause: 'the client puts the Location into the request line as it came',
});
const declined = {reason: 'the redirect was not followed'};

redirectRuleTests(targetWellFormed, [
	['encoded spaces keep it', followed('/a b', '/a%20b'), 'kept'],
	[
		'a raw space breaks it',
		open('/a b'),
		raw('spaces', '/a b'),
		{others: [unread('GET /a b HTTP/1.1')]},
	],
	[
		'so in an absolute Location',
		open(`${origin}/x/a b?c`),
		raw('spaces', '/x/a b?c'),
		{others: [unread('GET /x/a b?c HTTP/1.1')]},
	],
	[
		'raw bytes break it',
		open('/caf\xc3\xa9'),
		raw('raw bytes above 7F', '/caf\\xc3\\xa9'),
		{others: [unread('GET /caf\xc3\xa9 HTTP/1.1')]},
	],
	[
		'control characters break it',
		open('/a\x01b'),
		raw('control characters', '/a\\x01b'),
		{others: [unread('GET /a\x01b HTTP/1.1')]},
	],
	['a raw target in HTTP/2 breaks it', followed('/a b', '/a b'), raw('spaces', '/a b')],
	['who does not follow breaks nothing', open('/a b'), declined],
	[
		'while a follow-up may come nothing is said',
		open('/a b', 'waiting'),
		{reason: 'the redirect still waits for a follow-up'},
	],
	[
		'another unreadable request is another matter',
		open('/a b'),
		declined,
		{others: [unread('GET /c d HTTP/1.1')]},
	],
	[
		'an earlier unreadable request is another matter',
		{
			...open('/a b'),
			redirect: buildExchange(3, {request: `GET ${origin}/v1`}, {status: 307, location: '/a b'}),
		},
		declined,
		{others: [unread('GET /a b HTTP/1.1')]},
	],
	['spaces around a Location are no part of it', followed(' /a ', '/a'), 'not asked'],
	['what is encoded already is not its matter', followed('/a%20b', '/a%20b'), 'not asked'],
	['a fragment is not sent', followed('/a#b c', '/a'), 'not asked'],
]);
