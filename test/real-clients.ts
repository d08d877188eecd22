import test, {type ExecutionContext} from 'ava';
import {FormData as UndiciFormData, fetch as undiciFetch} from 'undici';
import {headerValue} from '../src/http/header-lines.ts';
import type {Exchange} from '../src/journal/exchange.ts';
import {startDouble} from '../src/start-double.ts';
import type {RealClient} from './clients/real/client.ts';
import {
	circles,
	faults,
	gotFifteenMessage,
	keepPost,
	type ScenarioName,
	scenarios,
} from './clients/real/expected.ts';
import {
	curl,
	curlForcingMethod,
	followingClients,
	gotFifteen,
	nodeHttp,
} from './clients/real/index.ts';
import {play, sealed} from './clients/real/play.ts';
import {lacksCurl} from './helpers/needs-curl.ts';

const names = Object.keys(scenarios).filter((name): name is ScenarioName => name in scenarios);

const followsThrough = test.macro({
	title: (_, client: RealClient, name: ScenarioName) => {
		const broken = faults[client.name]?.[name] ?? [];
		return `${client.name} follows ${name} and breaks ${broken.join(' and ') || 'no rule'}`;
	},
	async exec(t, client: RealClient, name: ScenarioName) {
		if (isMissing(t, client)) return;
		const {double, outcomes} = await play(name, client);
		t.teardown(double.close);
		const {broken, hops} = double.verdict();
		const expected = faults[client.name]?.[name] ?? [];
		t.deepEqual(hops, {followed: scenarios[name], declined: 0, waiting: 0});
		t.deepEqual(
			broken.map(({rule}) => rule),
			expected,
		);
		t.true(
			outcomes.every(
				status => status === 200 || status === 201 || status === 202 || status === 204,
			),
		);
		if (expected.length === 0) t.notThrows(() => double.assertFollowedThrough());
		else t.throws(() => double.assertFollowedThrough(), {code: 'ERR_ASSERTION'});
	},
});

for (const client of followingClients) for (const name of names) test(followsThrough, client, name);

for (const client of followingClients) {
	test(`after 301 and 302 ${client.name} ${keepPost.includes(client.name) ? 'repeats the POST' : 'turns the POST into a GET'}`, async t => {
		if (isMissing(t, client)) return;
		for (const name of ['moved-301', 'moved-302']) {
			const {double} = await play(name, client);
			t.teardown(double.close);
			const {followUp} = await double.hop();
			t.is(followUp.request.method, keepPost.includes(client.name) ? 'POST' : 'GET');
			t.is(followUp.request.body.size > 0, keepPost.includes(client.name));
		}
	});
}

for (const name of names) {
	test(`node:http, which follows nothing by itself, declines ${name}`, async t => {
		const {double, outcomes} = await play(name, nodeHttp);
		t.teardown(double.close);
		await double.assertDeclined({within: 0});
		const {hops, broken} = double.verdict();
		t.true(outcomes.some(status => typeof status === 'number' && status >= 300 && status < 400));
		t.like(hops, {followed: 0, waiting: 0});
		t.deepEqual(broken, []);
		t.throws(() => double.assertFollowedThrough(), {
			message: /sent then {3}nothing: the redirect was not followed/,
		});
	});
}

for (const client of followingClients) {
	const [followed, words, expected] = circles[client.name] ?? [0, '', []];
	test(`${client.name} leaves a circle after ${followed} ${followed === 1 ? 'redirect' : 'redirects'}, with an error`, async t => {
		if (isMissing(t, client)) return;
		const {double, outcomes} = await play('redirect-loop', client);
		t.teardown(double.close);
		await double.settle({quiet: 1});
		const {hops, broken, kept} = double.verdict();
		t.true(String(outcomes[0]).includes(words), String(outcomes[0]));
		t.deepEqual(hops, {followed, declined: 1, waiting: 0});
		t.deepEqual(
			broken.map(({rule, level}) => `${rule} (${level})`),
			expected.map(rule => `${rule} (policy)`),
		);
		t.true(kept.some(({rule}) => rule === 'loops-stopped') || followed < 2);
	});
}

for (const client of [...followingClients, nodeHttp]) {
	test(`${client.name} takes a 307 without Location as the final response`, async t => {
		if (isMissing(t, client)) return;
		const {double, outcomes} = await play('missing-location', client);
		t.teardown(double.close);
		t.deepEqual(outcomes, [307]);
		t.is(double.exchanges.length, 1);
		t.deepEqual(double.hops(), []);
	});
}

test('got 15.0.5 is told that it sent an empty POST to the other origin', async t => {
	const {double} = await play('cross-origin', gotFifteen);
	t.teardown(double.close);
	const error = t.throws(() => double.assertFollowedThrough(), {code: 'ERR_ASSERTION'});
	t.is(error?.message, gotFifteenMessage);
	for (const {url} of double.origins) t.false(error?.message.includes(`:${new URL(url).port}`));
	t.notRegex(gotFifteenMessage, /secret|127\.0\.0\.1/);
});

/** curl -X names the method of every hop, also where a 302 or 303 has changed it, but sends no body then. */
const forced: readonly [name: string, broken: readonly string[]][] = [
	['api-move', []],
	['moved-302', ['body-preserved', 'empty-content-announced']],
	['see-other-303', ['see-other-retrieves', 'empty-content-announced']],
];

for (const [name, expected] of forced) {
	test(`curl -X POST -L at ${name} breaks ${expected.join() || 'no rule'}`, async t => {
		if (isMissing(t, curlForcingMethod)) return;
		const {double} = await play(name, curlForcingMethod);
		t.teardown(double.close);
		const {followUp} = await double.hop();
		t.is(followUp.request.method, 'POST');
		t.is(followUp.request.body.size > 0, expected.length === 0);
		t.deepEqual(
			double.verdict().broken.map(({rule}) => rule),
			expected,
		);
	});
}

/** undici issue 4065: the form is serialised anew, and Content-Type still names the old boundary. */
const formSenders = [
	{
		name: 'built-in fetch',
		async send(url: string) {
			const body = new FormData();
			body.append('name', 'Ada');
			await fetch(url, {method: 'POST', body});
		},
	},
	{
		name: 'undici fetch',
		async send(url: string) {
			const body = new UndiciFormData();
			body.append('name', 'Ada');
			await undiciFetch(url, {method: 'POST', body});
		},
	},
];

for (const {name, send} of formSenders) {
	test(`${name} sends a form on with a boundary that its Content-Type does not name`, async t => {
		const double = await startDouble('api-move');
		t.teardown(double.close);
		await send(double.urlOf('https://api.example.test/api/v1/users'));
		const {redirect, followUp} = await double.hop();
		t.is((await redirect.request.body.form()).get('name'), 'Ada');
		await t.throwsAsync(followUp.request.body.form(), {code: 'BODY_UNREADABLE'});
		t.deepEqual(
			double.verdict().broken.map(({rule, cause}) => ({rule, cause})),
			[
				{
					rule: 'multipart-boundary-kept',
					cause:
						'the body was written anew with another boundary, but Content-Type still names the old one: a server finds no parts in it',
				},
			],
		);
	});
}

test('of a hundred calls at once every link is right, and certain where a call has an id of its own', async t => {
	const double = await startDouble('api-move');
	t.teardown(double.close);
	const url = double.urlOf('https://api.example.test/api/v1/users');
	// Ten bodies, so that each is sent by calls with an id and by calls without one.
	const statuses = await Promise.all(
		Array.from({length: 100}, async (_, index) => {
			const body = JSON.stringify({name: `user ${Math.floor(index / 10)}`});
			const id = index % 2 === 0 ? {'x-request-id': `call-${index}`} : {};
			const headers = {'Content-Type': 'application/json', ...id};
			const response = await fetch(url, {method: 'POST', headers, body});
			await response.arrayBuffer();
			return response.status;
		}),
	);
	await sealed(double);
	const links = double.hops().map(({redirect, followUp, link}) => ({
		sameId: idOf(redirect) === idOf(followUp),
		sameBody: redirect.request.body.sha256 === followUp?.request.body.sha256,
		certain: link?.certain === (idOf(redirect) !== undefined),
	}));
	t.deepEqual(new Set(statuses), new Set([201]));
	t.is(links.length, 100);
	t.deepEqual(
		links.filter(({sameId, sameBody, certain}) => !(sameId && sameBody && certain)),
		[],
	);
	t.is(double.hops().filter(({link}) => link?.certain).length, 50);
	t.deepEqual(double.verdict().broken, []);
});

function idOf(exchange: Exchange | undefined): string | undefined {
	return exchange && headerValue(exchange.request.headers, 'x-request-id');
}

/** Whether a machine without curl leaves the test out. */
function isMissing(t: ExecutionContext, client: RealClient): boolean {
	return [curl, curlForcingMethod].includes(client) && lacksCurl(t);
}
