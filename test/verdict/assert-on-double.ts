import test from 'ava';
import {startDouble} from '../../src/index.ts';
import {ask, connectTo, headOf} from '../helpers/raw-client.ts';

test('a client that stops at a missing Location declines rightly', async t => {
	await using double = await startDouble('missing-location');
	const [documented = ''] = double.scenario.calls.map(({request}) => request);
	const [method, url = ''] = documented.split(' ');
	await ask(double.url, [
		`${method} ${new URL(url).pathname} HTTP/1.1`,
		'Host: h',
		'Content-Length: 0',
	]);
	await double.assertDeclined({within: 1});
	t.throws(() => double.assertFollowedThrough(), {
		message: /answered with 307, but without a Location that leads anywhere/,
	});
});

test('two Location fields are named as what they are', async t => {
	await using double = await startDouble('two-locations');
	const [documented = ''] = double.scenario.calls.map(({request}) => request);
	const [method, url = ''] = documented.split(' ');
	const head = [`${method} ${new URL(url).pathname} HTTP/1.1`, 'Host: h', 'Content-Length: 0'];
	await ask(double.url, head);
	t.throws(() => double.assertFollowedThrough(), {
		message:
			/answered with 307, but with 2 Location fields, of which nobody can tell the right one, so/,
	});
	await ask(double.url, ['POST /left HTTP/1.1', ...head.slice(1)]);
	await t.throwsAsync(double.assertDeclined({within: 1}), {
		message: /^Not observed: exchange 1 was answered with 307 with 2 Location fields/,
	});
});

test('a client that leaves a circle follows through, once the double has settled', async t => {
	await using double = await startDouble('redirect-loop');
	const [{request = ''} = {}] = double.scenario.calls;
	const [method = '', url = ''] = request.split(' ');
	await t.throwsAsync(fetch(double.urlOf(url), {method}));
	t.throws(() => double.assertFollowedThrough(), {message: /did not follow through/});
	await double.settle({quiet: 1});
	t.notThrows(() => double.assertFollowedThrough());
});

test('absence is not claimed while a request is coming in that may be the follow-up', async t => {
	await using double = await startDouble('api-move');
	await ask(double.url, ['POST /api/v1/users HTTP/1.1', 'Host: h', 'Content-Length: 0']);
	const client = await connectTo(double.url);
	client.send(`${headOf(['POST /api/v2/users HTTP/1.1', 'Host: h', 'Content-Length: 10'])}1`);
	while (double.exchanges.length < 2) await new Promise(resolve => setImmediate(resolve));
	await t.throwsAsync(double.assertDeclined({within: 1}), {
		message: /^Not observed: exchange 2 .* is still coming in/,
	});
	t.is(double.hops()[0]?.state, 'waiting');
	client.leave();
});

test('a double that is closed before the time is over shows no absence', async t => {
	const double = await startDouble('api-move');
	await ask(double.url, ['POST /api/v1/users HTTP/1.1', 'Host: h', 'Content-Length: 0']);
	const asserted = t.throwsAsync(double.assertDeclined({within: 1_000_000}), {
		message: 'Not observed: the double was closed or reset before 1000000 ms had passed.',
	});
	await double.close();
	await asserted;
});

test('names that nobody reads are refused, with the nearest right one', async t => {
	await using double = await startDouble('api-move');
	await (await fetch(`${double.url}/api/v1/users`, {method: 'POST', body: 'x'})).arrayBuffer();
	const hop = await double.hop();
	const misspelt = JSON.parse('{"metod": true}');
	t.throws(() => hop.assertPreserved(misspelt), {
		message:
			'assertPreserved has no option "metod"; did you mean "method"? It has method, body, headers.',
	});
	t.throws(() => hop.assertPreserved({headers: ['X-Typo']}), {message: /X-Typo/});
	await t.throwsAsync(startDouble('api-move', JSON.parse('{"port": 8080}')), {
		message:
			'startDouble has no option "port"; did you mean "ports"? It has ports, host, advertise, proxyPort, tls, maxExchanges, maxBodySize.',
	});
});

test('absence is not claimed when the redirected message went somewhere else', async t => {
	await using double = await startDouble(['api-move', 'upload-reroute']);
	const headers = {'Idempotency-Key': '1'};
	for (const path of ['/api/v1/users', '/somewhere/else']) {
		const init = {method: 'POST', body: 'x', headers, redirect: 'manual'} as const;
		await (await fetch(double.url + path, init)).arrayBuffer();
	}
	await t.throwsAsync(double.assertDeclined({within: 1}), {message: /somewhere\/else|followed/});
});

test('what user middleware answers is a call of its own, and no stray', async t => {
	await using double = await startDouble('api-move');
	double.app.use(async (ctx, next) => {
		if (ctx.path !== '/audit') return next();
		ctx.status = 204;
	});
	for (const path of ['/api/v1/users', '/audit']) {
		const init = {method: 'POST', body: '{"name":"Ada"}', redirect: 'manual'} as const;
		await (await fetch(double.url + path, init)).arrayBuffer();
	}
	t.deepEqual(
		double.hops().map(({state}) => state),
		['waiting'],
	);
	t.deepEqual(double.verdict().broken, []);
});
