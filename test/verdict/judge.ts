import test from 'ava';
import {chainsOf} from '../../src/journal/chains.ts';
import {judge, judgeChain, judgeHop} from '../../src/verdict/judge.ts';
import {around, buildChain, buildExchange, buildHop, hopOf} from '../helpers/build-hop.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const rewritten = buildHop(
	{request: `PUT ${old}`},
	{status: 307, location: moved},
	{request: `GET ${moved}`},
);

test('a verdict counts hops by what became of them and sorts findings by outcome', t => {
	const waiting = buildExchange(3, {request: `GET ${old}`}, {status: 307, location: moved});
	const verdict = judge(
		around([rewritten, {number: 2, redirect: waiting, state: 'waiting'}], {name: 'moves'}),
	);
	t.is(verdict.scenario, 'moves');
	t.deepEqual(verdict.hops, {followed: 1, declined: 0, waiting: 1});
	t.deepEqual(
		verdict.broken.map(({rule}) => rule),
		['method-preserved'],
	);
	t.deepEqual(
		verdict.kept.map(({rule}) => rule),
		[
			'no-content-after-rewrite',
			'content-headers-removed',
			'target-is-location',
			'host-matches-target',
		],
	);
	t.deepEqual(
		verdict.notObserved.map(({rule}) => rule),
		['original-address-kept-in-use'],
	);
});

test('a finding is plain data that names its rule, its source and its exchanges', t => {
	const [finding] = judge(around([rewritten])).broken;
	t.deepEqual(finding, {
		rule: 'method-preserved',
		level: 'must',
		statement: 'A client that follows a 307 sends the same method again.',
		source: {
			document: 'RFC 9110, 15.4.8',
			url: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.8',
			passage:
				'the user agent MUST NOT change the request method if it performs an automatic redirection to that URI',
		},
		hop: 1,
		exchanges: [1, 2],
		outcome: 'broken',
		expected: 'PUT',
		actual: 'GET',
		cause: 'the client handles 307 like 302 or 303, where POST becomes GET',
	});
});

test('verdicts and findings are frozen', t => {
	const verdict = judge(around([rewritten]));
	const [finding] = verdict.broken;
	for (const part of [
		verdict,
		verdict.hops,
		verdict.broken,
		finding,
		finding?.source,
		finding?.exchanges,
	]) {
		t.true(Object.isFrozen(part));
	}
});

test('a hop without a follow-up and without an early answer has no findings', t => {
	const redirect = buildExchange(1, {request: `GET ${old}`}, {status: 307, location: moved});
	const hop = {number: 1, redirect, state: 'declined'} as const;
	t.deepEqual(judgeHop(hop, around([hop])), []);
});

for (const [rivals, words] of [
	[1, 'another redirect fitted this request as well, so it may belong to another call'],
	[3, '3 other redirects fitted this request as well, so it may belong to another call'],
] as const) {
	test(`a breach on a link with ${rivals} rivals says that it may be another's`, t => {
		const doubts = ['another redirect'] as const;
		const {redirect, followUp} = rewritten;
		const hop = hopOf(1, redirect, followUp, {certain: false, doubts, rivals});
		const cause = `the client handles 307 like 302 or 303, where POST becomes GET; or: ${words}`;
		t.is(judge(around([hop])).broken[0]?.cause, cause);
	});
}

test('a finding about a chain names its last hop and all its exchanges', t => {
	const hops = buildChain([old, moved, old, moved], 'declined');
	const [chain] = chainsOf(hops);
	if (chain === undefined) return t.fail();
	const [finding] = judgeChain(chain, around(hops));
	t.like(finding, {rule: 'loops-stopped', outcome: 'kept', hop: 4});
	return t.deepEqual(finding?.exchanges, [1, 2, 3, 4]);
});

test('twice as many hops cost twice as many checks, not more', t => {
	const reads = (count: number) => {
		let looked = 0;
		const hops = Array.from({length: count}, (_, i) => {
			const redirect = buildExchange(
				2 * i + 1,
				{request: `GET ${old}`},
				{status: 307, location: moved},
			);
			const hop = hopOf(i + 1, redirect, buildExchange(2 * i + 2, {request: `GET ${moved}`}));
			return Object.defineProperty({...hop}, 'number', {
				get: () => ++looked && i + 1,
				enumerable: true,
			});
		});
		judge(around(hops));
		return looked;
	};
	t.is(reads(200), 2 * reads(100));
});
