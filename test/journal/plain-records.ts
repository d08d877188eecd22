import test from 'ava';
import {startDouble} from '../../src/index.ts';

/** A redirected request and its follow-up, twice over. */
async function twoPairs() {
	const double = await startDouble('api-move');
	const url = double.urlOf('https://api.example.test/api/v1/users');
	for (const time of [1, 2]) {
		await (await fetch(url, {method: 'POST', body: '{"name":"Ada"}'})).arrayBuffer();
		await double.journal.waitFor(({number}) => number === 2 * time);
	}
	return double;
}

test('records are plain and frozen, and have no property that stands for nothing', async t => {
	await using double = await twoPairs();
	for (const exchange of double.exchanges) {
		const {request, response, connection} = exchange;
		for (const record of [exchange, request, response, connection]) {
			t.is(Object.getPrototypeOf(record), Object.prototype);
			t.true(Object.isFrozen(record));
			t.deepEqual({...record}, record);
			t.false(Object.values(record ?? {}).includes(undefined));
		}
	}
	t.deepEqual(
		double.exchanges.map(({response}) => Object.keys(response ?? {}).includes('location')),
		[true, false, true, false],
	);
});

test('what equal requests have in common is kept once', async t => {
	await using double = await twoPairs();
	const [one, , other] = double.exchanges;
	t.is(one?.request.headers, other?.request.headers);
	t.is(one?.request.body, other?.request.body);
	t.is(one?.request.trailers, other?.request.trailers);
	t.is(one?.response?.headers, other?.response?.headers);
	t.is(one?.response?.location, other?.response?.location);
});

test('equal bodies of unlike requests name their own request when they can not be read', async t => {
	await using double = await startDouble('api-move');
	const url = double.urlOf('https://api.example.test/api/v1/users');
	await (await fetch(url, {method: 'POST', body: 'no JSON'})).arrayBuffer();
	const {redirect, followUp} = await double.hop();
	await t.throwsAsync(redirect.request.body.json(), {message: /POST \S+\/v1\/users is no JSON/});
	await t.throwsAsync(followUp.request.body.json(), {message: /POST \S+\/v2\/users is no JSON/});
});
