import {AssertionError} from 'node:assert';
import test from 'ava';
import {type ScenarioInput, startDouble} from '../../src/index.ts';
import {connectHttp2, readResponse} from '../helpers/http2-client.ts';
import {connectTo, headOf} from '../helpers/raw-client.ts';

const up = 'https://up.example.test';
const scenario: ScenarioInput = {
	name: 'uploads',
	routes: [
		{
			request: `PUT ${up}/a`,
			response: {status: 307, headers: {Location: '/b'}, answer: 'before-body'},
		},
		{request: `PUT ${up}/b`, response: {status: 201}},
	],
};
const whole = 'x'.repeat(3000);
const put = (path: string, ...fields: readonly string[]) =>
	headOf([`PUT ${path} HTTP/1.1`, 'Host: up.example.test', ...fields]);

test('an upload that stops early and is repeated whole breaks nothing, and what was compared is said', async t => {
	await using double = await startDouble(scenario);
	await upload(double.url, whole);
	const hop = await double.hop();
	t.deepEqual(double.verdict().broken, []);
	t.notThrows(() => double.assertFollowedThrough());
	const seen =
		"not observed: only 1,000 of the 3,000 bytes of the redirected request's body came, and the follow-up's begins with them and is as long as its Content-Length promised";
	t.deepEqual(hop.assertPreserved(), {method: 'preserved', body: seen, headers: 'preserved'});
	t.deepEqual(hop.assertPreserved({body: whole}), {body: 'preserved'});
	t.throws(() => hop.assertPreserved({body: true}), {instanceOf: AssertionError});
	t.true(
		`${hop}`.includes(
			'  meanwhile   answered after 1,000 of the 3,000 bytes of the body; then the client closed the\n              connection\n',
		),
	);
});

test('an upload that stops early and is repeated in part breaks body-preserved', async t => {
	await using double = await startDouble(scenario);
	await upload(double.url, whole.slice(0, 1000));
	await double.hop();
	const [finding] = double.verdict().broken;
	t.is(finding?.rule, 'body-preserved');
	t.is(finding?.expected, '3,000 bytes, as the Content-Length of the redirected request promised');
	t.throws(() => double.assertFollowedThrough(), {instanceOf: AssertionError});
});

test('a follow-up in the place of a chunk is found, though it is no exchange', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	client.send(put('/a', 'Transfer-Encoding: chunked'));
	client.send(`3e8\r\n${whole.slice(0, 1000)}\r\n`);
	await client.response();
	client.send(put('/b', 'Content-Length: 3000') + whole);
	await client.rest();
	await double.settle({quiet: 1});
	const {broken, hops} = double.verdict();
	t.deepEqual(hops, {followed: 0, declined: 1, waiting: 0});
	t.deepEqual(
		broken.map(({rule, actual, exchanges}) => [rule, actual, exchanges]),
		[['no-request-inside-body', 'PUT /b HTTP/1.1, where a chunk should begin', [1]]],
	);
});

test('a redirected upload that is still on its way is not taken for its own follow-up', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	client.send(put('/a', 'Content-Length: 3000') + whole.slice(0, 1000));
	await client.response();
	await t.notThrowsAsync(double.assertDeclined({within: 1}));
});

test('an upload that goes on after the answer is compared in full', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	client.send(put('/a', 'Content-Length: 3000') + whole.slice(0, 1000));
	await client.response();
	client.send(whole.slice(1000));
	client.send(put('/b', 'Content-Length: 3000') + whole);
	await client.response();
	const hop = await double.hop();
	t.deepEqual(double.verdict().broken, []);
	t.is(hop.assertPreserved().body, 'preserved');
	const kept = double.verdict().kept.map(({rule}) => rule);
	for (const rule of ['body-preserved', 'early-answer-noticed', 'no-request-inside-body'])
		t.true(kept.includes(rule), rule);
});

for (const [what, follow, broken] of [
	['whole', whole, []],
	['in part', whole.slice(0, 1000), ['body-preserved']],
] as const)
	test(`over HTTP/2 an upload that stops early and is repeated ${what} is judged alike`, async t => {
		await using double = await startDouble(scenario);
		using client = await connectHttp2(double.url);
		const head = {':method': 'PUT', ':path': '/a', 'content-length': '3000'};
		const first = client.begin(head);
		first.write(whole.slice(0, 1000));
		const {status} = await readResponse(first);
		t.is(status, 307);
		first.close(8);
		await client.ask({...head, ':path': '/b', 'content-length': `${follow.length}`}, follow);
		const hop = await double.hop();
		const {redirect} = hop;
		await double.settle({quiet: 1});
		t.deepEqual(
			double.verdict().broken.map(({rule}) => rule),
			broken,
		);
		t.is(redirect.request.afterAnswer?.ending, 'stopped');
		t.regex(`${hop}`, / HTTP\/2, exchange 1\n/);
		t.regex(`${hop}`, /then the client gave up the\s+stream/);
	});

/** Sends 1,000 of 3,000 bytes, leaves at the answer, and follows with `then` on another connection. */
async function upload(url: string, then: string): Promise<void> {
	using first = await connectTo(url);
	first.send(put('/a', 'Content-Length: 3000') + whole.slice(0, 1000));
	await first.response();
	first.socket.end();
	await first.rest();
	using second = await connectTo(url);
	second.send(put('/b', `Content-Length: ${then.length}`) + then);
	await second.response();
}
