import {once} from 'node:events';
import test from 'ava';
import fc from 'fast-check';
import {type Double, startDouble} from '../../src/index.ts';
import {connectTo} from '../helpers/raw-client.ts';

const requests = [
	'POST /api/v1/users HTTP/1.1\r\nHost: a\r\nContent-Length: 14\r\n\r\n{"name":"Ada"}',
	'PUT /uploads/1%2F2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nx: 1\r\n\r\n',
	'GET http://a/b?c#d HTTP/1.0\r\n\r\n',
	'OPTIONS * HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc',
	'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n',
	'GET /\xe9 HTTP/1.1\r\nHost: x\r\nUpgrade: foo\r\nConnection: upgrade\r\n\r\n',
	'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
	'HEAD /api/v2/users HTTP/1.1\r\nHost: x\r\nCookie: a=b; c\r\nAuthorization: Basic eA==\r\n\r\n',
	'POST //evil/..%2f/%zz HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\nabc',
];

/** What is done to the bytes at a place: they are changed, taken out, put in, or sent twice. */
const mutation = fc.record({
	at: fc.nat(400),
	out: fc.nat(8),
	in: fc.oneof(fc.constant('\r\n'), fc.string({unit: 'binary', maxLength: 20})),
	again: fc.nat(40),
});

const visit = fc.record({
	parts: fc.array(fc.tuple(fc.constantFrom(...requests), fc.array(mutation, {maxLength: 4})), {
		minLength: 1,
		maxLength: 3,
	}),
	/** Where the bytes are split in two packets, in parts of a thousand. */
	split: fc.nat(1000),
	leaves: fc.constantFrom('end', 'destroy', 'reset'),
});

type Visit = typeof visit extends fc.Arbitrary<infer Value> ? Value : never;

function bytesOf({parts}: Visit): Buffer {
	const mutated = parts.map(([request, mutations]) => {
		let text = request;
		for (const {at, out, in: put, again} of mutations) {
			const place = at % (text.length + 1);
			text =
				text.slice(0, place) + put + text.slice(place, place + again) + text.slice(place + out);
		}
		return text;
	});
	return Buffer.from(mutated.join(''), 'latin1');
}

async function call(double: Double, each: Visit): Promise<void> {
	const {socket} = await connectTo(double.url);
	const bytes = bytesOf(each);
	const middle = Math.floor((bytes.length * each.split) / 1000);
	socket.write(bytes.subarray(0, middle));
	await new Promise(resolve => setImmediate(resolve));
	const closed = socket.closed ? undefined : once(socket, 'close');
	if (each.leaves === 'reset') socket.resetAndDestroy();
	else if (each.leaves === 'destroy') socket.write(bytes.subarray(middle), () => socket.destroy());
	else {
		socket.end(bytes.subarray(middle));
		// A tunnel that was asked for, or a body that never ends, is not ended by the other side.
		setImmediate(() => socket.destroySoon());
	}
	await closed;
}

test('no bytes make the double crash, hang or leave a record open', async t => {
	await using double = await startDouble(['api-move', 'upload-reroute', 'chain-of-three']);
	await fc.assert(
		fc.asyncProperty(fc.array(visit, {minLength: 30, maxLength: 30}), async visits => {
			await Promise.all(visits.map(each => call(double, each)));
			const url = double.urlOf('https://api.example.test/api/v1/users');
			const response = await fetch(url, {method: 'POST', body: '{}'});
			await response.arrayBuffer();
			t.is(response.status, 201);
		}),
		{numRuns: 40, endOnFailure: true},
	);
	await double.settle({quiet: 20});
	t.deepEqual(
		double.exchanges.filter(({sealed}) => !sealed),
		[],
	);
	t.true(double.exchanges.some(({request}) => request.malformed !== undefined));
	t.notThrows(() => double.verdict());
});
