import {basename, extname} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Double} from '../src/double.ts';
import {headerValue} from '../src/http/header-lines.ts';
import type {Exchange} from '../src/journal/exchange.ts';
import {loadScenario} from '../src/scenario/load.ts';
import {shippedFiles} from '../src/scenario/shipped.ts';
import {startDouble} from '../src/start-double.ts';
import {documentedCalls} from './clients/real/calls.ts';
import type {RealClient} from './clients/real/client.ts';
import {conforming, remembering, tireless} from './clients/real/conforming.ts';
import {undiciFetch} from './clients/real/index.ts';
import {play, sealed} from './clients/real/play.ts';
import {inTurns} from './helpers/in-turns.ts';
import {provokedAnswers, provokedFaults, provokedFetched} from './helpers/provoking-scenarios.ts';
import {
	recreatedAnswers,
	recreatedFaults,
	recreatedFetched,
} from './helpers/recreated-scenarios.ts';

/** What is answered when the documented calls are sent, one after another, and redirects are followed. */
const answers: Readonly<Record<string, readonly number[]>> = {
	'api-move': [307, 201],
	'argocd-loop': Array.from({length: 21}, () => 307),
	'aspnetcore-https-redirection': [307, 201],
	'cacheable-move': [307, 200, 307, 200],
	'chain-of-three': [307, 307, 307, 202],
	'cockpit-checksum': [307, 200],
	'content-length-too-large': [307, 201],
	'content-length-too-small': [307, 201],
	'continue-then-redirect': [307, 202],
	'control-bytes-location': [307, 201],
	'cross-origin': [307, 201],
	'delete-move': [307, 204],
	'doris-follower-load': [307, 307, 200],
	'doris-stream-load': [307, 200],
	'druid-leader': [307, 200, 307, 200],
	'early-hints-decoy': [307, 201],
	'early-redirect': [307, 201],
	'early-redirect-close': [307, 201],
	'early-redirect-unread': [307, 201],
	'empty-location': Array.from({length: 21}, () => 307),
	'etcd-follower': [307, 201],
	'express-redirect': [307, 201, 307, 201],
	garbage: [200],
	'gin-trailing-slash': [301, 200, 307, 200],
	'gitea-renamed-repository': [307, 201],
	'github-renamed-repository': [301, 200, 307, 200],
	'go-http-redirect': [307, 200, 307, 200],
	'haproxy-redirect-307': [307, 201],
	'httpd-redirect-307': [307, 201],
	'huggingface-resolve': [307, 200, 307, 200],
	'influxdb-lease': [307, 400],
	'koa-redirect': [307, 201],
	'maintenance-shift': [307, 200, 307, 200, 200],
	'matrix-media': [307, 200],
	'mesos-actual': [307, 202],
	'mesos-documented': [307],
	'missing-location': [307],
	'moved-301': [301, 200],
	'moved-302': [302, 200],
	'nextjs-redirects': [307, 201, 307, 201],
	'nginx-return-307': [307, 201],
	'nsx-controller': [307, 200],
	'oauth-303-safe': [303, 200],
	'oauth-307-leaks': [307, 200],
	'oci-registry-blob': [307, 206],
	'patch-move': [307, 200],
	'permanent-308': [308, 201],
	'pulsar-rest-produce': [307, 200],
	'rails-force-ssl': [301, 200, 307, 200],
	'raw-bytes-location': [307, 201],
	'redirect-in-place-of-continue': [307, 200],
	'redirect-loop': Array.from({length: 21}, () => 307),
	'redirect-then-reset': [307],
	'relative-location': [307, 202],
	'reset-before-redirect': [307],
	'reset-in-redirect': [307],
	's3-captured': [307, 200],
	's3-documented': [307, 200],
	'see-other-303': [303, 200],
	'slow-body': [307, 201],
	'slow-head': [307, 201],
	'split-packets': [307, 201],
	'starlette-slash': [307, 201],
	'starlette-slash-behind-tls': [307, 201],
	'traefik-redirect-scheme': [302, 200, 307, 200],
	'traffic-shift': [307, 201],
	'truncated-answer': [307, 201],
	'truncated-redirect-body': [307, 201],
	'two-locations': [307, 201],
	'upload-reroute': [307, 201],
	'vault-standby': [307, 200],
	'webhdfs-append': [307, 200],
	'webhdfs-create': [307, 201],
	'webhdfs-create-captured': [307, 201],
	'webhdfs-open': [307, 200],
	'yarn-no-active': [307],
	'yarn-standby': [307, 202],
	...provokedAnswers,
	...recreatedAnswers,
};

const shipped = await shippedFiles();

test('the table of answers has every shipped scenario and no other', t => {
	t.deepEqual(
		shipped.map(({name}) => name),
		Object.keys(answers).sort(),
	);
});

for (const {name, path, file} of shipped) {
	test(`${file} has the name of its file, a title, a source, a description and a call`, async t => {
		const {scenario} = await loadScenario(name);
		t.is(scenario.name, basename(path, extname(path)));
		t.truthy(scenario.title);
		t.regex(scenario.source ?? '', /^https:\/\//);
		t.truthy(scenario.description);
		t.true(scenario.calls.length > 0);
	});
}

/** What undici's fetch is answered where it takes a broken response otherwise than the small client. */
const fetched: Readonly<Record<string, readonly number[]>> = {
	'content-length-too-large': [307],
	'control-bytes-location': [307],
	// Userinfo in a Location to another origin is a network error (Fetch Standard, HTTP-redirect fetch, step 9).
	'doris-follower-load': [307],
	'doris-stream-load': [307],
	'truncated-redirect-body': [307],
	'two-locations': [307, 501],
	...provokedFetched,
	...recreatedFetched,
};

/** What undici's fetch breaks there. */
const undiciFaults: Readonly<Record<string, readonly string[]>> = {
	// It joins all fields of a name.
	'two-locations': ['locations-not-joined'],
	...provokedFaults,
	...recreatedFaults,
};

/** What undici's fetch is not held to. */
const excepted: Readonly<Record<string, string>> = {
	'redirect-then-reset': 'a reset that comes with a whole response is a race that it wins at times',
	'stalled-redirect': 'it follows, and holds the first connection open, whose record never ends',
};

/** Played one at a time: their bodies would keep the others from being served in time. */
const large = ['big-body', 'early-close-in-upload'];

for (const client of [conforming, undiciFetch])
	for (const [name, usual] of Object.entries(answers)) {
		if (client === undiciFetch && excepted[name] !== undefined) continue;
		const expected = (client === undiciFetch && fetched[name]) || usual;
		const faults = (client === undiciFetch && undiciFaults[name]) || [];
		const breaks = faults.join(', ') || 'no rule';
		const run = large.includes(name) ? test.serial : test;
		run(
			`${client.name} breaks ${breaks} at ${name}, and is answered ${inShort(expected)}`,
			async t => {
				const double = await playedBy(t, client, name);
				t.deepEqual(statuses(double), [...expected]);
				t.deepEqual(
					double.verdict().broken.map(({rule}) => rule),
					[...faults],
				);
			},
		);
	}

test('chain-of-three carries method and body through all three redirects', async t => {
	const double = await playedBy(t, conforming, 'chain-of-three');
	const {exchanges} = await double.chain();
	t.deepEqual(
		exchanges.map(({request}) => `${request.method} ${request.url}`),
		[
			'POST https://jobs.example.test/jobs',
			'POST https://jobs.example.test/region/jobs',
			'POST https://jobs.example.test/region/zone/jobs',
			'POST https://jobs.example.test/region/zone/rack/jobs',
		],
	);
	for (const {request} of exchanges) t.deepEqual(await request.body.json(), {job: 'index'});
});

test('cross-origin gives credentials to the first origin and keeps them from the second', async t => {
	const double = await playedBy(t, conforming, 'cross-origin');
	const {redirect, followUp} = await double.hop();
	const fields = ['Authorization', 'Cookie', 'Content-Type'] as const;
	const sent = (headers: typeof redirect.request.headers) =>
		fields.map(name => headerValue(headers, name));
	t.deepEqual(sent(redirect.request.headers), [
		'Bearer secret-of-the-shop',
		'session=secret-of-the-session',
		'application/json',
	]);
	t.deepEqual(sent(followUp.request.headers), [undefined, undefined, 'application/json']);
	t.deepEqual(await followUp.request.body.json(), {cart: 9});
	t.is(followUp.request.origin, 'https://partner.example.test');
});

test('patch-move keeps If-Match and the type of the patch, at the profile that was asked for', async t => {
	const {redirect, followUp} = await (await playedBy(t, conforming, 'patch-move')).hop();
	t.is(redirect.response?.location?.documented, 'https://profiles.example.test/v2/profiles/ada');
	t.is(headerValue(followUp.request.headers, 'If-Match'), '"7"');
	t.is(headerValue(followUp.request.headers, 'Content-Type'), 'application/merge-patch+json');
});

test('delete-move leads to the order that was asked for, with a DELETE and no body', async t => {
	const {followUp} = await (await playedBy(t, conforming, 'delete-move')).hop();
	t.is(followUp.request.url, 'https://orders.example.test/v2/orders/42');
	t.like(followUp.request, {method: 'DELETE', framing: 'none'});
});

test('relative-location sends its Location byte for byte', async t => {
	const {redirect, followUp} = await (await playedBy(t, conforming, 'relative-location')).hop();
	t.is(redirect.response?.location?.sent, '../v2/reports?format=full');
	t.is(followUp.request.target, '/api/v2/reports?format=full');
});

test('redirect-in-place-of-continue keeps the body of a client that expects 100 for the Location', async t => {
	const {redirect, followUp} = await (
		await playedBy(t, conforming, 'redirect-in-place-of-continue')
	).hop();
	t.is(headerValue(redirect.request.headers, 'Expect'), '100-continue');
	t.deepEqual([redirect.interim, redirect.request.body.size], [undefined, 0]);
	t.deepEqual(interimOf(followUp), [100]);
	t.is(await followUp.request.body.text(), 'a,b,c');
});

test('continue-then-redirect asks a client that expects 100 for the body twice', async t => {
	const {redirect, followUp} = await (
		await playedBy(t, conforming, 'continue-then-redirect')
	).hop();
	for (const exchange of [redirect, followUp]) {
		t.deepEqual(interimOf(exchange), [100]);
		t.deepEqual(await exchange.request.body.json(), {rows: 3});
	}
});

test('redirect-loop goes on until the client stops, and the rules say that it did', async t => {
	const double = await playedBy(t, conforming, 'redirect-loop');
	t.deepEqual(double.verdict().hops, {followed: 20, declined: 0, waiting: 1});
	t.true(double.verdict().notObserved.some(({rule}) => rule === 'loops-stopped'));
	await double.settle({quiet: 1});
	const {hops, kept} = double.verdict();
	t.deepEqual(hops, {followed: 20, declined: 1, waiting: 0});
	t.true(kept.some(({rule}) => rule === 'loops-stopped'));
});

test('redirect-loop tells the client that goes round 60 times', async t => {
	const double = await playedBy(t, tireless(), 'redirect-loop');
	t.deepEqual(
		double.verdict().broken.map(({rule}) => rule),
		['loops-stopped'],
	);
});

test('missing-location answers a 307 that makes no hop', async t => {
	const double = await playedBy(t, conforming, 'missing-location');
	t.deepEqual(double.hops(), []);
	t.is(double.exchanges[0]?.response?.location, undefined);
	t.deepEqual(double.verdict().hops, {followed: 0, declined: 0, waiting: 0});
	t.throws(() => double.assertFollowedThrough(), {message: /answered no redirect/});
});

test('cacheable-move lets a client go to the mirror at once, which nothing else does', async t => {
	const double = await playedBy(t, remembering(), 'cacheable-move');
	t.deepEqual(statuses(double), [307, 200, 200]);
	t.is(headerValue(double.exchanges[0]?.response?.headers ?? [], 'Cache-Control'), 'max-age=60');
	const {broken, notObserved} = double.verdict();
	t.deepEqual(broken, []);
	t.deepEqual(
		notObserved.map(({reason}) => reason),
		['the redirect was explicitly cacheable'],
	);
});

for (const name of ['permanent-308', 'moved-301'])
	test(`${name} lets a client begin its next call at the new address`, async t => {
		const double = await startDouble(name);
		t.teardown(double.close);
		const client = remembering();
		for (const call of [...(await callsFor(double)), ...(await callsFor(double))])
			await client.send(call);
		await sealed(double);
		t.is(double.exchanges.length, 3);
		t.deepEqual(double.verdict().broken, []);
	});

test('see-other-303 and moved-302 lead a conforming client to a GET without body and content headers', async t => {
	for (const name of ['see-other-303', 'moved-302']) {
		const {followUp} = await (await playedBy(t, conforming, name)).hop();
		t.like(followUp.request, {method: 'GET', framing: 'none'});
		t.is(headerValue(followUp.request.headers, 'Content-Type'), undefined);
	}
});

test('maintenance-shift ends maintenance by itself after the second redirect', async t => {
	const double = await startDouble('maintenance-shift');
	t.teardown(double.close);
	const phases: (string | undefined)[] = [double.phase];
	for (const call of await callsFor(double)) {
		await conforming.send(call);
		phases.push(double.phase);
	}
	t.deepEqual(phases, ['maintenance', 'maintenance', 'in-service', 'in-service']);
	t.is(headerValue(double.exchanges[0]?.response?.headers ?? [], 'Retry-After'), '120');
});

test('maintenance-shift is ended by switchTo, and begins again with reset', async t => {
	const double = await startDouble('maintenance-shift');
	t.teardown(double.close);
	const [call] = await callsFor(double);
	if (call === undefined) return t.fail();
	const answered = async () => {
		const {url, ...init} = call;
		return (await fetch(url, init)).json();
	};
	t.deepEqual(await answered(), {id: '7', served: 'by the standby'});
	double.switchTo('in-service');
	t.deepEqual(await answered(), {id: '7', served: 'in place'});
	t.deepEqual(statuses(double), [307, 200, 200]);
	await double.reset();
	t.is(double.phase, 'maintenance');
	t.deepEqual(await answered(), {id: '7', served: 'by the standby'});
});

test('traffic-shift reroutes about a quarter, the same calls in every double and after a reset', async t => {
	const first = await startDouble('traffic-shift');
	const second = await startDouble('traffic-shift');
	for (const double of [first, second]) t.teardown(double.close);
	const one = await rerouted(first);
	t.true(one.length > 15 && one.length < 35, `${one.length} of 100`);
	t.deepEqual(await rerouted(second), one);
	await first.reset();
	t.deepEqual(await rerouted(first), one);
});

test('traffic-shift sees each call begin at the original address, rerouted or not', async t => {
	const double = await startDouble('traffic-shift');
	t.teardown(double.close);
	const [call] = await callsFor(double);
	for (let count = 0; call && count < 30; count++) await conforming.send(call);
	await sealed(double);
	t.is(double.exchanges.filter(({request}) => request.url.endsWith('.test/payments')).length, 30);
	t.notThrows(() => double.assertFollowedThrough());
});

function inShort(expected: readonly number[]): string {
	if (expected.length <= 5) return expected.join(' ');
	const [first, ...others] = expected;
	return others.every(status => status === first)
		? `${expected.length} times ${first}`
		: `${expected.length} times`;
}

const turn = inTurns(16);

async function playedBy(t: ExecutionContext, client: RealClient, name: string): Promise<Double> {
	const {double} = await turn(() => play(name, client));
	t.teardown(double.close);
	return double;
}

function statuses({exchanges}: Double): (number | undefined)[] {
	return exchanges.map(({response}) => response?.status);
}

function interimOf({interim = []}: Exchange): number[] {
	return interim.map(({status}) => status);
}

function callsFor(double: Double) {
	return documentedCalls(double.name, url => double.urlOf(url));
}

/** Which of a hundred calls are rerouted. */
async function rerouted(double: Double): Promise<number[]> {
	const [call] = await callsFor(double);
	const found: number[] = [];
	for (let count = 1; call && count <= 100; count++) {
		const {url, ...init} = call;
		const response = await fetch(url, {...init, redirect: 'manual'});
		await response.arrayBuffer();
		if (response.status === 307) found.push(count);
	}
	return found;
}
