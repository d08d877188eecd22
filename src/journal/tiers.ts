import {asLatin1, likeLatin1} from '../http/latin1.ts';
import {withoutEscapes} from '../http/location.ts';
import type {CallsInTurn} from './calls-in-turn.ts';
import type {Exchange} from './exchange.ts';
import type {Expectation, Message} from './expectation.ts';
import {isQueryMistake} from './query-mistake.ts';
import {type Candidate, type CauseOf, isRepetition, isRetry, type Redirect} from './redirect.ts';
import type {Tier} from './tier.ts';
import {type Traits, urlTraits} from './traits.ts';

const none: readonly string[] = [];

/** Keys of where a redirect leads, each with what may be sent there. */
function expected(
	{targets, messages}: Expectation,
	make: (target: string, message: Message) => string,
): string[] {
	const keys: string[] = [];
	for (const target of targets) for (const message of messages) keys.push(make(target, message));
	return keys;
}

/** A tier for each trait that both sides must share, at the exact target with the right message. */
function follows(name: string, trait: (request: Traits) => string): Tier {
	return {
		name,
		ground: 'url',
		keysOfRedirect: r => {
			const shared = trait(r.traits);
			return expected(r, (url, {method, body}) => `${url}\n${method}\n${body}\n${shared}`);
		},
		keysOfRequest: q => [`${q.url}\n${q.method}\n${q.body}\n${trait(q)}`],
	};
}

/** The same, for whatever was sent to the exact target. */
function reaches(name: string, trait: (request: Traits) => string): Tier {
	return {
		name,
		ground: 'url',
		keysOfRedirect: r => r.targets.map(url => `${url}\n${trait(r.traits)}`),
		keysOfRequest: q => [`${q.url}\n${trait(q)}`],
	};
}

/** The same message to an address that is not the target, but looks like a mistaken reading of it. */
function misses(
	name: string,
	part: (url: Pick<Traits, 'path' | 'query'>) => string,
	more?: Partial<Tier>,
): Tier {
	return {
		name,
		keysOfRedirect: r =>
			expected(r, (url, message) => sharedPart(part(urlTraits(url)), r.traits, message)),
		keysOfRequest: q => [sharedPart(part(q), q, q)],
		fits: isNoRetry,
		...more,
	};
}

function sharedPart(part: string, {agent, call}: Traits, {method, body}: Message): string {
	return part === '' ? '' : `${part}\n${method}\n${body}\n${agent}\n${call}`;
}

function isNoRetry(redirect: Redirect, {traits}: Candidate, causeOf: CauseOf): boolean {
	return !isRetry(redirect, traits, causeOf);
}

function keyed({key}: Traits, {method, body}: Message): string {
	return key === '' ? '' : `${key}\n${method}\n${body}`;
}

function headKey(url: string, method: string, {length, headers, call}: Traits): string {
	return `${url}\n${method}\n${length}\n${headers}\n${call}`;
}

/** How many bytes of two bodies are compared; as many as stay in memory of a large one. */
const compared = 256;

/** Whether two bodies, of which one is not whole, may be the same for all that came of them. */
function mayBeEqual({exchange: one}: Redirect, {exchange: other}: Candidate): boolean {
	const [a, b] = [one.request.body, other.request.body];
	if ((a.complete && b.size > a.size) || (b.complete && a.size > b.size)) return false;
	const size = Math.min(a.size, b.size, compared);
	return Buffer.from(a.preview(size)).equals(b.preview(size));
}

/** What tiers of per-call fields have in common. */
const ofCalls = {
	ground: 'calls',
	holds: ({traits}: Expectation) => traits.calls.length > 0,
} as const;

/**
 * All strengths of evidence, strongest first. An empty key never matches. Requests with different
 * idempotency keys, or other fields that no client makes anew, meet in no tier but the token's; with
 * different request ids or traces, only where nothing better is there.
 */
export const tiers: readonly Tier[] = [
	{
		name: 'token',
		holds: ({token}) => token !== undefined,
		keysOfRedirect: ({token}) => (token === undefined ? none : [token]),
		keysOfRequest: (_, {exchange: {request}}) =>
			request.hopToken === undefined ? none : [request.hopToken],
		ofSingle: true,
		ofTagged: true,
	},
	{
		// Several calls may share a value, as those that a service makes for one request of its own.
		name: 'call header and message',
		...ofCalls,
		keysOfRedirect: r =>
			r.traits.calls.flatMap(call =>
				expected(r, (url, {method, body}) => `${call}\n${url}\n${method}\n${body}`),
			),
		keysOfRequest: q => q.calls.map(call => `${call}\n${q.url}\n${q.method}\n${q.body}`),
		ofTagged: true,
	},
	{
		name: 'call header and target',
		...ofCalls,
		keysOfRedirect: r => r.traits.calls.flatMap(call => r.targets.map(url => `${call}\n${url}`)),
		keysOfRequest: q => q.calls.map(call => `${call}\n${q.url}`),
		ofTagged: true,
	},
	{
		// Wherever it went: with the key of one call and its message, it is no other call.
		name: 'key and message',
		...ofCalls,
		keysOfRedirect: r => r.messages.map(message => keyed(r.traits, message)),
		keysOfRequest: q => [keyed(q, q)],
		fits: isNoRetry,
		ofTagged: true,
	},
	{
		name: 'call header',
		...ofCalls,
		keysOfRedirect: r => r.traits.calls,
		keysOfRequest: q => q.calls,
		fits: isNoRetry,
		strayOnly: true,
		ofTagged: true,
	},
	// Between redirects that match in everything the newest is taken, whatever its connection: a pool
	// hands connections to anybody, and a choice by them could take away the only one that fits another.
	follows('all', q => `${q.headers}\n${q.call}`),
	{
		// A body that never came whole can't be compared; what it was said to be can.
		name: 'head',
		ground: 'url',
		keysOfRedirect: r =>
			expected(r, (url, {method, body}) =>
				body === r.traits.body ? headKey(url, method, r.traits) : '',
			),
		keysOfRequest: q => [headKey(q.url, q.method, q)],
		fits: (r, q) => !(r.expectation.traits.whole && q.traits.whole) && mayBeEqual(r, q),
	},
	follows('message', q => `${q.agent}\n${q.call}`),
	{
		...follows('message of another agent', q => q.call),
		fits: (r, q) => r.expectation.traits.body !== '' && q.traits.body !== '',
	},
	{
		...reaches('target, body', q => `${q.body}\n${q.call}`),
		fits: (_, q) => q.traits.body !== '',
	},
	{
		name: 'target, connection',
		ground: 'url',
		keysOfRedirect: ({targets, traits}, r) =>
			targets.map(url => onConnection(url, traits, r.exchange)),
		keysOfRequest: (traits, {exchange}) => [onConnection(traits.url, traits, exchange)],
		ofSingle: true,
		sharedWith: 'target',
	},
	reaches('target', q => `${q.agent}\n${q.call}`),
	follows('all, another attempt', q => `${q.headers}\n${q.key}`),
	follows('message, another attempt', q => `${q.agent}\n${q.key}`),
	reaches('target, another attempt', q => `${q.agent}\n${q.key}`),
	{...reaches('target, call header lost', q => q.agent), fits: (_, q) => q.traits.call === ''},
	{
		...reaches('target, call header added', q => q.agent),
		fits: r => r.expectation.traits.call === '',
	},
	{
		// So particular an address that no body has to come with it.
		name: 'read as Latin-1',
		holds: ({targets}) => targets.some(url => url.includes('%')),
		keysOfRedirect: r =>
			expected(r, (url, message) => sharedPart(asLatin1(url), r.traits, message)),
		keysOfRequest: q => [sharedPart(likeLatin1(q.url), q, q)],
		fits: isNoRetry,
	},
	misses('path', ({path}) => path, {
		ground: 'path',
		fits: (r, q, causeOf) =>
			(q.traits.body !== '' || isQueryMistake(r.expectation, q.traits)) && isNoRetry(r, q, causeOf),
	}),
	misses('path in another encoding', ({path}) => withoutEscapes(path), {strayOnly: true}),
	misses('last segment', ({path}) => path.slice(path.lastIndexOf('/') + 1).toLowerCase(), {
		strayOnly: true,
	}),
	misses('query', ({query}) => query, {strayOnly: true}),
	misses('body', () => 'anywhere', {
		strayOnly: true,
		fits: (r, q, causeOf) => q.traits.body !== '' && isNoRetry(r, q, causeOf),
	}),
	{
		// The same of a body that never came, as after a redirect in place of 100 (Continue).
		name: 'announced body',
		strayOnly: true,
		keysOfRedirect: ({messages, traits}) =>
			messages.map(({method, body}) => (body === traits.body ? announced(traits, method) : '')),
		keysOfRequest: q => [announced(q, q.method)],
		fits: (r, q, causeOf) =>
			!r.expectation.traits.whole && mayBeEqual(r, q) && isNoRetry(r, q, causeOf),
	},
];

/**
 * All strengths of evidence, strongest first, where it is known which call of the client was under way:
 * the weakest is that there was no other. Retries and preflights apart, whatever came while a redirect
 * of that call waited came because of it.
 */
export function tiersOf(calls: CallsInTurn | undefined): readonly Tier[] {
	if (calls === undefined) return tiers;
	const underWay: Tier = {
		name: 'call',
		keysOfRedirect: (_, {exchange}) => [String(calls.of(exchange))],
		keysOfRequest: (_, {exchange}) => [String(calls.of(exchange))],
		// A preflight that was redirected has failed: what comes next is the request that it asked for.
		fits: (r, q, causeOf) =>
			!r.expectation.traits.asksForLeave && !isRepetition(r, q.traits, causeOf),
		ofSingle: true,
		ofTagged: true,
	};
	return [...tiers, underWay];
}

/** Method and length of a body that is said to have some. */
function announced({length, agent, call}: Traits, method: string): string {
	return /^0*$|[^0-9]/.test(length) ? '' : `${method}\n${length}\n${agent}\n${call}`;
}

function onConnection(url: string, {agent, call}: Traits, {connection}: Exchange): string {
	return `${url}\n${agent}\n${call}\n${connection.number}`;
}
