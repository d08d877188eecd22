import {connect} from 'node:http2';
import test from 'ava';
import {type Exchange, type ScenarioInput, startDouble} from '../../src/index.ts';
import {askHttp2, type Http2Wire} from '../helpers/wire-http2.ts';

type Response = NonNullable<
	Exclude<ScenarioInput['routes'][number]['response'], (...args: never[]) => unknown>
>;

const redirect = {status: 307, headers: {Location: '/there'}, text: '0123456789'} as const;

/** What a client sees of each fault on HTTP/2: the status, the body, and the code of RST_STREAM. */
const faults: readonly (readonly [Response, number | undefined, string, number])[] = [
	[{...redirect, fault: 'reset-before-head'}, undefined, '', 2],
	[{...redirect, fault: 'reset-in-head'}, undefined, '', 2],
	[{...redirect, fault: 'reset-after-head'}, 307, '', 2],
	[{...redirect, fault: {truncateAfter: 4}}, 307, '0123', 2],
	[{fault: {garbage: 'noise'}}, undefined, '', 2],
	[{...redirect, packetSize: 3}, 307, '0123456789', 0],
	[{...redirect, bytesPerSecond: 1000}, 307, '0123456789', 0],
	[{...redirect, bodyDelay: 10}, 307, '0123456789', 0],
	[{...redirect, fault: {truncateAfter: 4}, packetSize: 1, bytesPerSecond: 1000}, 307, '0123', 2],
];

async function playedWith(
	response: Response,
	method = 'POST',
): Promise<{wire: Http2Wire; exchange: Exchange; hops: number}> {
	const routes = [{request: '* http://api.example.test/x', response}];
	await using double = await startDouble({name: 'broken', routes});
	const wire = await askHttp2(`${double.url}/x`, method);
	const exchange = await double.journal.waitFor(({sealed}) => sealed);
	return {wire, exchange, hops: double.verdict().hops.waiting};
}

for (const [response, status, body, code] of faults) {
	const {fault, packetSize, bytesPerSecond, bodyDelay} = response;
	const name = JSON.stringify({fault, packetSize, bytesPerSecond, bodyDelay});
	test(`on HTTP/2 with ${name} a client sees "${body}" and code ${code}`, async t => {
		const {wire, exchange} = await playedWith(response);
		t.is(wire.head?.[':status'], status);
		t.is(Buffer.concat(wire.pieces).toString(), body);
		t.is(wire.code, code);
		t.is(exchange.response?.complete, code === 0);
		t.is(exchange.request.http2?.reset, undefined);
	});
}

test('on HTTP/2 a packet size is the size of the DATA frames', async t => {
	const {wire} = await playedWith({...redirect, packetSize: 3});
	t.deepEqual(wire.pieces.map(String), ['012', '345', '678', '9']);
});

for (const [fault, hops] of [
	['reset-before-head', 0],
	['reset-after-head', 1],
] as const)
	test(`on HTTP/2 ${fault} is recorded, and makes ${hops} hops`, async t => {
		const played = await playedWith({...redirect, fault});
		t.like(played.exchange.response, {fault, status: 307, complete: false});
		t.is(played.hops, hops);
	});

test('on HTTP/2 a broken stream leaves the connection to the others', async t => {
	const routes = [
		{
			request: '* http://api.example.test/x',
			response: {...redirect, fault: 'reset-before-head' as const},
		},
		{request: '* http://api.example.test/y', response: {text: 'whole'}},
	];
	await using double = await startDouble({name: 'broken', routes});
	const session = connect(double.url);
	t.teardown(() => session.destroy());
	for (const path of ['/x', '/y']) {
		const stream = session.request({':path': path});
		const pieces: Buffer[] = [];
		stream.on('data', (piece: Buffer) => void pieces.push(piece)).on('error', () => {});
		await new Promise(resolve => stream.once('close', resolve));
		t.is(Buffer.concat(pieces).toString(), path === '/x' ? '' : 'whole');
	}
	await double.journal.waitFor(({sealed, request}) => sealed && request.target === '/y');
	t.deepEqual(
		double.exchanges.map(({connection}) => connection.number),
		[1, 1],
	);
});

test('on HTTP/2 HEAD has the head alone, at any pace', async t => {
	const {wire} = await playedWith({...redirect, bodyDelay: 600_000, bytesPerSecond: 1}, 'HEAD');
	t.deepEqual([wire.head?.[':status'], wire.pieces.length, wire.code], [307, 0, 0]);
});
