import test from 'ava';
import fc from 'fast-check';
import type {HeaderLine} from '../../src/http/header-lines.ts';
import type {Exchange} from '../../src/journal/exchange.ts';
import type {Recording} from '../../src/journal/recording.ts';
import {SimulatedDouble} from '../helpers/simulated-traffic.ts';

const origin = 'https://api.example.test';
const routes = new Map([
	[`${origin}/v1/users`, `${origin}/v2/users`],
	[`${origin}/v1/orders`, `${origin}/v2/orders?region=eu`],
	// A second way to the same target, and a chain.
	[`${origin}/old/users`, `${origin}/v2/users`],
	[`${origin}/v0/users`, `${origin}/v1/users`],
]);

/** What one simulated client does. */
interface Plan {
	readonly url: string;
	readonly body: string;
	readonly agent: string;
	/** Whether its requests carry an id: one for the call, a new one for each attempt, or none. */
	readonly marked: 'call' | 'attempt' | 'not';
	readonly does: 'follow' | 'decline' | 'retry, then follow' | 'call the target';
	readonly connections: readonly number[];
	/** Whether its requests are answered before their bodies end, and what becomes of these then. */
	readonly early: 'not' | 'whole' | 'cut';
	/** Whether the rest of a body comes before its follow-up. */
	readonly restFirst: boolean;
	/** How much of a body that is cut comes. */
	readonly share: number;
}

const connections = fc.array(fc.integer({min: 1, max: 4}), {minLength: 4, maxLength: 4});
const plan = (bodies: fc.Arbitrary<string>): fc.Arbitrary<Plan> =>
	fc.record({
		url: fc.constantFrom(...routes.keys()),
		body: bodies,
		agent: fc.constantFrom('', 'one/1', 'two/2'),
		marked: fc.constantFrom('call', 'attempt', 'not'),
		does: fc.constantFrom('follow', 'decline', 'retry, then follow', 'call the target'),
		connections,
		early: fc.constantFrom('not', 'not', 'whole', 'cut'),
		restFirst: fc.boolean(),
		share: fc.double({min: 0, max: 1, noNaN: true}),
	});
const plans = fc.array(plan(fc.constantFrom('', 'a', 'b', '{"name":"Ada"}')), {
	minLength: 1,
	maxLength: 40,
});
/** Which of the clients that can go on does its next step. */
const turns = fc.infiniteStream(fc.nat());

/** A request that a client sent, and what truly caused it. */
interface Sent {
	readonly exchange: Exchange;
	readonly cause: Exchange | undefined;
	readonly plan: Plan;
}

/** Lets all clients run, a step at a time in the given order, and tells the truth about each request. */
function run(double: SimulatedDouble, all: readonly Plan[], order: Iterable<number>): Sent[] {
	const sent: Sent[] = [];
	const going = all.map((each, call) => client(double, each, call, sent));
	for (const pick of order) {
		if (going.length === 0) break;
		const index = pick % going.length;
		if (going[index]?.next().done) going.splice(index, 1);
	}
	return sent;
}

/** Each yield is a place where others may come in between. */
function* client(double: SimulatedDouble, each: Plan, call: number, sent: Sent[]): Generator<void> {
	const headers: HeaderLine[] = [['Accept', '*/*']];
	if (each.agent !== '') headers.push(['User-Agent', each.agent]);
	if (each.body !== '') headers.push(['Content-Length', String(Buffer.byteLength(each.body))]);
	let step = 0;
	const rests: (() => void)[] = [];
	const takeRest = () => {
		for (const rest of rests.splice(0)) rest();
	};
	const mark = (): HeaderLine[] => {
		if (each.marked === 'not') return [];
		return [['X-Request-Id', each.marked === 'call' ? `call-${call}` : `attempt-${call}-${step}`]];
	};
	function* ask(url: string, cause?: Exchange): Generator<void, [Exchange, string | undefined]> {
		const on = each.connections[step++ % 4] ?? 1;
		const message = {method: 'POST', url, headers: [...headers, ...mark()], connection: on};
		const recording = double.begin(message);
		sent.push({exchange: recording.exchange, cause, plan: each});
		yield;
		const location = yield* answer(recording);
		yield;
		return [recording.exchange, location];
	}
	function* answer(recording: Recording): Generator<void, string | undefined> {
		if (each.early === 'not' || each.body === '') return double.end(recording, each.body);
		const location = double.answer(recording);
		const whole = each.early === 'whole';
		const came = whole ? each.body : each.body.slice(0, Math.floor(each.body.length * each.share));
		if (!each.restFirst) takeRest();
		rests.push(() => double.endEarly(recording, came, whole));
		yield;
		if (each.restFirst) takeRest();
		return location;
	}
	yield* converse();
	takeRest();

	function* converse(): Generator<void> {
		if (each.does === 'call the target') {
			yield* ask(routes.get(each.url) ?? each.url);
			return;
		}
		let last: [Exchange, string | undefined] = yield* ask(each.url);
		if (each.does === 'decline') return;
		if (each.does === 'retry, then follow') last = yield* ask(each.url);
		for (let location = last[1]; location !== undefined; location = last[1])
			last = yield* ask(location, last[0]);
	}
}

test('a link that claims to be certain is never wrong', t => {
	fc.assert(
		fc.property(plans, turns, (all, order) => {
			const double = new SimulatedDouble(routes);
			for (const {exchange, cause} of run(double, all, order)) {
				const link = double.linkOf(exchange);
				if (link?.certain) t.true(link.redirect === cause);
			}
		}),
		{numRuns: 300},
	);
	t.pass();
});

test('a call with a value of its own is linked rightly and with certainty, whatever goes on around it', t => {
	fc.assert(
		fc.property(plans, turns, (all, order) => {
			const double = new SimulatedDouble(routes);
			for (const {exchange, cause, plan: each} of run(double, all, order)) {
				if (each.marked !== 'call' || each.does !== 'follow' || cause === undefined) continue;
				const link = double.linkOf(exchange);
				t.is(link?.redirect, cause);
				if (each.early !== 'cut' || each.body === '') t.true(link?.certain);
			}
		}),
		{numRuns: 300},
	);
	t.pass();
});

test('a call whose body is its own is linked rightly without any mark', t => {
	const unlike = fc.uniqueArray(plan(fc.string({minLength: 1})), {
		selector: ({body}) => body,
		minLength: 1,
		maxLength: 40,
	});
	fc.assert(
		fc.property(unlike, turns, (all, order) => {
			const double = new SimulatedDouble(routes);
			for (const {exchange, cause, plan: each} of run(double, all, order))
				if (each.does === 'follow' && each.early !== 'cut' && cause)
					t.is(double.linkOf(exchange)?.redirect, cause);
		}),
		{numRuns: 300},
	);
	t.pass();
});

// Without bodies that never came whole, of which too little is known; without direct calls of a target, which may be what a declined redirect would have caused; and
// without ids of single attempts, which say nothing of a call.
const conversing = plans.map(all =>
	all.filter(
		({does, url, marked, early}) =>
			early !== 'cut' &&
			does !== 'call the target' &&
			!url.endsWith('/v0/users') &&
			marked !== 'attempt',
	),
);

test('calls that are alike may be mixed up with one another, but with no others', t => {
	fc.assert(
		fc.property(conversing, turns, (all, order) => {
			const double = new SimulatedDouble(routes);
			for (const {exchange, cause} of run(double, all, order)) {
				const linked = double.linkOf(exchange)?.redirect;
				t.is(linked && likeness(linked), cause && likeness(cause));
			}
		}),
		{numRuns: 300},
	);
	t.pass();
});

/** All that the wire shows of a call, its connection apart. */
function likeness({request, response}: Exchange): string {
	const {headers, body} = request;
	return JSON.stringify([response?.location?.documented, headers, body.sha256]);
}

test('a retry of the original request is not a follow-up', t => {
	fc.assert(
		fc.property(plans, turns, (all, order) => {
			const double = new SimulatedDouble(routes);
			for (const {exchange, cause, plan: each} of run(double, all, order)) {
				// Of the originals, /v1/users alone is where a redirect leads, too.
				const ambiguous = each.does === 'call the target' || each.url === `${origin}/v1/users`;
				if (cause === undefined && !ambiguous) t.is(double.linkOf(exchange), undefined);
			}
		}),
		{numRuns: 300},
	);
	t.pass();
});

test('a request and a redirect are tied to one another only, and the redirect came before', t => {
	fc.assert(
		fc.property(plans, turns, (all, order) => {
			const double = new SimulatedDouble(routes);
			run(double, all, order);
			const hops = double.records.hops.hops();
			const followUps = hops.flatMap(({followUp}) => followUp ?? []);
			t.is(new Set(followUps).size, followUps.length);
			for (const {redirect, followUp} of hops)
				if (followUp) t.true(followUp.number > redirect.number);
		}),
		{numRuns: 200},
	);
	t.pass();
});

test('where links are tagged, every one is right and certain, and a direct call is none', t => {
	fc.assert(
		fc.property(plans, turns, (all, order) => {
			const double = new SimulatedDouble(routes, {tagged: true});
			for (const {exchange, cause} of run(double, all, order)) {
				const link = double.linkOf(exchange);
				t.is(link?.redirect, cause);
				if (cause !== undefined) t.true(link?.certain);
			}
		}),
		{numRuns: 300},
	);
	t.pass();
});

/** Sends one request after another, each on a connection of its own. */
function asker(double: SimulatedDouble) {
	let connection = 0;
	return (url: string, body: string, headers: readonly HeaderLine[] = [], method = 'POST') => {
		const recording = double.begin({method, url, headers, connection: ++connection});
		double.end(recording, body);
		return recording.exchange;
	};
}

test('a body lost by one client does not take the redirect of another for good', t => {
	const double = new SimulatedDouble(routes);
	const ask = asker(double);
	const first = ask(`${origin}/v1/users`, 'first');
	const second = ask(`${origin}/v1/users`, 'second');
	// The first client's follow-up comes empty and takes the newest redirect, until the second's comes.
	const empty = ask(`${origin}/v2/users`, '');
	t.is(double.linkOf(empty)?.redirect, second);
	const whole = ask(`${origin}/v2/users`, 'second');
	t.is(double.linkOf(whole)?.redirect, second);
	t.is(double.linkOf(empty)?.redirect, first);
});

/** Begins a request that is answered before its body ends. */
function early(double: SimulatedDouble, url: string, length: number): Recording {
	const headers: HeaderLine[] = [['Content-Length', String(length)]];
	const recording = double.begin({method: 'POST', url, headers, connection: 99});
	double.answer(recording);
	return recording;
}

const five: HeaderLine[] = [['Content-Length', '5']];

test('a redirect that came before its body is tied by the head, and by the body when that is whole', t => {
	const double = new SimulatedDouble(routes);
	const ask = asker(double);
	const redirect = early(double, `${origin}/v1/users`, 5);
	const followUp = ask(`${origin}/v2/users`, 'first', five);
	t.is(double.linkOf(followUp)?.redirect, redirect.exchange);
	t.deepEqual(double.records.hops.hops()[0]?.link?.evidence, ['target', 'method', 'headers']);
	double.endEarly(redirect, 'first', true);
	t.is(double.linkOf(followUp)?.redirect, redirect.exchange);
	t.deepEqual(double.records.hops.hops()[0]?.link?.evidence, [
		'target',
		'method',
		'body',
		'headers',
	]);
});

test('follow-ups that crossed change their places when a body becomes whole, whichever it is', t => {
	for (const whole of [0, 1]) {
		const double = new SimulatedDouble(routes);
		const ask = asker(double);
		const bodies = ['first', 'later'];
		const redirects = bodies.map(() => early(double, `${origin}/v1/users`, 5));
		const followUps = bodies.map(body => ask(`${origin}/v2/users`, body, five));
		t.is(double.linkOf(followUps[0] ?? t.fail())?.redirect, redirects[1]?.exchange);
		double.endEarly(redirects[whole] ?? t.fail(), bodies[whole] ?? '', true);
		for (const [index, followUp] of followUps.entries())
			t.is(double.linkOf(followUp)?.redirect, redirects[index]?.exchange);
	}
});

test('a body that never comes whole excludes what does not begin like it, or is shorter', t => {
	const double = new SimulatedDouble(routes);
	const ask = asker(double);
	const redirects = ['fi', 'lat'].map(came => {
		const redirect = early(double, `${origin}/v1/users`, 5);
		double.endEarly(redirect, came, false);
		return redirect.exchange;
	});
	t.is(double.linkOf(ask(`${origin}/v2/users`, 'first', five))?.redirect, redirects[0]);
	t.is(double.linkOf(ask(`${origin}/v2/users`, 'later', five))?.redirect, redirects[1]);
});

test('the same body at the target is better evidence than a head like that of a body which was cut off', t => {
	const double = new SimulatedDouble(routes);
	const ask = asker(double);
	const whole = ask(`${origin}/v1/users`, 'first', five);
	const cut = early(double, `${origin}/v1/users`, 5);
	double.endEarly(cut, '', false);
	t.is(double.linkOf(ask(`${origin}/v2/users`, 'first', five))?.redirect, whole);
	t.is(double.linkOf(ask(`${origin}/v2/users`, 'other', five))?.redirect, cut.exchange);
});

test('a chain of redirects before the body is tied while all bodies still come in', t => {
	const double = new SimulatedDouble(routes);
	const chain = ['/v0/users', '/v1/users', '/v2/users'].map(path =>
		early(double, origin + path, 5),
	);
	const causes = () => chain.map(({exchange}) => double.linkOf(exchange)?.redirect.number);
	t.deepEqual(causes(), [undefined, 1, 2]);
	for (const recording of chain) double.endEarly(recording, 'first', true);
	t.deepEqual(causes(), [undefined, 1, 2]);
});

test('of equal redirects a request leaves the older ones to those that began before the newer', t => {
	const double = new SimulatedDouble(routes);
	const begin = (url: string, connection: number) =>
		double.begin({method: 'POST', url, headers: [], connection});
	const first = begin(`${origin}/v1/users`, 1);
	double.end(first, 'x');
	const slow = begin(`${origin}/v2/users`, 2);
	const second = begin(`${origin}/v1/users`, 3);
	double.end(second, 'x');
	// On the first one's connection, but the slow one can't have been caused by the second.
	const quick = begin(`${origin}/v2/users`, 1);
	double.end(quick, 'x');
	double.end(slow, 'x');
	t.is(double.linkOf(quick.exchange)?.redirect, second.exchange);
	t.is(double.linkOf(slow.exchange)?.redirect, first.exchange);
});

const missed: [string, string, string][] = [
	['drops the query', `${origin}/v1/orders`, `${origin}/v2/orders`],
	['adds to the query', `${origin}/v1/orders`, `${origin}/v2/orders?region=eu&x=1`],
	['changes the query', `${origin}/v1/orders`, `${origin}/v2/orders?REGION=%65u`],
	['resolves the path against the root', `${origin}/v1/users`, `${origin}/users`],
	['changes the case of the path', `${origin}/v1/users`, `${origin}/V2/USERS`],
	['stays at the wrong folder with the right query', `${origin}/v1/orders`, `${origin}/?region=eu`],
];
for (const [mistake, from, to] of missed)
	test(`a client that ${mistake} is still linked`, t => {
		const double = new SimulatedDouble(routes);
		const ask = asker(double);
		const redirect = ask(from, 'body');
		const link = double.linkOf(ask(to, 'body'));
		t.is(link?.redirect, redirect);
		t.false(link?.certain);
	});

for (const [mistake, location, to] of [
	['encodes once more', '/v2/a%20b', '/v2/a%2520b'],
	['decodes a slash', '/v2/a%2Fb', '/v2/a/b'],
	['writes otherwise, as it may,', '/v2/%7Ea%3a', '/v2/~a%3A'],
] as const)
	test(`what a client ${mistake} is still linked, without a body`, t => {
		const double = new SimulatedDouble(new Map([[`${origin}/v1/a`, origin + location]]));
		const ask = asker(double);
		const redirect = ask(`${origin}/v1/a`, '');
		t.is(double.linkOf(ask(origin + to, ''))?.redirect, redirect);
	});

test('a query that is lost where the path stays is a mistake, and the first request once more is a retry', t => {
	const turned = new Map([[`${origin}/list?page=1`, `${origin}/list?page=2`]]);
	for (const body of ['', 'body']) {
		const double = new SimulatedDouble(turned);
		const ask = asker(double);
		const redirect = ask(`${origin}/list?page=1`, body);
		t.is(double.linkOf(ask(`${origin}/list?page=1`, body)), undefined);
		const again = ask(`${origin}/list`, body);
		t.not(double.linkOf(again), undefined);
		t.true([1, 2].includes(double.linkOf(again)?.redirect.number ?? 0));
		t.is(redirect.number, 1);
	}
});

const persian = new Map([[`${origin}/old`, '/v2/\xd8\xa2']]);

for (const [method, body] of [
	['GET', ''],
	['POST', 'body'],
] as const)
	test(`a ${method} to a Location whose bytes were read as Latin-1 is still linked`, t => {
		const double = new SimulatedDouble(persian);
		const ask = asker(double);
		const redirect = ask(`${origin}/old`, body, [], method);
		const elsewhere = ask(`${origin}/v2/%C3%99%C2%A2`, '', [], 'GET');
		t.is(double.linkOf(elsewhere), undefined);
		const link = double.linkOf(ask(`${origin}/v2/%C3%98%c2%a2`, body, [], method));
		t.is(link?.redirect, redirect);
		t.false(link?.certain);
	});

const marked = new Map([
	[`${origin}/load`, `${origin}/other?`],
	[`${origin}/self`, `${origin}/self?`],
]);

test('a follow-up without the ? of an empty query is linked, whatever became of its body', t => {
	for (const method of ['POST', 'GET']) {
		const double = new SimulatedDouble(marked);
		const ask = asker(double);
		const redirect = ask(`${origin}/load`, 'body');
		t.is(double.linkOf(ask(`${origin}/other`, '', [], method))?.redirect, redirect);
		t.is(double.records.hops.hops()[0]?.link?.evidence[0], 'target');
	}
});

test('the same holds where the redirect came before a body of which only the length is ever known', t => {
	const double = new SimulatedDouble(marked);
	const ask = asker(double);
	const redirect = early(double, `${origin}/load`, 5);
	const followUp = ask(`${origin}/other`, '');
	t.is(double.linkOf(followUp)?.redirect, redirect.exchange);
	double.endEarly(redirect, '', false);
	t.is(double.linkOf(followUp)?.redirect, redirect.exchange);
	const whole = ask(`${origin}/other`, 'first', five);
	t.is(double.linkOf(whole)?.redirect, redirect.exchange);
	t.is(double.linkOf(followUp), undefined);
});

test('a retry of a request whose Location adds nothing but a ? is no follow-up', t => {
	const double = new SimulatedDouble(marked);
	const ask = asker(double);
	ask(`${origin}/self`, 'body');
	t.is(double.linkOf(ask(`${origin}/self`, 'body')), undefined);
});

test('a body that never came is tied by the length that was said of it, also where the Location was missed', t => {
	const double = new SimulatedDouble(routes);
	const ask = asker(double);
	const redirect = early(double, `${origin}/v1/orders`, 5);
	double.endEarly(redirect, '', false);
	t.is(double.linkOf(ask(`${origin}/orders`, 'other!', [['Content-Length', '6']])), undefined);
	const link = double.linkOf(ask(`${origin}/orders`, 'first', five));
	t.is(link?.redirect, redirect.exchange);
	t.false(link?.certain);
	const other = early(double, `${origin}/v1/orders`, 5);
	double.endEarly(other, '', false);
	t.is(double.linkOf(ask(`${origin}/v1/orders`, 'first', five)), undefined);
});

test('a call to another documented address is a call of its own, also with the same body', t => {
	const double = new SimulatedDouble(routes);
	const ask = asker(double);
	ask(`${origin}/v1/users`, 'body');
	t.is(double.linkOf(ask(`${origin}/v1/orders`, 'body')), undefined);
});

test('requests that contradict each other in a field that no client makes anew are not linked', t => {
	const double = new SimulatedDouble(routes, {callFields: ['X-Call']});
	const ask = asker(double);
	for (const name of ['Idempotency-Key', 'x-call']) {
		ask(`${origin}/v1/users`, name, [[name, 'one']]);
		t.is(double.linkOf(ask(`${origin}/v2/users`, name, [[name, 'two']])), undefined, name);
	}
});

test('a client that makes a new request id for each attempt is linked, unless somebody fits better', t => {
	const double = new SimulatedDouble(routes);
	const ask = asker(double);
	const id = (value: string): HeaderLine[] => [['X-Request-Id', value]];
	const redirect = ask(`${origin}/v1/users`, 'x', id('one'));
	const another = ask(`${origin}/v2/users`, 'x', id('two'));
	t.like(double.linkOf(another), {redirect, certain: false});
	const same = ask(`${origin}/v2/users`, 'x', id('one'));
	t.like(double.linkOf(same), {redirect, certain: true});
	t.is(double.linkOf(another), undefined);
});

test('clients that make a new trace for each attempt are told apart by their other headers', t => {
	const double = new SimulatedDouble(routes);
	const ask = asker(double);
	let spans = 0;
	const sends = (path: string, ...more: HeaderLine[]) => {
		const trace = `00-${++spans}-1-01`;
		return ask(
			origin + path,
			'',
			[['User-Agent', 'one/1'], ...more, ['traceparent', trace]],
			'GET',
		);
	};
	const fresh: HeaderLine = ['Cache-Control', 'no-cache'];
	const plain = sends('/v1/users');
	const second = sends('/v1/users', fresh);
	const [one, two] = [sends('/v2/users'), sends('/v2/users', fresh)];
	t.is(double.linkOf(one)?.redirect, plain);
	t.is(double.linkOf(two)?.redirect, second);
});

test('a per-call value that comes again in a later call is no proof any more', t => {
	const double = new SimulatedDouble(routes);
	const ask = asker(double);
	const id: HeaderLine[] = [['X-Request-Id', 'always the same']];
	ask(`${origin}/v1/users`, 'x', id);
	const followUp = ask(`${origin}/v2/users`, 'x', id);
	t.true(double.linkOf(followUp)?.certain);
	ask(`${origin}/v1/orders`, 'y', id);
	t.false(double.linkOf(followUp)?.certain);
});

test('calls that share an id are told apart by their bodies', t => {
	const double = new SimulatedDouble(routes);
	const ask = asker(double);
	const id: HeaderLine[] = [['X-Request-Id', 'of the request that both are made for']];
	const one = ask(`${origin}/v1/users`, 'one', id);
	const two = ask(`${origin}/v1/users`, 'two', id);
	t.like(double.linkOf(ask(`${origin}/v2/users`, 'one', id)), {redirect: one, certain: false});
	t.like(double.linkOf(ask(`${origin}/v2/users`, 'two', id)), {redirect: two, certain: false});
});

test('an id that another message carries ties it, but proves nothing', t => {
	const double = new SimulatedDouble(routes);
	const ask = asker(double);
	const id: HeaderLine[] = [['X-Request-Id', '1']];
	const redirect = ask(`${origin}/v1/users`, 'x', id);
	t.like(double.linkOf(ask(`${origin}/v2/users`, '', id, 'GET')), {redirect, certain: false});
});

test('a redirect to itself is followed or retried with the same bytes: only a token tells', t => {
	const self = new Map([[`${origin}/self`, `${origin}/self`]]);
	const key: HeaderLine[] = [['Idempotency-Key', '1']];
	for (const tagged of [false, true]) {
		const double = new SimulatedDouble(self, {tagged});
		const ask = asker(double);
		ask(`${origin}/self`, 'x', key);
		t.not(double.linkOf(ask(`${origin}/self`, 'x', key))?.certain, true, `tagged: ${tagged}`);
	}
});

test('the key of a call ties its message wherever it went, also to a documented address', t => {
	const double = new SimulatedDouble(routes);
	const ask = asker(double);
	const key: HeaderLine[] = [['Idempotency-Key', '1']];
	const redirect = ask(`${origin}/v1/users`, 'x', key);
	t.is(double.linkOf(ask(`${origin}/v1/orders`, 'x', key))?.redirect, redirect);
});

test('a follow-up that was displaced leaves nothing behind that makes others look like retries', t => {
	const double = new SimulatedDouble(routes);
	const ask = asker(double);
	ask(`${origin}/v0/users`, 'x');
	const direct = ask(`${origin}/v1/users`, '');
	const whole = ask(`${origin}/v1/users`, 'x');
	t.is(double.linkOf(direct), undefined);
	t.truthy(double.linkOf(whole));
	t.is(double.linkOf(ask(`${origin}/v2/users`, ''))?.redirect, direct);
});

test('a new span of the same trace is the same call', t => {
	const double = new SimulatedDouble(routes);
	const ask = asker(double);
	const trace = '00-0af7651916cd43dd8448eb211c80319c';
	const redirect = ask(`${origin}/v1/users`, 'x', [
		['traceparent', `${trace}-b7ad6b7169203331-01`],
	]);
	const next = ask(`${origin}/v2/users`, 'x', [['traceparent', `${trace}-00f067aa0ba902b7-01`]]);
	t.like(double.linkOf(next), {redirect, certain: false});
});

test('a per-call field that every call carries alike proves nothing', t => {
	const double = new SimulatedDouble(routes);
	const ask = asker(double);
	const headers: HeaderLine[] = [['X-Request-Id', 'always the same']];
	for (const url of [`${origin}/v1/users`, `${origin}/old/users`]) ask(url, 'x', headers);
	t.false(double.linkOf(ask(`${origin}/v2/users`, 'x', headers))?.certain);
	t.false(double.linkOf(ask(`${origin}/v2/users`, 'x', headers))?.certain);
});

test('a method that was changed and a body that was lost leave the target and the agent as evidence', t => {
	const double = new SimulatedDouble(routes);
	const ask = asker(double);
	const agent: HeaderLine[] = [['User-Agent', 'changer/1']];
	const redirect = ask(`${origin}/v1/users`, 'x', [...agent, ['Content-Type', 'text/plain']]);
	const followUp = ask(`${origin}/v2/users`, '', agent, 'GET');
	t.is(double.linkOf(followUp)?.redirect, redirect);
	const [hop] = double.records.hops.hops();
	t.deepEqual(hop?.link, {
		evidence: ['target', 'headers', 'agent'],
		certain: false,
		doubts: ['a call of its own'],
		rivals: 0,
	});
});

test('of redirects that a lost body fits alike, the one on the same connection is taken', t => {
	const double = new SimulatedDouble(routes);
	const request = {method: 'POST', headers: []};
	const redirects = [1, 2, 3].map(connection => {
		const recording = double.begin({...request, url: `${origin}/v1/users`, connection});
		double.end(recording, `body ${connection}`);
		return recording.exchange;
	});
	const next = double.begin({...request, url: `${origin}/v2/users`, connection: 2});
	double.end(next, '');
	t.is(double.linkOf(next.exchange)?.redirect, redirects[1]);
	t.like(double.records.hops.hops()[1]?.link, {
		rivals: 2,
		doubts: ['another redirect', 'a call of its own'],
	});
});

test('equal redirects are rivals of one another until the last one is followed', t => {
	const double = new SimulatedDouble(routes);
	const ask = asker(double);
	for (let call = 0; call < 3; call++) ask(`${origin}/v1/users`, 'x');
	for (let call = 0; call < 3; call++) ask(`${origin}/v2/users`, 'x');
	ask(`${origin}/v1/users`, 'x');
	ask(`${origin}/v2/users`, 'x');
	t.deepEqual(
		double.records.hops.hops().map(({link}) => link?.rivals),
		[2, 2, 2, 0],
	);
});

test('a request that began before the redirect was answered is not its follow-up', t => {
	const double = new SimulatedDouble(routes);
	const early = double.begin({
		method: 'POST',
		url: `${origin}/v2/users`,
		headers: [],
		connection: 1,
	});
	const first = double.begin({
		method: 'POST',
		url: `${origin}/v1/users`,
		headers: [],
		connection: 2,
	});
	double.end(first, 'x');
	double.end(early, 'x');
	t.is(double.linkOf(early.exchange), undefined);
});
