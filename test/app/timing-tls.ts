import {once} from 'node:events';
import {connect as connectPlain} from 'node:net';
import {connect} from 'node:tls';
import test from 'ava';
import {type Double, startDouble} from '../../src/index.ts';
import {timeless} from '../helpers/after-answer.ts';
import {redirecting} from '../helpers/early-scenario.ts';
import {headOf, RawClient} from '../helpers/raw-client.ts';

async function connectTls(double: Double): Promise<RawClient> {
	const {client} = await connectOver(double);
	return client;
}

/** The same, with the connection beneath. */
async function connectOver(double: Double) {
	const {hostname, port} = new URL(double.url);
	const beneath = connectPlain({host: hostname, port: Number(port), allowHalfOpen: true});
	const socket = connect({socket: beneath, rejectUnauthorized: false});
	await once(socket, 'secureConnect');
	return {beneath, client: new RawClient(socket)};
}

function head(length: number): string {
	return headOf(['POST /x HTTP/1.1', 'Host: h', `Content-Length: ${length}`]);
}

test('inside TLS, too, a redirect before the body leaves the connection to the rest and to others', async t => {
	await using double = await startDouble(redirecting({answer: 'before-body'}), {tls: true});
	using client = await connectTls(double);
	client.send(`${head(10)}abc`);
	t.is((await client.response()).status, 307);
	client.send(`defghij${headOf(['GET /y HTTP/1.1', 'Host: h'])}`);
	t.is((await client.response()).status, 201);
	const [exchange] = double.exchanges;
	t.deepEqual(exchange && timeless(exchange.request), {before: 3, after: 7, ending: 'finished'});
});

test('inside TLS, close ends the connection in good order while 4 MiB are under way', async t => {
	await using double = await startDouble(
		redirecting({answer: 'before-body', afterwards: 'close', text: 'moved'}),
		{tls: true},
	);
	using client = await connectTls(double);
	const errors: Error[] = [];
	client.socket.on('error', error => errors.push(error));
	const size = 4 * 1024 * 1024;
	client.send(head(size));
	client.send(Buffer.alloc(size));
	t.is((await client.response()).body.toString(), 'moved');
	const {request} = await double.journal.waitFor(({sealed}) => sealed);
	t.is(request.body.size, size);
	t.is(request.afterAnswer?.ending, 'finished');
	client.socket.end();
	await client.rest();
	t.deepEqual(errors, []);
});

test('inside TLS, reset breaks off the connection beneath', async t => {
	await using double = await startDouble(
		redirecting({answer: 'before-body', afterwards: 'reset'}),
		{tls: true},
	);
	using client = await connectTls(double);
	const codes: unknown[] = [];
	client.socket.on('error', error => codes.push('code' in error && error.code));
	client.send(`${head(10)}abc`);
	t.is((await client.response()).status, 307);
	await client.rest();
	t.deepEqual(codes, ['ECONNRESET']);
	const {request} = await double.journal.waitFor(({sealed}) => sealed);
	t.deepEqual(timeless(request), {before: 3, after: 0, ending: 'cut'});
});

for (const [what, ending] of [
	['leaves in good order', 'stopped'],
	['breaks off', 'reset'],
] as const)
	test(`inside TLS, a client that ${what} is recorded so`, async t => {
		await using double = await startDouble(redirecting({answer: 'before-body'}), {tls: true});
		const {beneath, client} = await connectOver(double);
		client.send(`${head(10)}abc`);
		await client.response();
		if (ending === 'reset') beneath.resetAndDestroy();
		else client.socket.end();
		const {request} = await double.journal.waitFor(({sealed}) => sealed);
		t.deepEqual(timeless(request), {before: 3, after: 0, ending});
		client.leave();
	});
