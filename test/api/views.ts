import test from 'ava';
import fc from 'fast-check';
import {chainSchema, chainView} from '../../src/api/views/chain.ts';
import {exchangeSchema, exchangeView} from '../../src/api/views/exchange.ts';
import {findingSchema, findingView} from '../../src/api/views/finding.ts';
import {hopSchema, hopView} from '../../src/api/views/hop.ts';
import {verdictSchema, verdictView} from '../../src/api/views/verdict.ts';
import type {Secrets} from '../../src/api/views/wire-text.ts';
import {type Double, defineScenario, startDouble} from '../../src/index.ts';
import {chainsOf} from '../../src/journal/chains.ts';
import type {Exchange} from '../../src/journal/exchange.ts';
import {checkJson} from '../../src/scenario/check-json.ts';
import {judge} from '../../src/verdict/judge.ts';
import {anyConversation} from '../helpers/any-conversation.ts';
import {anyJournal} from '../helpers/any-journal.ts';
import {buildExchange, hopOf} from '../helpers/build-hop.ts';
import {play} from '../helpers/play-conversation.ts';
import {connectTo} from '../helpers/raw-client.ts';

const secret = 'S3CRET';

/** Faults of data as it comes out of JSON; also that JSON has lost something of it. */
function faultsOf(schema: object, data: unknown): string[] {
	const parsed: unknown = JSON.parse(JSON.stringify(data));
	const lost = JSON.stringify(parsed) === JSON.stringify(data) ? [] : ['JSON has changed it'];
	return [...checkJson(schema, parsed), ...lost, ...nothings(data, '')];
}

/** Where something is undefined or null in place of being left out. */
function nothings(data: unknown, path: string): string[] {
	if (data === undefined || data === null) return [`${path} is ${data}`];
	if (typeof data !== 'object') return [];
	return Object.entries(data).flatMap(([name, value]) => nothings(value, `${path}/${name}`));
}

function faultsOfDouble(double: Double): string[] {
	const secrets: Secrets = 'masked';
	return [
		...double.exchanges.flatMap(each => faultsOf(exchangeSchema, exchangeView(each, secrets))),
		...double.exchanges.flatMap(each => differences(each)),
		...double.hops().flatMap(hop => faultsOf(hopSchema, hopView(hop, secrets, hop.findings()))),
		...double.chains().flatMap(chain => faultsOf(chainSchema, chainView(chain, secrets))),
		...faultsOf(verdictSchema, verdictView(double)),
	];
}

/** With secrets shown, all that the record has is told: bodies apart, which are told by their facts. */
function differences(exchange: Exchange): string[] {
	const {body, malformed} = exchange.request;
	const {size, sha256, complete, kept, notKept} = body;
	const bytes = malformed && Buffer.from(malformed.bytes).toString('latin1');
	const record = {
		...exchange,
		request: {
			...exchange.request,
			body: {size, sha256, complete, kept, ...(notKept && {notKept})},
			...(malformed && {malformed: {...malformed, bytes}}),
		},
	};
	const told = sorted(exchangeView(exchange, 'shown'));
	return told === sorted(record) ? [] : [`told: ${told}\nrecorded: ${sorted(record)}`];
}

/** As JSON, members in the order of their names. */
function sorted(data: unknown): string {
	return JSON.stringify(data, (_name, value: unknown) =>
		typeof value === 'object' && value !== null && !Array.isArray(value)
			? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
			: value,
	);
}

test('what the views give for any journal fits their schemas', t => {
	const property = fc.property(anyJournal, around => {
		const {exchanges, hops} = around;
		const verdict = judge(around);
		const findings = [...verdict.broken, ...verdict.kept, ...verdict.notObserved];
		const faults = [
			...exchanges.flatMap(each => faultsOf(exchangeSchema, exchangeView(each, 'masked'))),
			...exchanges.flatMap(each => differences(each)),
			...hops.flatMap(hop => faultsOf(hopSchema, hopView(hop, 'masked'))),
			...chainsOf(hops).flatMap(chain => faultsOf(chainSchema, chainView(chain, 'shown'))),
			...findings.flatMap(finding => faultsOf(findingSchema, findingView(finding))),
		];
		if (faults.length > 0) throw new Error(faults.join('\n'));
	});
	fc.assert(property, {numRuns: 150});
	t.pass();
});

test('what the views give for recorded conversations fits their schemas', async t => {
	t.timeout(120_000);
	const property = fc.asyncProperty(anyConversation, async conversation => {
		const {faults} = await play(conversation, faultsOfDouble);
		if (faults.length > 0) throw new Error(faults.join('\n').slice(0, 20_000));
	});
	await fc.assert(property, {numRuns: 25, seed: 1});
	t.pass();
});

const everywhere = buildExchange(
	1,
	{
		request: `POST https://ada:${secret}@api.example.test/v1?token=${secret}`,
		target: `/v1?token=${secret}`,
		headers: [
			['Host', `ada:${secret}@api.example.test`],
			['Authorization', `Bearer ${secret}`],
			['Cookie', `sid=${secret}`],
			['Referer', `https://ada:${secret}@a.test/?api_key=${secret}`],
			['X-Api-Key', secret],
		],
		trailers: [['X-Signature', secret]],
		http2: {
			stream: 1,
			pseudoHeaders: [
				[':path', `/v1?token=${secret}`],
				[':authority', `ada:${secret}@api.example.test`],
			],
		},
		malformed: {
			code: 'HPE_INVALID_HEADER_TOKEN',
			message: `Bad ?token=${secret}`,
			bytes: Buffer.from(
				`GET /?token=${secret} HTTP/1.1\r\nCookie: ${secret}\r\nX Y\r\n\r\n{"password":"${secret}"}`,
			),
		},
		connection: {tunnel: `ada:${secret}@api.example.test:443`},
	},
	{
		status: 307,
		location: `https://ada:${secret}@api.example.test/v2?access_token=${secret}#token=${secret}`,
		sent: `http://ada:${secret}@127.0.0.1:4000/v2?access_token=${secret}`,
		headers: [['Set-Cookie', `sid=${secret}; Path=/`]],
		interim: [{status: 103, headers: [['Set-Cookie', secret]], sentAt: 1}],
	},
);

test('no secret is told, wherever it stands, unless it is asked for', t => {
	const hop = hopOf(1, everywhere, buildExchange(2, {request: 'POST https://api.example.test/v2'}));
	const told = JSON.stringify([hopView(hop, 'masked'), chainView(chainOf(hop), 'masked')]);
	t.false(told.includes(secret), told);
	t.true(told.includes('Bearer ***'));
	const shown = JSON.stringify(exchangeView(everywhere, 'shown'));
	t.is(shown.split(secret).length, JSON.stringify(everywhere).split(secret).length + 3);
	t.deepEqual(differences(everywhere), []);
});

function chainOf(hop: ReturnType<typeof hopOf>) {
	return {hops: [hop], exchanges: [hop.redirect, hop.followUp]};
}

test('bytes that are no UTF-8 are told as Latin-1, and so survive', async t => {
	await using double = await startDouble(
		defineScenario({
			name: 'bytes',
			routes: [
				{
					request: 'POST https://api.example.test/*rest',
					response: {status: 307, headers: {Location: {base64: '/2ZpbGUv/w=='}}},
				},
			],
		}),
	);
	const value = 'caf\xe9 \xff\xfe';
	const client = await connectTo(double.url);
	client.send(
		`POST /x HTTP/1.1\r\nHost: a\r\nX-Name: ${value}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-End: ${value}\r\n\r\n`,
	);
	await client.response();
	client.send('\xff\xfe\x00 no HTTP\r\n\r\n');
	await client.rest();
	const [first, second] = double.exchanges.map(each => exchangeView(each, 'masked'));
	t.deepEqual(first?.request.headers[1], ['X-Name', value]);
	t.deepEqual(first?.request.trailers, [['X-End', value]]);
	t.true(first?.response?.location?.sent.endsWith('/\xff'));
	t.is(second?.request.malformed?.bytes, '\xff\xfe\x00 no HTTP\r\n\r\n');
	t.deepEqual(faultsOfDouble(double), []);
});

test('what is not there is left out', async t => {
	await using double = await startDouble('api-move');
	const client = await connectTo(double.url);
	client.send('GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n');
	await client.response();
	client.leave();
	await double.journal.waitFor(() => true);
	const [told] = double.exchanges.map(each => exchangeView(each, 'masked'));
	t.deepEqual(Object.keys(told ?? {}), [
		...['number', 'sealed', 'request', 'response', 'miss', 'connection'],
	]);
	t.deepEqual(Object.keys(told?.connection ?? {}), ['number', 'exchange', 'peer', 'door']);
	t.deepEqual(Object.keys(told?.response ?? {}), [
		...['status', 'reason', 'headers', 'bodySize', 'sentAt', 'complete'],
	]);
});
