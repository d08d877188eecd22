import test from 'ava';
import {startDouble} from '../../src/index.ts';
import {connectTo, headOf} from '../helpers/raw-client.ts';

const slow = {
	request: '* https://api.example.test/slow',
	response: {delay: 600_000, status: 307, headers: {Location: '/x'}},
};

const halfClosed = [
	['after its request', headOf(['GET /slow HTTP/1.1', 'Host: h']), true],
	[
		'in the middle of a body',
		`${headOf(['POST /slow HTTP/1.1', 'Host: h', 'Content-Length: 9'])}hello`,
		false,
	],
] as const;

for (const [when, bytes, complete] of halfClosed)
	test(`a client that ends its side ${when} has left: it is not redirected`, async t => {
		await using double = await startDouble({name: 'slow', routes: [slow]});
		using client = await connectTo(double.url);
		client.socket.allowHalfOpen = true;
		client.send(bytes);
		client.socket.end();
		t.is((await client.rest()).length, 0);
		const {request, response} = await double.journal.waitFor(() => true);
		t.is(request.body.complete, complete);
		t.is(request.malformed, undefined);
		t.is(response, undefined);
		t.deepEqual(double.hops(), []);
	});
