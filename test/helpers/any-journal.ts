import fc from 'fast-check';
import type {HeaderLines} from '../../src/http/header-lines.ts';
import type {Exchange, InterimResponse} from '../../src/journal/exchange.ts';
import type {Hop} from '../../src/journal/hop.ts';
import type {Surroundings} from '../../src/verdict/rule.ts';
import {around, buildExchange, hopOf, type RequestData, type ResponseData} from './build-hop.ts';

const api = 'https://api.example.test';
const cdn = 'https://cdn.example.test';

/** Most often the first, so that many messages differ in one thing or in none. */
function mostly<Value>(usual: Value, ...others: Value[]): fc.Arbitrary<Value> {
	return fc.oneof(
		{weight: 8, arbitrary: fc.constant(usual)},
		{weight: 2, arbitrary: fc.constantFrom(...others)},
	);
}

const headers = mostly<HeaderLines>(
	[
		['Host', 'api.example.test'],
		['User-Agent', 'one/1'],
		['Content-Type', 'application/json'],
	],
	[],
	[
		['Host', 'cdn.example.test'],
		['User-Agent', 'one/1'],
		['Authorization', 'Bearer s3cret'],
		['Cookie', 'sid=abc'],
	],
	[
		['host', 'api.example.test'],
		['X-Key', '1'],
		['Connection', 'X-Key'],
		['Expect', '100-continue'],
		['Content-Encoding', 'gzip'],
	],
);

const request: fc.Arbitrary<RequestData> = fc
	.record({
		method: mostly('POST', 'GET', 'HEAD'),
		url: mostly(`${api}/v2`, `${api}/v1`, `${api}/v2?from=v1`, `${cdn}/v2`),
		target: mostly<string | undefined>(undefined, '/v2#new'),
		headers,
		body: mostly('Ada', 'Eva', 'Grace', ''),
		length: mostly<'chunked' | 'frames' | undefined>('frames', 'chunked', undefined),
		cut: mostly<'off' | 'arriving' | undefined>(undefined, 'off', 'arriving'),
		httpVersion: mostly('2.0', '1.1', '1.0'),
		authority: mostly(undefined, 'api.example.test', 'cdn.example.test'),
		ending: mostly(undefined, 'finished' as const, 'hung' as const),
		hopToken: mostly(undefined, 't1'),
	})
	.map(({method, url, target, body, authority, ending, hopToken, ...rest}) => ({
		request: `${method} ${url}`,
		...rest,
		...(target !== undefined && {target}),
		...(body !== '' && {body}),
		...(authority !== undefined && {
			http2: {stream: 1, pseudoHeaders: [[':authority', authority]]},
		}),
		...(ending && {afterAnswer: {before: 0, after: 2, goesOnAt: 11, ending}}),
		...(hopToken !== undefined && {hopToken}),
	}));

const response: fc.Arbitrary<ResponseData> = fc
	.record({
		status: mostly(307, 302, 303, 308),
		location: mostly('/v2', '/v2#new', `${cdn}/v2`, '../v2?from=v1', '::'),
		sent: mostly(undefined, 'http://127.0.0.1:4000/v2'),
		interim: mostly<readonly InterimResponse[]>(
			[],
			[{status: 103, headers: [['Location', '/v2']], sentAt: 1}],
		),
		headers: mostly<HeaderLines>([], [['Set-Cookie', 'sid=abc']], [['Cache-Control', 'public']]),
	})
	.map(({sent, ...rest}) => ({...rest, ...(sent !== undefined && {sent})}));

const link = fc.constantFrom(
	{},
	{certain: false, rivals: 1, doubts: ['another redirect'] as const},
	{certain: false, evidence: ['agent'] as const, doubts: ['a call of its own'] as const},
);

const step = fc.record({
	/** Its redirect is the follow-up of the hop before it. */
	goesOn: fc.boolean(),
	first: fc.nat(),
	answer: fc.nat(),
	next: fc.nat(),
	link,
	state: fc.constantFrom<Hop['state']>('followed', 'followed', 'followed', 'waiting', 'declined'),
});

/**
 * The surroundings of some hops, made of few messages that come again and again, with calls between
 * them. Equal header lines are one object, as a journal keeps them.
 */
export const anyJournal: fc.Arbitrary<Surroundings> = fc
	.record({
		requests: fc.array(request, {minLength: 1, maxLength: 4}),
		responses: fc.array(response, {minLength: 1, maxLength: 2}),
		steps: fc.array(step, {minLength: 1, maxLength: 12}),
		dropped: fc.constantFrom(0, 0, 3),
	})
	.map(({requests, responses, steps, dropped}) => {
		const share = sharing();
		const hops: Hop[] = [];
		const others: Exchange[] = [];
		let count = 0;
		const exchange = (at: number, answer?: ResponseData) =>
			share(buildExchange(++count, pick(requests, at), answer));
		for (const {goesOn, first, answer, next, link, state} of steps) {
			const [told, last] = [pick(responses, answer), hops.at(-1)?.followUp];
			const redirect = goesOn && last?.response?.status !== 200 ? last : undefined;
			const from = redirect ?? exchange(first, told);
			const number = hops.length + 1;
			if (state === 'followed') {
				hops.push(hopOf(number, from, exchange(next, next % 2 ? {status: 200} : told), link));
			} else {
				hops.push({number, redirect: from, state});
				others.push(exchange(next, {status: 200}));
			}
		}
		return around(hops, {}, others, dropped);
	});

function pick<Item>(items: readonly Item[], at: number): Item {
	const item = items[at % items.length];
	if (item === undefined) throw new Error('There is nothing to pick from.');
	return item;
}

/** Gives exchanges with equal header lines the same lines. */
function sharing(): (exchange: Exchange) => Exchange {
	const known = new Map<string, HeaderLines>();
	return exchange => {
		const {headers} = exchange.request;
		const key = JSON.stringify(headers);
		const shared = known.get(key) ?? headers;
		known.set(key, shared);
		return {...exchange, request: {...exchange.request, headers: shared}};
	};
}
