import test from 'ava';
import fc from 'fast-check';
import type {Exchange} from '../../src/journal/exchange.ts';
import {Arrivals} from '../../src/verdict/arrivals.ts';
import {judgeHop} from '../../src/verdict/judge.ts';
import {LaterRequests} from '../../src/verdict/later-requests.ts';
import {anyJournal} from '../helpers/any-journal.ts';
import {around, buildExchange, hopOf} from '../helpers/build-hop.ts';

test('the next call to an address is found, whatever is asked before', t => {
	const question = fc.record({after: fc.nat({max: 30}), url: fc.nat(), like: fc.nat()});
	fc.assert(
		fc.property(anyJournal, fc.array(question, {maxLength: 8}), (surroundings, questions) => {
			const {exchanges, isFollowUp} = surroundings;
			const later = new LaterRequests(surroundings);
			const agentOf = ({request}: Exchange) =>
				request.headers.find(([name]) => name === 'User-Agent')?.[1];
			for (const {after, url, like} of questions) {
				const [at, from] = [url, like].map(index => exchanges[index % exchanges.length]);
				if (at === undefined || from === undefined) continue;
				const wanted = exchanges.find(
					exchange =>
						exchange.number > after &&
						!isFollowUp(exchange) &&
						exchange.request.url === at.request.url &&
						exchange.request.method === from.request.method &&
						agentOf(exchange) === agentOf(from),
				);
				t.is(later.call(after, at.request.url, from.request), wanted);
				const next = exchanges.find(
					exchange =>
						exchange.number > after && !isFollowUp(exchange) && agentOf(exchange) === agentOf(from),
				);
				t.is(later.next(after, from.request), next);
				const arrival = exchanges.find(
					({number, request}) => number > after && request.url === at.request.url,
				);
				t.is(
					new Arrivals(exchanges, ({request}) => request.url).after(after, at.request.url),
					arrival,
				);
				const use = exchanges.find(
					({number, request}) => number > after && request.hopToken === 't1',
				);
				t.is(
					later.useOfToken(after, 't1', () => true),
					use,
				);
				const even = exchanges.find(
					({number, request}) => number > after && number % 2 === 0 && request.hopToken === 't1',
				);
				t.is(
					later.useOfToken(after, 't1', ({number}) => number % 2 === 0),
					even,
				);
			}
		}),
	);
});

test('of the latest hop a long journal is not gone through', t => {
	const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
	const redirect = buildExchange(9, {request: `GET ${old}`}, {status: 307, location: moved});
	const hop = hopOf(1, redirect, buildExchange(10, {request: `GET ${moved}`}));
	const exchanges = [...Array.from({length: 8}, () => redirect), redirect, hop.followUp];
	const looked = new Set<unknown>();
	const watched = new Proxy(exchanges, {
		get(target, name) {
			looked.add(name);
			return Reflect.get(target, name);
		},
	});
	const findings = judgeHop(hop, {...around([hop]), exchanges: watched});
	t.true(findings.some(({rule}) => rule === 'original-address-kept-in-use'));
	t.deepEqual([...looked].sort(), ['9', 'length']);
});
