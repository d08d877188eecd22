import test, {type ExecutionContext} from 'ava';
import type {Double} from '../src/double.ts';
import {headerValue} from '../src/http/header-lines.ts';
import type {Exchange} from '../src/journal/exchange.ts';
import {shippedFiles} from '../src/scenario/shipped.ts';
import {createClient, type Habits} from './clients/conforming.ts';
import {documentedCalls} from './clients/real/calls.ts';
import {sealed} from './clients/real/play.ts';
import {begin, type Way, ways} from './clients/transports.ts';
import {inTurns} from './helpers/in-turns.ts';

const [plain, ...others] = ways;
const shipped = await shippedFiles();

/** Faults that are others in HTTP/2, where a client can't do as on HTTP/1.1. */
const otherOnHttp2: Readonly<Record<string, string>> = {
	'content-length-too-large': 'a client must not accept such a response (RFC 9113, 8.1.1)',
	'content-length-too-small': 'a client must not accept such a response (RFC 9113, 8.1.1)',
	'control-bytes-location': 'such a field is malformed (RFC 9113, 8.2.1), and is not sent',
	'curl-40-whitespace': 'a field must not begin or end with a space (RFC 9113, 8.2.1)',
	'truncated-redirect-body': 'the stream is reset, and Node hands no response of it over',
};

/** What is not played through each way. */
const notEachWay: Readonly<Record<string, string>> = {
	'big-body': 'twelve mebibytes a time; large bodies have tests of their own',
	'cross-port-credentials': 'a proxy takes Proxy-Authorization for its own (RFC 9110, 11.7.2)',
	'early-close-in-upload': 'seventeen mebibytes a time; large bodies have tests of their own',
	'redirect-to-closed-port': 'where nobody listens, the proxy answers: it never forwards a request',
};

test('what is played in fewer ways is all shipped', t => {
	const names = shipped.map(({name}) => name);
	t.deepEqual(
		Object.keys({...otherOnHttp2, ...notEachWay}).filter(name => !names.includes(name)),
		[],
	);
});

for (const {name} of shipped.filter(each => notEachWay[each.name] === undefined))
	for (const way of others.filter(each => !each.http2 || otherOnHttp2[name] === undefined))
		test(`${name} gives the same hops and the same verdict through ${way.name} as over plain HTTP/1.1`, async t => {
			t.deepEqual(await seen(t, way, name), await seen(t, plain, name));
		});

/** Clients that break rules are caught alike. */
const mistaken: Readonly<Record<string, Habits['alter']>> = {
	'sends GET': followUp => ({...followUp, method: 'GET', body: undefined}),
	'sends an empty body': followUp => ({...followUp, body: ''}),
	'drops all headers': ({headers, ...rest}) => ({
		...rest,
		headers: headers.filter(([name]) => name === 'Host'),
	}),
	'goes elsewhere': followUp => ({...followUp, target: `${followUp.target}/elsewhere`}),
	'keeps the first Host': (followUp, {request}) => ({
		...followUp,
		headers: [
			...request.headers.filter(([name]) => name === 'Host'),
			...followUp.headers.filter(([name]) => name !== 'Host'),
		],
	}),
};

for (const [does, alter] of Object.entries(mistaken))
	for (const way of others)
		test(`a client that ${does} is judged through ${way.name} as over plain HTTP/1.1`, async t => {
			const habits = alter && {alter};
			for (const name of ['api-move', 'cross-origin'])
				t.deepEqual(await seen(t, way, name, habits), await seen(t, plain, name, habits));
		});

/** What the journal of a double says, without what differs by protocol, port and time. */
function seen(t: ExecutionContext, way: Way | undefined, name: string, habits?: Habits) {
	return turn(() => play(t, way, name, habits));
}

const turn = inTurns(16);

async function play(t: ExecutionContext, way: Way | undefined, name: string, habits?: Habits) {
	if (way === undefined) return t.fail();
	const {double, transport} = await begin(way, name);
	t.teardown(double.close);
	const client = createClient({...habits, transport});
	for (const call of await documentedCalls(name, url => way.urlOf(double, url))) {
		const {method, url, headers, body} = call;
		// A response that is broken on purpose makes clients give up; what they did is recorded.
		await client({request: `${method} ${url}`, headers: Object.entries(headers), body}).catch(
			() => {},
		);
	}
	await sealed(double);
	return {
		hops: hopsOf(double),
		exchanges: double.exchanges.map(inShort),
		verdict: findings(double),
	};
}

function hopsOf(double: Double) {
	return double.hops().map(({number, redirect, followUp, link, state}) => ({
		number,
		redirect: redirect.number,
		followUp: followUp?.number,
		link,
		state,
	}));
}

function inShort({number, request, response, miss}: Exchange) {
	return {
		number,
		method: request.method,
		url: request.url,
		origin: request.origin,
		body: request.body.sha256,
		headers: request.headers
			.map(([field, value]) => `${field.toLowerCase()}: ${value}`)
			.filter(line => !/^(?:host|connection): /.test(line)),
		trailers: request.trailers,
		status: response?.status,
		location: response?.location?.documented,
		resolved: response?.location?.resolved,
		type: headerValue(response?.headers ?? [], 'Content-Type'),
		miss: miss?.reasons,
	};
}

/** Whether a short body is there when its head is answered is up to packets, not to the client. */
const upToPackets = ['early-answer-noticed', 'no-request-inside-body'];

/** They are about HTTP/1.1, or about a connection that a proxy has for itself. */
const ofHttp1 = [
	...['length-known-stays-known', 'empty-content-announced', 'no-length-without-content'],
	'connection-close-honoured',
];
/** Whether the machine took its time is no matter of the way. */
const upToTheClock = ['retry-after-honoured'];
const notAlike = new Set([...upToPackets, ...ofHttp1, ...upToTheClock]);

function findings(double: Double) {
	const {hops, ...outcomes} = double.verdict();
	const [kept, broken, notObserved] = [outcomes.kept, outcomes.broken, outcomes.notObserved].map(
		list =>
			list
				.filter(({rule}) => !notAlike.has(rule))
				.map(({rule, level, reason}) => [rule, level, reason]),
	);
	return {hops, kept, broken, notObserved};
}
