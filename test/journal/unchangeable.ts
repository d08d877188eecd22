import {buffer} from 'node:stream/consumers';
import test from 'ava';
import {startDouble} from '../../src/index.ts';

test('what a reader does to the bytes of a body changes no record', async t => {
	await using double = await startDouble('api-move');
	const url = double.urlOf('https://api.example.test/api/v1/users');
	await (await fetch(url, {method: 'POST', body: '{"name":"Ada"}'})).arrayBuffer();
	const {redirect, followUp} = await double.hop();
	const {body} = redirect.request;
	for (const bytes of [await body.bytes(), body.preview(), await buffer(body.stream())])
		bytes.fill(0);
	t.is(await body.text(), '{"name":"Ada"}');
	t.is(await followUp.request.body.text(), '{"name":"Ada"}');
});

test('no secret of a body that is no JSON goes along with the error', async t => {
	await using double = await startDouble('api-move');
	const url = double.urlOf('https://api.example.test/api/v1/users');
	await (await fetch(url, {method: 'POST', body: 'password=hunter2'})).arrayBuffer();
	const {redirect} = await double.hop();
	const error = await t.throwsAsync(redirect.request.body.json());
	t.is(error?.cause, undefined);
	t.notRegex(String(error), /hunter2/);
	const schema = {type: 'object', properties: {password: {const: 'a'}}} as const;
	await double.reset();
	await (await fetch(url, {method: 'POST', body: '{"password":"hunter2"}'})).arrayBuffer();
	const next = await double.hop();
	const fault = await t.throwsAsync(next.redirect.request.body.json(schema));
	t.notRegex(String(fault), /hunter2/);
});

test('the error of a body that is no JSON shows the bytes that came', async t => {
	await using double = await startDouble('api-move');
	const url = double.urlOf('https://api.example.test/api/v1/users');
	await (await fetch(url, {method: 'POST', body: 'é'})).arrayBuffer();
	const {redirect} = await double.hop();
	await t.throwsAsync(redirect.request.body.json(), {message: /it begins "\\xc3\\xa9"/});
});
