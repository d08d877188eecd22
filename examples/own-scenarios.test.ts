/** The second use: scenarios of one's own, in YAML and in a module. */
import assert from 'node:assert/strict';
import test from 'node:test';
import {startDouble} from 'followthrough';
import usersByRegion from './users-by-region.ts';
import {UsersClient} from './users-client.ts';

test('an order goes to the other warehouse as it is', async () => {
	await using double = await startDouble(new URL('orders-move.yaml', import.meta.url));

	const response = await fetch(double.urlOf('https://shop.example.test/orders/7'), {
		method: 'PUT',
		headers: {'Content-Type': 'application/json'},
		body: '{"sku":"A-1","count":2}',
	});

	assert.deepEqual(await response.json(), {id: '7', warehouse: 'north'});
	double.assertFollowedThrough();
});

test('a user is created in the region that the client asks for', async () => {
	await using double = await startDouble(usersByRegion);
	const users = new UsersClient(double.urlOf('https://api.example.test/api/v1'), 'north');

	await users.create({name: 'Ada'});

	const hop = await double.hop();
	assert.equal(hop.followUp.request.url, 'https://api.example.test/regions/north/users');
	double.assertFollowedThrough();
});
