import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type Exchange, type ScenarioInput, startDouble} from '../../src/index.ts';
import {connectTo, headOf} from '../helpers/raw-client.ts';
import {untilEnd, type Wire} from '../helpers/wire.ts';

type Response = NonNullable<
	Exclude<ScenarioInput['routes'][number]['response'], (...args: never[]) => unknown>
>;

const redirect = {
	status: 307,
	headers: {Location: '/there', 'X-Long': 'x'.repeat(300), Date: 'today', Connection: 'close'},
	text: '0123456789',
} as const;

const startOfHead = 'HTTP/1.1 307 Temporary Redirect\r\nLocation: /there\r\nX-Long: xxx';
const head = `${startOfHead}${'x'.repeat(297)}\r\nDate: today\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 10\r\n\r\n`;
const half = head.slice(0, head.length >> 1);

/** What a client sees of each fault, byte for byte, and how its connection ends. */
const faults: readonly (readonly [Response, string, Wire['ending']])[] = [
	[{...redirect, fault: 'reset-before-head'}, '', 'reset'],
	[{...redirect, fault: 'reset-in-head'}, half, 'reset'],
	[{...redirect, fault: 'reset-after-head'}, head, 'reset'],
	[{...redirect, fault: {truncateAfter: 0}}, head, 'fin'],
	[{...redirect, fault: {truncateAfter: 4}}, `${head}0123`, 'fin'],
	[{fault: {garbage: '\0HTTP/9 hé\r\n'}}, '\0HTTP/9 h\xc3\xa9\r\n', 'fin'],
	[{...redirect, fault: {truncateAfter: 4}, packetSize: 3}, `${head}0123`, 'fin'],
	[{...redirect, fault: {truncateAfter: 4}, bytesPerSecond: 1000}, `${head}0123`, 'fin'],
	[{...redirect, fault: 'reset-in-head', packetSize: 50}, half, 'reset'],
];

async function playedWith(
	response: Response,
	method = 'POST',
): Promise<{wire: Wire; exchange: Exchange; hops: number}> {
	const routes = [{request: '* https://api.example.test/x', response}];
	await using double = await startDouble({name: 'broken', routes});
	const wire = await untilEnd(double.url, [`${method} /x HTTP/1.1`, 'Host: h']);
	const exchange = await double.journal.waitFor(({sealed}) => sealed);
	return {wire, exchange, hops: double.verdict().hops.waiting};
}

for (const [response, text, ending] of faults) {
	const {fault, packetSize, bytesPerSecond} = response;
	const name = JSON.stringify({fault, packetSize, bytesPerSecond});
	test(`with ${name} a client sees ${text.length} bytes and ${ending}`, async t => {
		const {wire, exchange} = await playedWith(response);
		t.is(wire.text, text);
		t.is(wire.ending, ending);
		t.true(exchange.sealed);
		t.false(exchange.response?.complete);
	});
}

const recorded: readonly (readonly [Response, string, number])[] = [
	[{...redirect, fault: 'reset-before-head'}, 'reset-before-head', 0],
	[{...redirect, fault: 'reset-in-head'}, 'reset-in-head', 0],
	[{...redirect, fault: 'reset-after-head'}, 'reset-after-head', 1],
	[{...redirect, fault: {truncateAfter: 4}}, 'truncated', 1],
];

for (const [response, fault, hops] of recorded)
	test(`${fault} is recorded with its status and Location, and makes ${hops} hops`, async t => {
		const played = await playedWith(response);
		t.like(played.exchange.response, {fault, status: 307, complete: false});
		t.is(played.exchange.response?.location?.sent, '/there');
		t.is(played.hops, hops);
	});

test('garbage is recorded with the status of its response, and makes no hop', async t => {
	const {exchange, hops} = await playedWith({fault: {garbage: 'noise'}});
	t.like(exchange.response, {fault: 'garbage', status: 200, complete: false});
	t.is(hops, 0);
});

test('an ordinary response has no fault', async t => {
	const {exchange} = await playedWith(redirect);
	t.false('fault' in (exchange.response ?? {fault: 1}));
	t.true(exchange.response?.complete);
});

const bodiless: readonly (readonly [string, Response, Wire['ending']])[] = [
	['HEAD', {...redirect, fault: {truncateAfter: 4}}, 'fin'],
	['HEAD', {...redirect, fault: 'reset-after-head'}, 'reset'],
	['HEAD', {...redirect, bodyDelay: 600_000}, 'fin'],
	['HEAD', {...redirect, bytesPerSecond: 1}, 'fin'],
	['HEAD', {...redirect, packetSize: 7}, 'fin'],
];

for (const [method, response, ending] of bodiless)
	test(`${method} with ${JSON.stringify({...response, headers: undefined})} has the head alone`, async t => {
		const {wire} = await playedWith(response, method);
		t.deepEqual({text: wire.text, ending: wire.ending}, {text: head, ending});
	});

test('a 304 with a fault after its head is its head', async t => {
	const headers = {Date: 'today', Connection: 'close'};
	const {wire} = await playedWith({status: 304, headers, fault: 'reset-after-head'});
	t.is(wire.text, 'HTTP/1.1 304 Not Modified\r\nDate: today\r\nConnection: close\r\n\r\n');
	t.is(wire.ending, 'reset');
});

test('a file that is cut off leaves nothing open', async t => {
	const {wire, exchange} = await playedFromFile(t, 100_000);
	t.is(wire.text.length - wire.text.indexOf('\r\n\r\n') - 4, 100_000);
	t.is(wire.ending, 'fin');
	t.like(exchange.response, {fault: 'truncated', complete: false, bodySize: 200_000});
});

async function playedFromFile(t: ExecutionContext, truncateAfter: number) {
	const folder = await mkdtemp(join(tmpdir(), 'faults-test-'));
	t.teardown(() => rm(folder, {recursive: true}));
	await writeFile(join(folder, 'body.bin'), 'a'.repeat(200_000));
	const response = {file: 'body.bin', fault: {truncateAfter}};
	const routes = [{request: '* https://api.example.test/x', response}];
	await writeFile(join(folder, 'cut.json'), JSON.stringify({name: 'cut', routes}));
	await using double = await startDouble(join(folder, 'cut.json'));
	const wire = await untilEnd(double.url, ['GET /x HTTP/1.1', 'Host: h']);
	return {wire, exchange: await double.journal.waitFor(({sealed}) => sealed)};
}

for (const [response, text] of faults.slice(0, 6)) {
	const name = JSON.stringify(response.fault);
	test(`${name} in the middle of the request's body is recorded as well`, async t => {
		const early = {...response, answer: 'before-body' as const};
		const routes = [{request: '* https://api.example.test/x', response: early}];
		await using double = await startDouble({name: 'broken', routes});
		const head = ['POST /x HTTP/1.1', 'Host: h', 'Content-Length: 1000'];
		const wire = await untilEnd(double.url, head, 'the beginning');
		t.is(wire.text, text);
		const exchange = await double.journal.waitFor(({sealed}) => sealed);
		t.false(exchange.response?.complete);
		t.false(exchange.request.body.complete);
		t.is(exchange.response?.fault === undefined, false);
	});
}

test('a broken response leaves those before it on the connection whole', async t => {
	const routes = [
		{request: 'GET https://api.example.test/whole', response: {delay: 20, text: 'whole'}},
		{
			request: 'GET https://api.example.test/broken',
			response: {text: 'broken', fault: 'reset-in-head' as const},
		},
	];
	await using double = await startDouble({name: 'pipelined', routes});
	using client = await connectTo(double.url);
	client.send(headOf(['GET /whole HTTP/1.1', 'Host: h']));
	client.send(headOf(['GET /broken HTTP/1.1', 'Host: h']));
	t.is((await client.response()).body.toString(), 'whole');
	t.regex((await client.rest()).toString(), /^HTTP\/1\.1 200 OK\r\n/);
	await double.journal.waitFor(({sealed, request}) => sealed && request.target === '/broken');
	t.deepEqual(
		double.exchanges.map(({response}) => response?.complete),
		[true, false],
	);
});
