import test from 'ava';
import {startDouble} from '../../src/index.ts';
import {connectTo, headOf} from '../helpers/raw-client.ts';

const connect = headOf(['CONNECT api.example.test:443 HTTP/1.1', 'Host: api.example.test:443']);

test('a CONNECT is recorded, and answered like any request that no route takes', async t => {
	await using double = await startDouble('api-move');
	const client = await connectTo(double.url);
	client.send(connect);
	t.is((await client.response()).status, 501);
	const [exchange] = double.exchanges;
	t.like(exchange?.request, {method: 'CONNECT', target: 'api.example.test:443'});
});

test('clients that reset their CONNECT leave the double alive', async t => {
	await using double = await startDouble('api-move');
	for (let count = 0; count < 20; count++) {
		const client = await connectTo(double.url);
		client.send(connect);
		client.socket.resetAndDestroy();
	}
	const last = await connectTo(double.url);
	last.send(connect);
	t.is((await last.response()).status, 501);
});

test('a CONNECT behind a request that is being answered waits for its turn', async t => {
	const slow = {request: 'GET https://a.example.test/slow', response: {delay: 20}};
	await using double = await startDouble({name: 'slow', routes: [slow]});
	const client = await connectTo(double.url);
	client.send(headOf(['GET /slow HTTP/1.1', 'Host: h']) + connect);
	t.is((await client.response()).status, 200);
	t.is((await client.response()).status, 501);
	t.is(double.exchanges.length, 2);
});

for (const [when, isBefore] of [
	['comes after', false],
	['waits during', true],
] as const)
	test(`a CONNECT that ${when} a reset waits for its turn`, async t => {
		const slow = {request: 'GET https://a.example.test/slow', response: {delay: 100}};
		await using double = await startDouble({name: 'slow', routes: [slow]});
		const client = await connectTo(double.url);
		client.send(headOf(['GET /slow HTTP/1.1', 'Host: h']) + (isBefore ? connect : ''));
		while (double.exchanges.length === 0) await new Promise(resolve => setImmediate(resolve));
		await double.reset();
		if (!isBefore) client.send(connect);
		t.is((await client.response()).status, 200);
		t.is((await client.response()).status, 501);
	});
