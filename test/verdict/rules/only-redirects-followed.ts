import {onlyRedirectsFollowed} from '../../../src/verdict/rules/only-redirects-followed.ts';
import {buildExchange, type RequestData} from '../../helpers/build-hop.ts';
import {exchangeRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const key = {headers: {'Idempotency-Key': 'k1'}};
const told = (status: number, location = '/v2', more: Partial<RequestData> = {}) =>
	buildExchange(1, {request: `GET ${old}`, ...more}, {status, location});
const then = (url: string, more: Partial<RequestData> = {}) =>
	buildExchange(2, {request: `GET ${url}`, ...more}, {status: 200});
const followed = (status: number) => ({
	expected: `nothing more: ${status} is no redirect status`,
	actual: `exchange 2: GET ${moved}`,
	cause: `the client, or its caller, takes ${status} for a redirect, as it may`,
});

exchangeRuleTests(onlyRedirectsFollowed, [
	['a redirect is not its matter', [told(307)], 'not asked'],
	['what a 201 has created may be asked for', [told(201), then(moved, key)], 'not asked'],
	['what a 202 has begun may be asked for', [told(202), then(moved, key)], 'not asked'],
	['a 200 to QUERY names where its result can be fetched', [told(200)], 'not asked'],
	['a 300 that leads nowhere is not its matter', [told(300, 'mailto:a@a.test')], 'not asked'],
	['nothing more in all of a graded call keeps it', [told(300)], 'kept', {asked: {1: old}}],
	[
		'a choice that somebody makes from a 300 may lead there, too',
		[told(300), then(moved)],
		{
			reason:
				'exchange 2 went to the address in its Location, and the wire does not show whether this answer caused it; a per-call header would',
		},
	],
	...[300, 304, 305, 306, 399].map(
		status =>
			[
				`a ${status} that is followed in the same graded call breaks it`,
				[told(status), then(moved)],
				followed(status),
				{asked: {1: old}},
			] as const,
	),
	[
		'a 300 that is followed with the key of the call breaks it',
		[told(300, '/v2', key), then(moved, key)],
		followed(300),
	],
]);
