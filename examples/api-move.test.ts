/** The first use: start a double in a test, and ask it whether the client followed through. */
import assert from 'node:assert/strict';
import test from 'node:test';
import {startDouble} from 'followthrough';
import {UsersClient} from './users-client.ts';

test('create repeats the POST at the temporary address', async () => {
	await using double = await startDouble('api-move');
	const users = new UsersClient(double.urlOf('https://api.example.test/api/v1'));

	await users.create({name: 'Ada'});

	const hop = await double.hop();
	assert.equal(hop.followUp.request.method, 'POST');
	assert.deepEqual(await hop.followUp.request.body.json(), {name: 'Ada'});
	assert.deepEqual(double.verdict().broken, []);
	double.assertFollowedThrough();
});

test('each call begins at the original address again', async () => {
	await using double = await startDouble('api-move');
	const users = new UsersClient(double.urlOf('https://api.example.test/api/v1'));

	await users.create({name: 'Ada'});
	await users.create({name: 'Grace'});

	assert.equal(double.hops().length, 2);
	double.assertFollowedThrough();
	const kept = double.verdict().kept.map(({rule}) => rule);
	assert.ok(kept.includes('original-address-kept-in-use'));
});
