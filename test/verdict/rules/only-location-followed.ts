import type {HeaderLines} from '../../../src/http/header-lines.ts';
import {onlyLocationFollowed} from '../../../src/verdict/rules/only-location-followed.ts';
import {buildExchange, hopOf, type RequestData} from '../../helpers/build-hop.ts';
import {exchangeRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const told = (headers: HeaderLines = [], more: Partial<RequestData> = {}, status = 307) =>
	buildExchange(1, {request: `POST ${old}`, body: 'Ada', ...more}, {status, headers});
const then = (url: string, more: Partial<RequestData> = {}, number = 2) =>
	buildExchange(number, {request: `POST ${url}`, ...more}, {status: 200});
const located = buildExchange(1, {request: `POST ${old}`}, {status: 307, location: '/v2'});
const key = {headers: {'Idempotency-Key': 'k1'}};
const id = {headers: {'X-Request-Id': 'r1'}};
const refresh: HeaderLines = [['Refresh', '5; url=/v2']];
const breach = (cause: string, actual = `exchange 2: POST ${moved}`) => ({
	expected: 'nothing more: the 307 has no Location',
	actual,
	cause,
});
const tookFor = (field: string, number = 2) =>
	breach(
		`the client, or its caller, took ${field} for a Location`,
		`exchange ${number}: POST ${moved}`,
	);
const open = {reason: 'no later call came from which it could be seen'};
const unsure = (field: string) => ({
	reason: `exchange 2 went to the address in its ${field}, and the wire does not show whether this answer caused it; a per-call header would`,
});

exchangeRuleTests(onlyLocationFollowed, [
	['a redirect with a Location is not its matter', [located], 'not asked'],
	['another status is not its matter', [told([], {}, 304)], 'not asked'],
	['a client that sends nothing more shows nothing yet', [told(refresh)], open],
	['nothing more in all of a graded call keeps it', [told(refresh)], 'kept', {asked: {1: old}}],
	[
		'the next call elsewhere keeps it',
		[told(refresh), then('https://api.example.test/v3')],
		'kept',
	],
	[
		'a call that was on its way before the answer shows nothing',
		[told(refresh), then('https://api.example.test/v3', {at: 12})],
		open,
	],
	[
		'a journal that dropped exchanges shows no absence',
		[told(refresh)],
		{reason: 'the journal has dropped 3 exchanges, and no later call is left in it'},
		{dropped: 3},
	],
	[
		'Refresh is followed in the same graded call',
		[told(refresh), then(moved)],
		tookFor('Refresh'),
		{asked: {1: old}},
	],
	[
		'a graded call of its own to the address of the Refresh keeps it',
		[told(refresh), then(moved)],
		'kept',
		{asked: {1: old, 2: moved}},
	],
	[
		'a request in a later graded call is not its matter',
		[told(refresh), then('https://api.example.test/v3'), then(moved, {}, 3)],
		unsureAt3(),
		{asked: {1: old, 2: 'https://api.example.test/v3'}},
	],
	[
		'Refresh is followed with the key of the call',
		[told(refresh, key), then(moved, key)],
		tookFor('Refresh'),
	],
	[
		'a Refresh in quotes, without url=, is one as well',
		[told([['Refresh', '0,"/v2"']], key), then(moved, key)],
		tookFor('Refresh'),
	],
	[
		'a Refresh that names no URL leads nowhere',
		[told([['Refresh', '5']], key), then(old, key)],
		'kept',
	],
	[
		'the same id of a request proves nothing where other content is sent: programs pass it on',
		[told([['Content-Location', '/v2']], id), then(moved, {...id, body: 'Eva'})],
		unsure('Content-Location'),
	],
	[
		'the same id with the same content is the same call',
		[told([['Content-Location', '/v2']], id), then(moved, {...id, body: 'Ada'})],
		tookFor('Content-Location'),
	],
	[
		'an id that all requests carry proves nothing',
		[
			told([['Content-Location', '/v2']], id),
			then(moved, {...id, body: 'Ada'}),
			then('https://api.example.test/v3', id, 3),
		],
		unsure('Content-Location'),
	],
	[
		'a program may fetch what Content-Location names',
		[told([['Content-Location', '/v2']]), buildExchange(2, {request: `GET ${moved}`})],
		unsure('Content-Location'),
	],
	[
		'a field that the scenario names tells a call as well',
		[
			told([['Content-Location', '/v2']], {headers: {'X-Call': 'c1'}}),
			then(moved, {headers: {'x-call': 'c1'}}),
		],
		tookFor('Content-Location'),
		{scenario: {callHeaders: ['X-Call']}},
	],
	[
		'URI, as of HTTP/1.0, is no Location',
		[told([['URI', '<https://api.example.test/v2>']], key), then(moved, key)],
		tookFor('URI'),
	],
	[
		'the word "undefined" is no address, and its content tells whose request it is',
		[told(), then('https://api.example.test/undefined', {body: 'Ada'})],
		breach(
			'the client took the Location that is not there for the word "undefined"',
			'exchange 2: POST https://api.example.test/undefined',
		),
	],
	[
		'a request for "undefined" with other content may be of a program that makes such addresses',
		[told(), buildExchange(2, {request: 'GET https://api.example.test/undefined'})],
		{
			reason:
				'exchange 2 went to an address that the word "undefined" makes, and the wire does not show whether this answer caused it; a per-call header would',
		},
	],
	[
		'a browser that navigates may obey Refresh',
		[
			told(refresh, {headers: {'Sec-Fetch-Mode': 'navigate', 'Idempotency-Key': 'k1'}}),
			then(moved, key),
		],
		refreshing(),
	],
	[
		'a client that asks for HTML may be a browser',
		[told(refresh, {headers: {Accept: 'text/html,*/*'}})],
		refreshing(),
		{asked: {1: old}},
	],
	['what another redirect caused is not its matter', ...followed()],
	[
		'behind a call of its own to the same address the request of the same call is found',
		[told(refresh, key), then(moved, {at: 12}), then(moved, key, 3)],
		tookFor('Refresh', 3),
	],
	[
		'the address itself is no decoy: a second request to it is a retry',
		[told([['Content-Location', '/v1']], key), then(old, key)],
		'kept',
	],
	[
		'a head that never came tells nobody anything',
		[buildExchange(1, {request: `POST ${old}`}, {status: 307, fault: 'reset-in-head'})],
		'not asked',
	],
]);

function refreshing() {
	return {
		reason:
			'a browser that navigates obeys Refresh on any status (HTML Standard), after the time that it names',
	};
}

function unsureAt3() {
	return {reason: unsure('Refresh').reason.replace('2', '3')};
}

function followed() {
	const first = told([['Content-Location', '/v2']], key);
	const redirect = buildExchange(2, {request: `POST ${old}`}, {status: 307, location: moved});
	const followUp = then(moved, key, 3);
	const last = then('https://api.example.test/v3', {}, 4);
	const hops = [hopOf(1, redirect, followUp)];
	return [[first, redirect, followUp, last], 'kept', {hops}] as const;
}
