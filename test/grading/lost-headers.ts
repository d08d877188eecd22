import test from 'ava';
import {lostHeaders} from '../../src/grading/lost-headers.ts';
import type {HeaderLines} from '../../src/http/header-lines.ts';
import {type ClientAdapter, gradeClient, type ScenarioInput} from '../../src/index.ts';
import {createClient} from '../clients/conforming.ts';
import {adapterOf} from '../helpers/graded.ts';

type Case = readonly [what: string, given: HeaderLines, sent: HeaderLines, lost: readonly string[]];

const cases: readonly Case[] = [
	['sent as it was given', [['X-Call', '1']], [['x-call', '1']], []],
	['not sent', [['X-Call', '1']], [['Accept', '*/*']], ['X-Call: 1']],
	[
		'sent with another value',
		[['Accept', 'a/b']],
		[['Accept', '*/*']],
		['Accept: a/b (it sent: */*)'],
	],
	['a secret', [['Authorization', 'Bearer hunter2']], [], ['Authorization: Bearer ***']],
	[
		'of two lines that are joined',
		[
			['X', 'a'],
			['X', 'b'],
		],
		[['X', 'a, b']],
		[],
	],
	[
		'of two lines, one of which is lost',
		[
			['X', 'a'],
			['X', 'b'],
		],
		[['X', 'b']],
		['X: a, b (it sent: b)'],
	],
	['given a further value', [['Accept', 'a/b']], [['Accept', 'a/b,*/*']], []],
	['a part of another value', [['X', 'a']], [['X', 'ab']], ['X: a (it sent: ab)']],
	['empty', [['X-Empty', '']], [], []],
	[
		'a media type that is written anew',
		[['Content-Type', 'text/plain; charset=utf-8']],
		[['Content-Type', 'text/plain;charset=UTF-8']],
		[],
	],
	[
		'for the client to decide',
		[
			['Host', 'a.test'],
			['Expect', '100-continue'],
			['Cookie', 'a=b'],
			['User-Agent', 'x'],
			['Proxy-Authorization', 'x'],
			['Sec-Fetch-Mode', 'cors'],
		],
		[],
		[],
	],
];

for (const [what, given, sent, lost] of cases)
	test(`of a field that is ${what}, ${lost[0] ?? 'nothing'} is lost`, t => {
		t.deepEqual(lostHeaders(given, sent, true), lost);
	});

test('what describes content may be left out where there is none', t => {
	t.deepEqual(lostHeaders([['Content-Type', 'text/plain']], [], false), []);
});

test('an adapter that loses the headers is a failed set-up, which names them and no secret', async t => {
	const client = adapterOf(createClient());
	const careless: ClientAdapter = call => client({...call, headers: []});
	const {passed, why, scenarios} = await gradeClient(careless, {scenarios: ['cross-origin']});
	t.false(passed);
	t.is(scenarios[0]?.state, 'set-up failed');
	const reason = scenarios[0]?.why ?? '';
	t.regex(reason, /^the client sent [A-Z]+ https:\S+ without headers that it was given: /);
	t.regex(reason, /Authorization: Bearer \*\*\*/);
	t.is(why, `the set-up failed in 1 scenario; in cross-origin: ${reason}`);
});

test('a client that keeps credentials back until it is asked for them has lost none', async t => {
	const client = adapterOf(createClient());
	const shy: ClientAdapter = async call => {
		const {status} = (await client({...call, headers: []})) ?? {};
		return status === 401 ? client(call) : {status: status ?? 0};
	};
	const guarded: ScenarioInput = {
		name: 'guarded',
		calls: [{request: 'GET http://a.test/', headers: {Authorization: 'Basic YTpi'}}],
		routes: [
			{
				request: {url: 'http://a.test/', headers: {Authorization: {pattern: 'Basic'}}},
				response: {status: 307, headers: {Location: '/there'}},
			},
			{request: 'GET http://a.test/', response: {status: 401}},
			{request: 'GET http://a.test/there', response: {status: 200}},
		],
	};
	const {scenarios} = await gradeClient(shy, {scenarios: [guarded]});
	t.is(scenarios[0]?.why, undefined);
});
