/** The third use: assertions on what was recorded. */
import assert from 'node:assert/strict';
import test from 'node:test';
import {headerValue, startDouble} from 'followthrough';
import {UsersClient} from './users-client.ts';

test('the follow-up has the method, the body and the headers of the call', async () => {
	await using double = await startDouble('api-move');
	const users = new UsersClient(double.urlOf('https://api.example.test/api/v1'));

	await users.create({name: 'Ada'});

	const {redirect, followUp, link, assertPreserved} = await double.hop();
	assertPreserved();
	assertPreserved({method: 'POST', body: '{"name":"Ada"}', headers: ['Content-Type']});
	assert.equal(redirect.response?.location?.documented, followUp.request.url);
	assert.equal(followUp.request.body.sha256, redirect.request.body.sha256);
	assert.equal(headerValue(followUp.request.headers, 'x-region'), 'eu');
	// Both carried the same Idempotency-Key, and no other call did.
	assert.equal(link.certain, true);
});

test('a client that must not follow sends nothing more', async () => {
	await using double = await startDouble('upload-reroute');

	const response = await fetch(double.urlOf('https://api.example.test/uploads/123'), {
		method: 'PUT',
		body: 'The content of upload 123.',
		redirect: 'manual',
	});

	assert.equal(response.status, 307);
	await double.assertDeclined({within: 50});
});

test('a client that drops the body is told so', async () => {
	await using double = await startDouble('api-move');
	const call = {method: 'POST', redirect: 'manual'} as const;

	await fetch(double.urlOf('https://api.example.test/api/v1/users'), {...call, body: 'Ada'});
	await fetch(double.urlOf('https://api.example.test/api/v2/users'), call);

	const broken = double.verdict().broken.map(({rule}) => rule);
	assert.deepEqual(broken, ['body-preserved', 'content-headers-preserved']);
	assert.throws(() => double.assertFollowedThrough(), {name: 'AssertionError'});
});
