import {isRetry, type Redirect} from './redirect.ts';
import {type Traits, urlTraits} from './traits.ts';

/**
 * One strength of evidence: a request and a redirect meet in it when they share a key. Keys make a
 * link's cost independent of the redirects that can't match.
 */
export interface Tier {
	/** For messages and tests. */
	readonly name: string;
	keysOfRedirect(redirect: Redirect): readonly string[];
	keysOfRequest(request: Traits): readonly string[];
	/** What keys can't say; absent when they say all. */
	fits?(redirect: Redirect, request: Traits): boolean;
	/** Also for redirects with a token, which a follow-up that lost it can be tied to by nothing less. */
	readonly ofTagged?: true;
	/** Only for requests that no route took: a request at a documented address is a call of its own. */
	readonly strayOnly?: true;
	/**
	 * The tier whose ties this one breaks: the same but for the connection, which makes a claim no
	 * stronger. Redirects that meet the request there are rivals.
	 */
	readonly sharedWith?: string;
}

const key = (...parts: readonly (string | number)[]) => parts.join('\n');

/** Keys of where a redirect leads, each with what may be sent there. */
function expected(
	redirect: Redirect,
	make: (target: string, message: {method: string; body: string}) => string,
): string[] {
	return redirect.targets.flatMap(target =>
		redirect.messages.map(message => make(target, message)),
	);
}

/** Keys of where a redirect leads. */
function atTarget(redirect: Redirect, make: (target: string) => string): string[] {
	return redirect.targets.map(make);
}

/** A tier for each set of traits that both sides must share, at the exact target with the right message. */
function follows(name: string, traits: (request: Traits) => readonly (string | number)[]): Tier {
	return {
		name,
		keysOfRedirect: r =>
			expected(r, (url, {method, body}) => key(url, method, body, ...traits(r.traits))),
		keysOfRequest: q => [key(q.url, q.method, q.body, ...traits(q))],
	};
}

/** The same, for whatever was sent to the exact target. */
function reaches(name: string, traits: (request: Traits) => readonly (string | number)[]): Tier {
	return {
		name,
		keysOfRedirect: r => atTarget(r, url => key(url, ...traits(r.traits))),
		keysOfRequest: q => [key(q.url, ...traits(q))],
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
			expected(r, (url, {method, body}) =>
				sharedPart(part(urlTraits(url)), r.traits, method, body),
			),
		keysOfRequest: q => [sharedPart(part(q), q, q.method, q.body)],
		fits: (r, q) => !isRetry(r, q),
		...more,
	};
}

function sharedPart(part: string, {agent, call}: Traits, method: string, body: string): string {
	return part === '' ? '' : key(part, method, body, agent, call);
}

function keyed(request: Traits, method: string, body: string): string {
	return request.key === '' ? '' : key(request.key, method, body);
}

function headKey(url: string, method: string, {length, headers, call}: Traits): string {
	return key(url, method, length, headers, call);
}

/** How many bytes of two bodies are compared; as many as stay in memory of a large one. */
const compared = 256;

/** Whether two bodies, of which one is not whole, may be the same for all that came of them. */
function mayBeEqual(one: Traits, other: Traits): boolean {
	const [a, b] = [one.exchange.request.body, other.exchange.request.body];
	if ((a.complete && b.size > a.size) || (b.complete && a.size > b.size)) return false;
	const size = Math.min(a.size, b.size, compared);
	return Buffer.from(a.preview(size)).equals(b.preview(size));
}

const noCall = (request: Traits) => request.call === '';

/**
 * All strengths of evidence, strongest first. An empty key never matches. Requests with different
 * idempotency keys, or other fields that no client makes anew, meet in no tier but the token's; with
 * different request ids or traces, only where nothing better is there.
 */
export const tiers: readonly Tier[] = [
	{
		name: 'token',
		keysOfRedirect: ({token}) => (token === undefined ? [] : [token]),
		keysOfRequest: ({exchange}) =>
			exchange.request.hopToken === undefined ? [] : [exchange.request.hopToken],
		ofTagged: true,
	},
	{
		// Several calls may share a value, as those that a service makes for one request of its own.
		name: 'call header and message',
		keysOfRedirect: r =>
			r.traits.calls.flatMap(call =>
				expected(r, (url, {method, body}) => key(call, url, method, body)),
			),
		keysOfRequest: q => q.calls.map(call => key(call, q.url, q.method, q.body)),
		ofTagged: true,
	},
	{
		name: 'call header and target',
		keysOfRedirect: r => r.traits.calls.flatMap(call => atTarget(r, url => key(call, url))),
		keysOfRequest: q => q.calls.map(call => key(call, q.url)),
		ofTagged: true,
	},
	{
		// Wherever it went: with the key of one call and its message, it is no other call.
		name: 'key and message',
		keysOfRedirect: r => r.messages.map(({method, body}) => keyed(r.traits, method, body)),
		keysOfRequest: q => [keyed(q, q.method, q.body)],
		fits: (r, q) => !isRetry(r, q),
		ofTagged: true,
	},
	{
		name: 'call header',
		keysOfRedirect: r => r.traits.calls,
		keysOfRequest: q => q.calls,
		fits: (r, q) => !isRetry(r, q),
		strayOnly: true,
		ofTagged: true,
	},
	// Between redirects that match in everything the newest is taken, whatever its connection: a pool
	// hands connections to anybody, and a choice by them could take away the only one that fits another.
	follows('all', q => [q.headers, q.call]),
	follows('message', q => [q.agent, q.call]),
	{
		...follows('message of another agent', q => [q.call]),
		fits: (r, q) => r.traits.body !== '' && q.body !== '',
	},
	{...reaches('target, body', q => [q.body, q.call]), fits: (_, q) => q.body !== ''},
	{
		// A body that never came whole can't be compared; what it was said to be can.
		name: 'head',
		keysOfRedirect: r =>
			expected(r, (url, {method, body}) =>
				body === r.traits.body ? headKey(url, method, r.traits) : '',
			),
		keysOfRequest: q => [headKey(q.url, q.method, q)],
		fits: (r, q) => !(r.traits.whole && q.whole) && mayBeEqual(r.traits, q),
	},
	{...reaches('target, connection', q => [q.agent, q.call, q.connection]), sharedWith: 'target'},
	reaches('target', q => [q.agent, q.call]),
	follows('message, another attempt', q => [q.agent, q.key]),
	reaches('target, another attempt', q => [q.agent, q.key]),
	{...reaches('target, call header lost', q => [q.agent]), fits: (_, q) => noCall(q)},
	{...reaches('target, call header added', q => [q.agent]), fits: r => noCall(r.traits)},
	misses('path', ({path}) => path, {
		fits: (r, q) => (q.body !== '' || isQueryMistake(r, q)) && !isRetry(r, q),
	}),
	misses('last segment', ({path}) => path.slice(path.lastIndexOf('/') + 1).toLowerCase(), {
		strayOnly: true,
	}),
	misses('query', ({query}) => query, {strayOnly: true}),
	misses('body', () => 'anywhere', {
		strayOnly: true,
		fits: (r, q) => q.body !== '' && !isRetry(r, q),
	}),
];

/**
 * A query dropped, kept from the original request, with something added, or written in another way:
 * the usual mistakes. Without a body, any other query may be a call of its own.
 */
function isQueryMistake(redirect: Redirect, {query}: Traits): boolean {
	if (query === '' || query === redirect.traits.query) return true;
	return redirect.targets.some(target => {
		const wanted = urlTraits(target).query;
		if (wanted === '') return false;
		return query.startsWith(`${wanted}&`) || loosely(query) === loosely(wanted);
	});
}

/** A query without its order, case and encoding. */
function loosely(query: string): string {
	const pairs = [...new URLSearchParams(query.toLowerCase())].map(pair => pair.join('='));
	return pairs.sort().join('&');
}
