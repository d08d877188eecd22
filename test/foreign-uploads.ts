import test from 'ava';
import type {Double} from '../src/double.ts';
import {startDouble} from '../src/start-double.ts';
import {type ForeignClient, foreignClients, lacks, send} from './clients/foreign.ts';
import type {Method} from './clients/real/client.ts';

/** More than the buffers of a connection take: a server that reads no more holds a client up. */
const body = 'an upload of 32 bytes, over again'.repeat(512 * 1024);

const clients = new Map(foreignClients.map(client => [client.name, client]));
const all = [...clients.keys()];
const plain: Readonly<Record<string, string>> = {};
const expecting = {Expect: '100-continue'};
/** Java's HttpClient lets nobody set the field; curl sets it by itself for so large a body. */
const canExpect = all.filter(name => name !== "Java's HttpClient");
/** They look for a response while they send. */
const watchful = ['curl', "Go's net/http"];

/** Which clients come through an upload that is redirected early, with the whole body at the target. */
const trials: readonly (readonly [
	scenario: string,
	fields: typeof plain,
	names: readonly string[],
])[] = [
	['early-redirect', plain, all],
	['early-redirect-close', plain, all],
	['early-redirect-close', expecting, canExpect],
	['early-redirect-unread', plain, watchful],
	['redirect-in-place-of-continue', plain, all],
	['redirect-in-place-of-continue', expecting, canExpect],
	['continue-then-redirect', plain, all],
	['continue-then-redirect', expecting, canExpect],
];

for (const [scenario, fields, names] of trials)
	for (const name of names)
		test(`${name}${fields === expecting ? ', which waits for 100,' : ''} comes through ${scenario} with a large upload`, async t => {
			const client = clients.get(name);
			if (client === undefined || lacks(t, client)) return;
			const double = await startDouble(scenario);
			t.teardown(double.close);
			t.true((await upload(double, client, fields)) < 300);
			const {followUp} = await double.hop();
			t.is(followUp.request.body.size, body.length);
			t.true(followUp.request.body.complete);
			t.deepEqual(double.verdict().broken, []);
		});

test.serial(
	'curl sends nothing of an upload that is redirected in place of 100, and all of it at the target',
	async t => {
		const client = clients.get('curl');
		if (client === undefined || lacks(t, client)) return;
		const double = await startDouble('redirect-in-place-of-continue');
		t.teardown(double.close);
		await upload(double, client, expecting);
		const {redirect, followUp} = await double.hop();
		t.is(redirect.interim, undefined);
		t.is(redirect.request.body.size, 0);
		t.is(redirect.request.afterAnswer?.after, 0);
		t.deepEqual(
			followUp.interim?.map(({status}) => status),
			[100],
		);
	},
);

// Go before 1.21.12 and 1.22.5 goes on inside the unfinished body (CVE-2024-24791).
test('Go, which waits for 100 and is redirected on a connection that stays, is right or is caught', async t => {
	const client = clients.get("Go's net/http");
	if (client === undefined || lacks(t, client)) return;
	const double = await startDouble('early-redirect');
	t.teardown(double.close);
	const isRight = await upload(double, client, expecting).then(
		status => status === 201,
		() => false,
	);
	await double.settle();
	const broken = double.verdict().broken.map(({rule}) => rule);
	t.is(broken.includes('no-request-inside-body'), !isRight, double.report());
});

function upload(double: Double, client: ForeignClient, fields: typeof plain): Promise<number> {
	const [method, url = ''] = double.scenario.calls[0]?.request.split(' ') ?? [];
	const known: readonly Method[] = ['POST', 'PUT'];
	const asked = known.find(each => each === method) ?? 'PUT';
	return send(client, {method: asked, url: double.urlOf(url), headers: fields, body});
}
