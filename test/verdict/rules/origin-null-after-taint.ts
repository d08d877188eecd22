import {originNullAfterTaint} from '../../../src/verdict/rules/origin-null-after-taint.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [a, b] = ['https://a.example.test', 'https://b.example.test'];
const page = 'https://page.example.test';
const fetched = {'Sec-Fetch-Site': 'cross-site'};
const hop = (
	origin: string,
	after: string | undefined,
	{
		to = b,
		fields = fetched,
		host,
	}: {to?: string; fields?: Record<string, string>; host?: string} = {},
) =>
	buildHop(
		{
			request: `GET ${a}/1`,
			headers: {...(host !== undefined && {Host: host}), Origin: origin, ...fields},
		},
		{status: 307, location: `${to}/2`},
		{request: `GET ${to}/2`, headers: after === undefined ? fetched : {...fetched, Origin: after}},
	);
const named = (origin: string) => ({
	expected: 'Origin: null',
	actual: `Origin: ${origin}`,
	cause: 'the Origin of the first request was sent again, though a foreign server chose the target',
});

hopRuleTests(originNullAfterTaint, [
	['null after a redirect from one foreign origin to another keeps it', hop(page, 'null'), 'kept'],
	['the page at the other origin breaks it', hop(page, page), named(page)],
	['the way back to the page is no exception', hop(page, page, {to: page}), named(page)],
	['null on the way back to the page keeps it', hop(page, 'null', {to: page}), 'kept'],
	["the page's own origin may send it anywhere", hop(a, a), 'not asked'],
	['a foreign origin may send it on within itself', hop(page, page, {to: a}), 'not asked'],
	['an Origin that was null already says nothing', hop('null', page), 'not asked'],
	[
		"Node's fetch is no browser",
		hop(page, page, {fields: {'Sec-Fetch-Mode': 'cors'}}),
		'not asked',
	],
	[
		'a client that is no browser copies what its caller set',
		hop(page, page, {fields: {}}),
		'not asked',
	],
	[
		'the address of a listener is its own origin, too',
		hop('http://127.0.0.1:4001', 'http://127.0.0.1:4001', {host: '127.0.0.1:4001'}),
		'not asked',
	],
	[
		'no Origin is not observed',
		hop(page, undefined),
		{reason: 'there is no Origin, and not every request of a browser has one'},
	],
	[
		'another Origin is not observed',
		hop(page, b),
		{reason: 'another Origin was sent, which the caller may have set'},
	],
]);
