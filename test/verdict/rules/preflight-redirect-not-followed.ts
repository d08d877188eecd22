import type {Hop} from '../../../src/journal/hop.ts';
import {preflightRedirectNotFollowed} from '../../../src/verdict/rules/preflight-redirect-not-followed.ts';
import {buildExchange, buildHop} from '../../helpers/build-hop.ts';
import {redirectRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const origin = {Origin: 'https://www.example.test'};
const headers = {...origin, 'Access-Control-Request-Method': 'PUT'};
const redirect = {status: 307, location: moved};

const open = (state: 'declined' | 'waiting', fields: Record<string, string> = headers): Hop => ({
	number: 1,
	redirect: buildExchange(1, {request: `OPTIONS ${old}`, headers: fields}, redirect),
	state,
});
const followed = (fields: Record<string, string> = headers) =>
	buildHop({request: `OPTIONS ${old}`, headers: fields}, redirect, {
		request: `OPTIONS ${moved}`,
		headers: fields,
	});
const call = (method: string, number: number, fields: Record<string, string> = origin) =>
	buildExchange(number, {request: `${method} ${old}`, headers: fields}, {status: 200});

const asked = (method: string) => ({...origin, 'Access-Control-Request-Method': method});

redirectRuleTests(preflightRedirectNotFollowed, [
	[
		'a preflight at the target breaks it',
		followed(),
		{
			expected: 'no request after the preflight',
			actual: `exchange 2: OPTIONS ${moved}`,
			cause: 'the client follows the redirect of a preflight like any other',
		},
	],
	[
		'the request itself breaks it',
		open('declined'),
		{
			expected: 'no request after the preflight',
			actual: `exchange 2: PUT ${old}`,
			cause: 'the client takes a redirect for the permission that it asked for',
		},
		{others: [call('PUT', 2)]},
	],
	[
		'the request may have got leave from a preflight before',
		{
			number: 1,
			redirect: buildExchange(2, {request: `OPTIONS ${old}`, headers}, redirect),
			state: 'declined',
		},
		{reason: 'an earlier preflight had got leave, which may be that of the request'},
		{
			others: [
				buildExchange(1, {request: `OPTIONS ${old}`, headers}, {status: 204}),
				call('PUT', 3),
			],
		},
	],
	[
		'a preflight at the address that redirects to itself may be for another request',
		buildHop(
			{request: `OPTIONS ${old}`, headers},
			{status: 307, location: old},
			{request: `OPTIONS ${old}`, headers},
		),
		{
			reason:
				'a preflight at the same address may ask for leave for another request, which was to go there as well',
		},
	],
	['nothing more keeps it', open('declined'), 'kept'],
	[
		'a request from elsewhere is another one',
		open('declined'),
		'kept',
		{others: [call('PUT', 2, {})]},
	],
	[
		'a request with another method is another one',
		open('declined'),
		'kept',
		{others: [call('GET', 2)]},
	],
	[
		'a request without the fields that leave was asked for is another one',
		open('declined', {...headers, 'Access-Control-Request-Headers': 'x-a,x-b'}),
		'kept',
		{others: [call('PUT', 2, {...origin, 'X-A': '1'})]},
	],
	[
		'one with these fields is the same',
		open('declined', {...asked('POST'), 'Access-Control-Request-Headers': 'x-a'}),
		{
			expected: 'no request after the preflight',
			actual: `exchange 2: POST ${old}`,
			cause: 'the client takes a redirect for the permission that it asked for',
		},
		{others: [call('POST', 2, {...origin, 'X-A': '1'})]},
	],
	[
		'a request that needs no leave is another one',
		open('declined', asked('POST')),
		'kept',
		{others: [call('POST', 2)]},
	],
	[
		'while a follow-up may come nothing is said',
		open('waiting'),
		{reason: 'the redirect still waits for a follow-up'},
	],
	[
		'after another preflight the request is allowed',
		open('declined'),
		{reason: 'another preflight came before the request itself'},
		{others: [call('OPTIONS', 2, headers), call('PUT', 3)]},
	],
	[
		'an OPTIONS without the method that is asked for is no preflight',
		followed(origin),
		'not asked',
	],
	[
		'an OPTIONS without an origin is no preflight',
		followed({'Access-Control-Request-Method': 'PUT'}),
		'not asked',
	],
]);
