import test from 'ava';
import {type Double, startDouble} from '../../src/index.ts';
import {api, redirecting} from '../helpers/early-scenario.ts';
import {connectTo, headOf, type RawClient} from '../helpers/raw-client.ts';

/** Begins a PUT of five bytes with the first of them, and waits for its answer. */
async function begin(double: Double, path: string, bytes: string): Promise<RawClient> {
	const client = await connectTo(double.url);
	client.send(`${headOf([`PUT ${path} HTTP/1.1`, 'Host: h', 'Content-Length: 5'])}${bytes}`);
	await client.response();
	return client;
}

test('hop() has the follow-up while the body of the redirected request still comes in', async t => {
	await using double = await startDouble(redirecting({answer: 'before-body'}));
	using first = await begin(double, '/x', 'ab');
	using next = await begin(double, '/y', 'abcde');
	const hop = await double.hop();
	t.false(hop.redirect.sealed);
	t.deepEqual(hop.link.evidence, ['target', 'method', 'headers']);
	first.send('cde');
	await double.journal.waitFor(({number}) => number === 1);
	const [whole] = double.hops();
	t.deepEqual(whole?.link?.evidence, ['target', 'method', 'body', 'headers']);
	next.leave();
});

test('uploads that are redirected early at the same time are told apart by their bodies', async t => {
	await using double = await startDouble(redirecting({answer: 'before-body'}));
	const bodies = ['first', 'later', 'third'];
	const clients = [];
	for (const body of bodies) clients.push(await begin(double, '/x', body.slice(0, 1)));
	for (const body of bodies) (await begin(double, '/y', body)).leave();
	for (const [index, client] of clients.entries()) client.send(bodies[index]?.slice(1) ?? '');
	for (const number of [1, 2, 3]) await double.journal.waitFor(each => each.number === number);
	t.deepEqual(
		double.hops().map(({redirect, followUp}) => [redirect.number, followUp?.number]),
		[
			[1, 4],
			[2, 5],
			[3, 6],
		],
	);
	for (const client of clients) client.leave();
});

test('a chain of redirects that all come before the body is one chain', async t => {
	const redirects = ['/a', '/b', '/c'].map((path, index, paths) => ({
		request: `PUT ${api}${path}`,
		response: {
			status: 307,
			headers: {Location: paths[index + 1] ?? '/end'},
			answer: 'before-body' as const,
		},
	}));
	await using double = await startDouble({
		name: 'chain',
		routes: [...redirects, {request: `PUT ${api}/end`, response: {status: 201}}],
	});
	const clients = [];
	for (const path of ['/a', '/b', '/c']) clients.push(await begin(double, path, 'ab'));
	clients.push(await begin(double, '/end', 'abcde'));
	const {exchanges} = await double.chain();
	t.deepEqual(
		exchanges.map(({number}) => number),
		[1, 2, 3, 4],
	);
	for (const client of clients) client.leave();
});

test('a body that was kept back is known by its headers, though an equal body was declined before', async t => {
	const put = (path: string, ...lines: string[]) =>
		headOf([`PUT ${path} HTTP/1.1`, 'Host: h', 'User-Agent: a/1', ...lines, 'Content-Length: 5']);
	await using double = await startDouble(redirecting({}));
	const send = async (message: string) => {
		using client = await connectTo(double.url);
		client.send(message);
		await client.response();
	};
	await send(`${put('/x', 'Accept: text/plain')}abcde`);
	await send(put('/x', 'Expect: 100-continue'));
	using next = await connectTo(double.url);
	next.send(`${put('/y', 'Expect: 100-continue')}abcde`);
	await double.journal.waitFor(({number}) => number === 3);
	t.deepEqual(
		double.hops().map(({redirect, followUp}) => [redirect.number, followUp?.number]),
		[
			[1, undefined],
			[2, 3],
		],
	);
});
