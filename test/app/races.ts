import test from 'ava';
import {startDouble} from '../../src/index.ts';
import {connectTo, headOf} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const once = {
	name: 'once',
	routes: [
		{
			request: {method: 'POST', url: `${api}/x`, json: {}},
			responses: [{status: 201, times: 1}],
		},
		{request: `POST ${api}/x`, response: {status: 200}},
	],
};

test('of many requests at once exactly one gets the response that is given once', async t => {
	await using double = await startDouble(once);
	const statuses = await Promise.all(
		Array.from({length: 60}, async () => {
			const response = await fetch(`${double.url}/x`, {method: 'POST', body: '{}'});
			await response.arrayBuffer();
			return response.status;
		}),
	);
	t.is(statuses.filter(status => status === 201).length, 1);
	t.is(statuses.filter(status => status === 200).length, 59);
});

test('of pipelined requests exactly one gets it, too', async t => {
	await using double = await startDouble(once);
	const client = await connectTo(double.url);
	const post = `${headOf(['POST /x HTTP/1.1', 'Host: h', 'Content-Length: 2'])}{}`;
	client.send(post.repeat(4));
	const statuses = [];
	for (let count = 0; count < 4; count++) statuses.push((await client.response()).status);
	t.deepEqual(statuses, [201, 200, 200, 200]);
});

test('a phase that begins while a body comes in answers by its own routes', async t => {
	const phases = ['early', 'late'];
	const routes = phases.map((phase, index) => ({
		request: `POST ${api}/x`,
		phase,
		response: {status: 200 + index},
	}));
	await using double = await startDouble({name: 'phased', phases, routes});
	const statuses = [];
	for (const [before, after] of [phases, phases.toReversed()]) {
		double.switchTo(before ?? '');
		using client = await connectTo(double.url);
		client.send(headOf(['POST /x HTTP/1.1', 'Host: h', 'Content-Length: 1']));
		while (double.exchanges.length === statuses.length) await new Promise(setImmediate);
		double.switchTo(after ?? '');
		client.send('x');
		statuses.push((await client.response()).status);
	}
	t.deepEqual(statuses, [201, 200]);
});

test('a phase that begins again gives its sequence from the start', async t => {
	await using double = await startDouble('maintenance-shift');
	const put = async () => {
		const url = double.urlOf('https://inventory.example.test/items/7');
		const response = await fetch(url, {method: 'PUT', body: '{}', redirect: 'manual'});
		await response.arrayBuffer();
		return response.status;
	};
	t.deepEqual([await put(), await put(), await put()], [307, 307, 200]);
	double.switchTo('maintenance');
	t.deepEqual([await put(), await put(), await put()], [307, 307, 200]);
});
