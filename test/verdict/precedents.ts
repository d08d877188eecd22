import {isDeepStrictEqual} from 'node:util';
import test from 'ava';
import fc from 'fast-check';
import {chainsOf} from '../../src/journal/chains.ts';
import {isFollowed} from '../../src/journal/hop.ts';
import {judge, judgeChain, judgeExchange, judgeHop} from '../../src/verdict/judge.ts';
import {hasMessages, messagesOf} from '../../src/verdict/messages.ts';
import {Precedents} from '../../src/verdict/precedents.ts';
import {anyJournal} from '../helpers/any-journal.ts';
import {buildHop} from '../helpers/build-hop.ts';

const runs = {numRuns: 500};

test('a verdict says what is said of each hop, each chain and each exchange alone', t => {
	fc.assert(
		fc.property(anyJournal, surroundings => {
			const {hops, exchanges} = surroundings;
			const findings = [
				...hops.flatMap(hop => judgeHop(hop, surroundings)),
				...chainsOf(hops).flatMap(chain => judgeChain(chain, surroundings)),
				...exchanges.flatMap(exchange => judgeExchange(exchange, surroundings)),
			];
			const {broken, kept, notObserved} = judge(surroundings);
			const outcomes = {broken, kept, 'not observed': notObserved};
			for (const [outcome, list] of Object.entries(outcomes))
				t.deepEqual(
					list,
					findings.filter(finding => finding.outcome === outcome),
				);
		}),
		runs,
	);
});

test('hops have the same messages when all that rules about messages see is equal', t => {
	fc.assert(
		fc.property(anyJournal, ({hops}) => {
			const followed = hops.filter(isFollowed);
			for (const hop of followed)
				for (const other of followed)
					t.is(
						hasMessages(other, messagesOf(hop)),
						isDeepStrictEqual(messagesOf(other), messagesOf(hop)),
					);
		}),
		runs,
	);
});

test('messages hold no numbers, times, tokens or bodies', t => {
	const hop = buildHop(
		{request: 'POST https://api.example.test/v1', body: 'Ada'},
		{status: 307, location: '/v2'},
		{request: 'POST https://api.example.test/v2', body: 'Ada', hopToken: 't1'},
	);
	const {redirect, followUp} = messagesOf(hop);
	for (const {request} of [redirect, followUp])
		t.deepEqual(Object.keys(request).sort(), [
			...['content', 'fields', 'framing', 'hasFragment', 'headers', 'httpVersion', 'method'],
			...['origin', 'trailers', 'url'],
		]);
	t.deepEqual(Object.keys(redirect.response), ['status', 'location', 'closes', 'setCookies']);
});

test('a hop with the messages of the one before it has the same precedent', t => {
	const hop = buildHop(
		{request: 'POST https://api.example.test/v1', body: 'Ada'},
		{status: 307, location: '/v2'},
		{request: 'POST https://api.example.test/v2', body: 'Ada'},
	);
	const precedents = new Precedents();
	const first = precedents.of(hop);
	t.is(precedents.of({...hop, number: 2}), first);
	const {followUp} = hop;
	const other = {...followUp, request: {...followUp.request, method: 'GET'}};
	t.not(precedents.of({...hop, followUp: other}), first);
});
