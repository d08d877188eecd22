import {gzipSync} from 'node:zlib';
import fc from 'fast-check';
import type {HeaderLine} from '../../src/http/header-lines.ts';
import type {ScenarioInput} from '../../src/index.ts';
import {referrerPolicies} from '../clients/fetch-referrer.ts';
import type {Body, Habits} from '../clients/fetch-standard.ts';
import type {WireHabits} from '../clients/http1-wire.ts';
import {ways} from '../clients/transports.ts';

/** Two schemes, two hosts, two ports. */
export const origins = [
	'https://api.example.test',
	'https://cdn.example.test',
	'http://api.example.test',
	'https://api.example.test:8443',
] as const;

/** What a client is asked to do. */
export interface PlannedCall {
	readonly method: string;
	/** As documented; may have a query and a fragment. */
	readonly url: string;
	readonly headers: readonly HeaderLine[];
	readonly body: Body | undefined;
	/** How often it is made. */
	readonly times: number;
}

/** A scenario, a conforming client, and what it is asked to do: all that a run needs. */
export interface Conversation {
	/** The name of the way to the double. */
	readonly way: string;
	readonly scenario: ScenarioInput;
	readonly calls: readonly PlannedCall[];
	/** Whether all calls are made at once, one after another, or so with silence between, as in grading. */
	readonly calling: 'at once' | 'one after another' | 'as in grading';
	/** The documented URL of the page whose script makes the calls; a library's have none. */
	readonly page: string | undefined;
	readonly habits: Habits & WireHabits;
}

/** Most often one of the first; the others now and then. */
function mostly<Value>(usual: readonly Value[], ...others: readonly Value[]): fc.Arbitrary<Value> {
	return fc.oneof(
		{weight: 4, arbitrary: fc.constantFrom(...usual)},
		{weight: 1, arbitrary: fc.constantFrom(...others)},
	);
}

const places = fc.record({
	origin: fc.constantFrom(origins[0], origins[0], ...origins),
	stop: fc.nat(4),
});

/** Where a stop is: each answers for all below its folder. */
function urlOf({origin, stop}: {readonly origin: string; readonly stop: number}): string {
	return `${origin}/s${stop}/a/b`;
}

/** Behind a path; RFC 3986 and the URL Standard make the same of the first ones. */
const tails = mostly(
	['', '', '', '?x=1', '?x=1&y=%20z', '#f', '/c?q=a+b', '/%7Euser/%2Fx%3Fy'],
	...['?', '#', '?#', '/./c', '/../d/', '/..', '/%2e%2E/e', '/;p=1,2', '?a=b?c', '/c%zz', '//c'],
	...[
		"/|^`{}<>'",
		'/a b?c d',
		'?"x"',
		'/é?ü',
		'\\c',
		'/%C3%A9?%e9',
		'?next=https://x.test/?a',
		'/c:d',
	],
);

/** Locations that lead to a stop. */
const leading = fc
	.tuple(places, tails, fc.constantFrom('absolute', 'absolute', 'path', 'path', 'network', 'user'))
	.map(([place, tail, form]): string => {
		const url = urlOf(place) + tail;
		const path = url.slice(place.origin.length);
		if (form === 'path') return path;
		if (form === 'network') return url.slice(url.indexOf('//'));
		if (form === 'user') return url.replace('//', '//ada:s3cret@');
		return url;
	});

/** Locations as they are found in the wild, most of which lead back to the stop itself. */
const odd = fc.constantFrom<string | readonly string[] | {base64: string} | undefined>(
	...[
		'',
		'?',
		'?y=2',
		'#f',
		'c',
		'./c?x',
		'../c',
		'../../s1/a/b',
		'../../../s2/x/',
		'.',
		'..',
		' /s1/a/b ',
	],
	...[
		'http://[bad/',
		'http://',
		'mailto:ada@example.test',
		'ftp://api.example.test/x',
		'about:blank',
	],
	...[
		'api.example.test:443/s1',
		'127.0.0.1/s1',
		'HTTPS://API.example.test/s1/a/b',
		'https:/s1/a/b',
		'///s1',
	],
	...[
		'https://api.example.test',
		'https://api.example.test?x',
		'https://api.example.test:443/s1/a/b',
	],
	...[undefined, undefined, ['/s1/a/b', '/s2/a/b'], ['/s1/a/b', '/s1/a/b']],
	...[{base64: Buffer.from('/s1/a/\xff?\xe9', 'latin1').toString('base64')}],
);

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) =>
	fc.oneof({weight: 4, arbitrary: fc.constant(undefined)}, {weight: 1, arbitrary});

/** Beside Location: what caches, browsers and patient clients look at. */
const fields = fc
	.record({
		'Cache-Control': maybe(
			fc.constantFrom(
				'no-store',
				'max-age=60',
				'public, max-age=1',
				'private',
				'no-cache',
				'max-age=0',
			),
		),
		Expires: maybe(
			fc.constantFrom('Thu, 01 Jan 2099 00:00:00 GMT', '0', 'Thu, 01 Jan 1970 00:00:00 GMT'),
		),
		'Retry-After': maybe(fc.constantFrom('0', '1', 'Thu, 01 Jan 2099 00:00:00 GMT', 'soon')),
		'Set-Cookie': maybe(
			fc.constantFrom<string | string[]>('sid=abc; Path=/', ['a=1; Path=/', 'b=2; Path=/']),
		),
		'Referrer-Policy': maybe(fc.constantFrom(...referrerPolicies)),
		'Content-Location': maybe(fc.constantFrom('/s3/a/b')),
		Refresh: maybe(fc.constantFrom('0; url=/s3/a/b')),
		Link: maybe(fc.constantFrom('</s3/a/b>; rel=preload')),
		Vary: maybe(fc.constantFrom('Accept', '*')),
		'WWW-Authenticate': maybe(fc.constantFrom('Basic realm="a"')),
	})
	.map(defined);

/** When a response goes out, and what becomes of the connection; what it does to a client takes a while. */
const timing = fc
	.record({
		answer: maybe(fc.constantFrom('before-body' as const, {afterBytes: 1}, {afterBytes: 700})),
		afterwards: maybe(
			mostly(['close', 'keep-alive'] as const, 'reset' as const, 'stop-reading' as const),
		),
		continue: maybe(fc.constantFrom('send' as const, 'withhold' as const)),
		interim: maybe(
			fc.constant([
				{status: 103, headers: {Link: '</s4/style.css>; rel=preload', Location: '/s4/a/b'}},
			]),
		),
		delay: maybe(fc.constantFrom(1, 20)),
		packetSize: maybe(fc.constantFrom(1, 50)),
	})
	.map(defined);

/** How a response is broken off. */
const faults = fc.constantFrom('reset-after-head' as const, {truncateAfter: 2});

const statuses = mostly(
	[307, 307, 308, 301, 302, 303],
	...[300, 304, 305, 306, 200, 201, 202, 204, 401, 417],
);

const redirect = fc
	.tuple(
		statuses,
		fc.oneof({weight: 5, arbitrary: leading}, {weight: 1, arbitrary: odd}),
		fields,
		timing,
		maybe(maybe(faults)),
	)
	.map(([status, location, headers, how, fault]) => {
		const hasBody = status !== 204 && status !== 304;
		return {
			status,
			...(hasBody && {text: 'Gone to another place.'}),
			headers: {...(location !== undefined && {Location: location}), ...headers},
			...(fault !== undefined && hasBody ? {fault} : how),
		};
	});

const stop = fc
	.record({
		place: places,
		first: redirect,
		/** How many redirects it gives before it answers for good. */
		times: mostly<number | undefined>([1, 2, undefined], 7),
		last: fc.record({status: fc.constantFrom(200, 201, 204)}),
	})
	.map(each => {
		// A connection that is left unread costs two seconds: not in a circle.
		const isSlow = 'afterwards' in each.first && each.first.afterwards === 'stop-reading';
		return isSlow ? {...each, times: 1} : each;
	});

const shared = {
	'Access-Control-Allow-Origin': '*',
	'Access-Control-Allow-Headers': '*, authorization',
};
const preflight = {...shared, 'Access-Control-Allow-Methods': '*'};

type Stop = typeof stop extends fc.Arbitrary<infer Value> ? Value : never;

function scenarioOf(
	stops: readonly Stop[],
	{links, isShared, isOpen}: {links: 'exact' | 'tagged'; isShared: boolean; isOpen: boolean},
): ScenarioInput {
	const cors = isShared ? shared : {};
	const known = new Set<string>();
	const routes = stops.flatMap(({place, first, times, last}) => {
		const url = `${urlOf(place).slice(0, -3)}*rest`;
		if (known.has(url)) return [];
		known.add(url);
		const told = {...first, headers: {...cors, ...first.headers}};
		const responses =
			times === undefined
				? [told]
				: [
						{...told, times},
						{...last, headers: cors},
					];
		const asked = {
			url,
			method: 'OPTIONS',
			headers: {'Access-Control-Request-Method': true},
		};
		return [
			...(isShared ? [{request: asked, response: {status: 204, headers: preflight}}] : []),
			{request: `* ${url}`, responses},
		];
	});
	const open = origins.map(origin => ({
		request: `* ${origin}/${isOpen ? '*rest' : 'open'}`,
		response: {status: 200, headers: isShared ? preflight : {}},
	}));
	return {name: 'conversation', links, routes: [...routes, ...open]};
}

const headers = fc
	.record({
		'User-Agent': mostly<string | undefined>(['one/1'], undefined, 'two/2'),
		Accept: maybe(fc.constantFrom('application/json', '*/*')),
		Authorization: fc.constantFrom(undefined, 'Bearer s3cret', 'Basic YTpi'),
		Cookie: maybe(fc.constantFrom('mine=1', 'mine=1; theme=dark')),
		'Idempotency-Key': maybe(fc.constantFrom('a key for each call')),
		traceparent: maybe(fc.constantFrom(`00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`)),
		'X-Request-Id': maybe(fc.constantFrom('id-1', 'id-2')),
		Range: maybe(fc.constantFrom('bytes=0-9')),
		'If-Match': maybe(fc.constantFrom('"a"')),
		'If-None-Match': maybe(fc.constantFrom('*', '"a"')),
		'If-Modified-Since': maybe(fc.constantFrom('Thu, 01 Jan 1970 00:00:00 GMT')),
		'If-Unmodified-Since': maybe(fc.constantFrom('Thu, 01 Jan 2099 00:00:00 GMT')),
		'Accept-Encoding': maybe(fc.constantFrom('gzip, br')),
		'X-Api-Key': maybe(fc.constantFrom('s3cret')),
		Expect: fc.constantFrom(undefined, undefined, '100-continue'),
		'Proxy-Authorization': maybe(maybe(fc.constantFrom('Basic cDpw'))),
		Digest: maybe(maybe(fc.constantFrom('sha-256=abc'))),
		Signature: maybe(maybe(fc.constantFrom('sig1=:YWJj:'))),
		'Content-Digest': maybe(maybe(fc.constantFrom('sha-256=:YWJj:'))),
		DNT: maybe(maybe(fc.constantFrom('1'))),
		'Cache-Control': maybe(fc.constantFrom('no-cache')),
		Prefer: maybe(fc.constantFrom('return=minimal')),
		Depth: maybe(fc.constantFrom('1')),
		'Last-Modified': maybe(maybe(fc.constantFrom('Thu, 01 Jan 1970 00:00:00 GMT'))),
	})
	.map(set => Object.entries(defined(set)));

const boundary = 'XbX';
const multipart = `preamble\r\n--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--${boundary}--\r\n`;

/** Bodies with the fields that tell what they are. */
const contents = fc.constantFrom<readonly [Buffer, Readonly<Record<string, string>>]>(
	[Buffer.from('{"name":"Ada"}'), {'Content-Type': 'application/json'}],
	[Buffer.from('{"name":"Ada"}'), {'Content-Type': 'application/json', 'Content-Language': 'en'}],
	[Buffer.from(multipart), {'Content-Type': `multipart/form-data; boundary="${boundary}"`}],
	[gzipSync('{"name":"Ada"}'), {'Content-Type': 'application/json', 'Content-Encoding': 'gzip'}],
	[Buffer.alloc(0), {}],
	[Buffer.alloc(0), {'Content-Type': 'text/plain'}],
	[Buffer.from('a=1&b=2'), {'Content-Type': 'application/x-www-form-urlencoded'}],
	[Buffer.from('GET /x HTTP/1.1\r\nHost: a\r\n\r\n'), {'Content-Type': 'message/http'}],
	[Buffer.alloc(3000, 'abc'), {'Content-Location': '/mine'}],
	[Buffer.alloc(40_000, '0123456789'), {}],
);

const body = fc.record({
	content: contents,
	framing: fc.constantFrom('length', 'length', 'chunked'),
	trailers: maybe(fc.constant<readonly HeaderLine[]>([['X-Checksum', 'abc']])),
	isStream: mostly([false], true),
});

const methods = mostly(
	['GET', 'POST', 'PUT'],
	...['HEAD', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY', 'PROPFIND'],
);

const call = fc
	.record({
		method: methods,
		/** Which stop it begins at. */
		at: mostly([0], 1, 2, 3),
		tail: mostly([''], '?page=2', '#top', '/c/../d', '?'),
		headers,
		body: fc.option(body, {freq: 4}),
		times: mostly([1], 2, 3),
	})
	.map(({method, at, tail, headers: own, body: chosen, times}): PlannedCall & {at: number} => {
		const url = `/a/b${tail}`;
		if (chosen === null || method === 'GET' || method === 'HEAD')
			return {method, at, url, headers: own, body: undefined, times};
		const {content, framing, trailers, isStream} = chosen;
		const [bytes, described] = content;
		const sent = {
			bytes,
			framing,
			trailers: (framing === 'chunked' && trailers) || [],
			isStream,
		} as const;
		const trailer = sent.trailers.map(([name]): HeaderLine => ['Trailer', name]);
		return {
			method,
			at,
			url,
			headers: [...own, ...Object.entries(described), ...trailer],
			body: sent,
			times,
		};
	});

const habits: fc.Arbitrary<Habits & WireHabits> = fc.record({
	limit: mostly([20], 5, 10),
	keepsPost: mostly([false], true),
	declines: mostly<readonly string[]>([[]], ['POST', 'PUT'], ['DELETE', 'PATCH']),
	reads: mostly<Habits['reads']>(['URL Standard'], 'RFC 3986', 'URL Standard, byte by byte'),
	dropsGenerated: mostly([false], true),
	stamps: mostly<Habits['stamps']>(['none'], 'date', 'trace', 'span', 'request id'),
	carriesToHttps: mostly([false], true),
	refers: mostly([false], true),
	jar: fc.boolean(),
	caches: mostly([false], true),
	learnsLength: mostly([false], true),
	keepsAlive: mostly([true], false),
	writesNames: mostly<WireHabits['writesNames']>(['as given'], 'lower case', 'upper case'),
	pieces: mostly([1], 2, 3),
	pause: mostly([0], 10, 60),
	onEarlyAnswer: fc.constantFrom('finish first', 'finish', 'give up'),
	continueWait: fc.constantFrom(150, 30),
	retries: fc.boolean(),
});

/** Any conversation of a conforming client with a double. */
export const anyConversation: fc.Arbitrary<Conversation> = fc
	.record({
		way: mostly([ways[0]?.name ?? ''], ...ways.map(({name}) => name)),
		stops: fc.array(stop, {minLength: 1, maxLength: 6, size: 'max'}),
		links: mostly<'exact' | 'tagged'>(['exact'], 'tagged'),
		isShared: fc.boolean(),
		isOpen: fc.boolean(),
		calls: fc.array(call, {minLength: 1, maxLength: 3}),
		calling: mostly<Conversation['calling']>(['one after another', 'as in grading'], 'at once'),
		page: fc.option(fc.constantFrom(...origins, 'https://page.example.test'), {freq: 4}),
		habits,
	})
	.map(({way, stops, links, isShared, isOpen, calls, calling, page, habits}) => ({
		way,
		scenario: scenarioOf(stops, {links, isShared, isOpen}),
		calls: calls.map(({at, ...call}) => aimed(call, stops, at)),
		calling,
		page: page === null ? undefined : `${page}/page?secret=1#here`,
		habits,
	}));

/** A documented call: it begins at one of the stops. */
function aimed(call: PlannedCall, stops: readonly Stop[], at: number): PlannedCall {
	const stop = stops[at % stops.length];
	const tail = call.url.slice(call.url.indexOf('/a/b') + 4);
	return stop === undefined ? call : {...call, url: urlOf(stop.place) + tail};
}

/** Without what is undefined. */
function defined<Value>(set: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
	const known: Record<string, Value> = {};
	for (const [name, value] of Object.entries(set)) if (value !== undefined) known[name] = value;
	return known;
}
