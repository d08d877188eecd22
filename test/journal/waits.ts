import test from 'ava';
import {type Double, startDouble} from '../../src/index.ts';
import {createGate} from '../helpers/gate.ts';
import {ask} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const scenario = {
	name: 'move',
	routes: [
		{request: `* ${api}/v1/users`, response: {status: 307, headers: {Location: '/v2/users'}}},
		{request: `* ${api}/v2/users`, response: {status: 201}},
	],
};

async function post(double: Double, path: string): Promise<void> {
	await ask(double.url, [`POST ${path} HTTP/1.1`, 'Host: h', 'Content-Length: 5'], 'hello');
}

/** From now on, requests for `path` are held until the function that it returns is called. */
function hold(double: Double, path: string): () => void {
	const {passed, open} = createGate();
	double.app.use(async (ctx, next) => {
		if (ctx.path === path) await passed;
		await next();
	});
	return open;
}

const first = `  exchange 1: POST ${api}/v1/users, 5 bytes -> 307`;

test('waitFor finds what came already, and what is yet to come', async t => {
	await using double = await startDouble(scenario);
	const coming = double.journal.waitFor(({response}) => response?.status === 201);
	await post(double, '/v1/users');
	await post(double, '/v2/users');
	t.is((await coming).number, 2);
	t.is((await double.journal.waitFor(() => true)).number, 1);
});

test('waitFor waits until the exchange is sealed', async t => {
	await using double = await startDouble(scenario);
	const release = hold(double, '/v1/users');
	const asked = post(double, '/v1/users');
	await t.throwsAsync(
		double.journal.waitFor(() => true, {timeout: 1}),
		{code: 'WAIT_TIMED_OUT'},
	);
	release();
	await asked;
	t.true((await double.journal.waitFor(() => true)).sealed);
});

test('filter gives the exchanges that fit', async t => {
	await using double = await startDouble(scenario);
	await post(double, '/v1/users');
	await post(double, '/v2/users');
	const found = double.journal.filter(({request}) => request.target === '/v2/users');
	t.deepEqual(
		found.map(({number}) => number),
		[2],
	);
});

test('waitFor says what came when its time is over', async t => {
	await using double = await startDouble(scenario);
	await t.throwsAsync(
		double.journal.waitFor(() => true, {timeout: 1}),
		{
			name: 'FollowthroughError',
			code: 'WAIT_TIMED_OUT',
			message: 'No exchange came that fits within 1 ms. What came:\n  No request came.',
		},
	);
	await post(double, '/v1/users');
	await post(double, '/lost?token=s3cret');
	await t.throwsAsync(
		double.journal.waitFor(() => false, {timeout: 1}),
		{
			message: [
				'No exchange came that fits within 1 ms. What came:',
				first,
				`  exchange 2: POST ${api}/lost?token=***, 5 bytes -> 501: no route matches; the nearest is * ${api}/v1/users: the path differs: /v1/users is documented, /lost came`,
			].join('\n'),
		},
	);
});

test('no more than 20 exchanges are listed', async t => {
	await using double = await startDouble(scenario);
	for (let i = 0; i < 22; i++) await post(double, '/v2/users');
	const error = await t.throwsAsync(double.journal.waitFor(() => false, {timeout: 1}));
	const lines = error.message.split('\n');
	t.is(lines[1], '  … 2 before these');
	t.is(lines[2], `  exchange 3: POST ${api}/v2/users, 5 bytes -> 201`);
	t.is(lines.length, 22);
});

test('a wait that throws what its question throws leaves the journal whole', async t => {
	await using double = await startDouble(scenario);
	const failing = double.journal.waitFor(() => {
		throw new RangeError('asked too much');
	});
	await post(double, '/v1/users');
	await t.throwsAsync(failing, {instanceOf: RangeError});
	t.is((await double.journal.waitFor(() => true)).number, 1);
});

for (const timeout of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])
	test(`a timeout of ${timeout} is refused`, async t => {
		await using double = await startDouble(scenario);
		const error = {
			code: 'OPTION_INVALID',
			message: `A timeout is a number of milliseconds from 0 to 2147483647; ${timeout} was given.`,
		};
		await t.throwsAsync(
			double.journal.waitFor(() => true, {timeout}),
			error,
		);
		await t.throwsAsync(double.hop({timeout}), error);
		await t.throwsAsync(double.chain({timeout}), error);
		await t.throwsAsync(double.assertDeclined({within: timeout}), error);
	});

test('hop waits for the follow-up and until it is sealed', async t => {
	await using double = await startDouble(scenario);
	const coming = double.hop();
	await post(double, '/v1/users');
	await post(double, '/v2/users');
	const hop = await coming;
	t.is(hop.number, 1);
	t.is(hop.redirect.number, 1);
	t.is(hop.followUp.number, 2);
	t.true(hop.followUp.sealed);
	t.is(hop.state, 'followed');
	t.is(await hop.followUp.request.body.text(), 'hello');
});

test('hop says that no redirect was answered', async t => {
	await using double = await startDouble(scenario);
	await post(double, '/v2/users');
	await t.throwsAsync(double.hop({timeout: 1}), {
		code: 'WAIT_TIMED_OUT',
		message: [
			'No hop came about: no redirect was answered within 1 ms. What came:',
			`  exchange 1: POST ${api}/v2/users, 5 bytes -> 201`,
		].join('\n'),
	});
});

test('hop says that the redirect was not followed', async t => {
	await using double = await startDouble(scenario);
	await post(double, '/v1/users');
	await t.throwsAsync(double.hop({timeout: 1}), {
		code: 'WAIT_TIMED_OUT',
		message: `No hop came about: the redirect (exchange 1) was not followed within 1 ms. What came:\n${first}`,
	});
});

test('hop says that the follow-up is still going on', async t => {
	await using double = await startDouble(scenario);
	const reached = createGate();
	const release = createGate();
	double.app.use(async (ctx, next) => {
		await next();
		if (ctx.path !== '/v2/users') return;
		reached.open();
		await release.passed;
	});
	await post(double, '/v1/users');
	const following = post(double, '/v2/users');
	await reached.passed;
	await t.throwsAsync(double.hop({timeout: 1}), {
		code: 'WAIT_TIMED_OUT',
		message: [
			'No hop came about: the follow-up (exchange 2) is still going on within 1 ms. What came:',
			first,
			`  exchange 2: POST ${api}/v2/users, 5 bytes, going on`,
		].join('\n'),
	});
	release.open();
	await following;
	t.is((await double.hop()).followUp.number, 2);
});

test('hop fails at once when there are several', async t => {
	await using double = await startDouble(scenario);
	const failing = t.throwsAsync(double.hop({timeout: 2 ** 31 - 1}), {
		code: 'HOP_AMBIGUOUS',
		message: [
			'There is no single hop: more than one redirect was answered. Use hops() and choose. What came:',
			first,
			`  exchange 2: POST ${api}/v1/users, 5 bytes -> 307`,
		].join('\n'),
	});
	await post(double, '/v1/users');
	await post(double, '/v1/users');
	await failing;
	t.is(double.hops().length, 2);
});

const waits = [
	[
		'waitFor',
		(double: Double) => double.journal.waitFor(() => false),
		'No exchange came that fits',
	],
	['hop', (double: Double) => double.hop(), 'No hop came about: no redirect was answered'],
	[
		'chain',
		(double: Double) => double.chain(),
		'No chain came to its end: no redirect was answered',
	],
] as const;

for (const [name, wait, what] of waits)
	for (const end of ['close', 'reset'] as const)
		test(`${end} ends ${name}`, async t => {
			await using double = await startDouble(scenario);
			const ended = t.throwsAsync(wait(double), {
				code: 'DOUBLE_CLOSED',
				message: `${what}, and the double was closed or reset while this was waited for. What came:\n  No request came.`,
			});
			await double[end]();
			await ended;
		});

test('a signal ends a wait, which rejects with its reason', async t => {
	await using double = await startDouble(scenario);
	const reason = new Error('The client has gone.');
	const waits = (signal: AbortSignal) => [
		double.hop({signal}),
		double.chain({signal}),
		double.settle({quiet: 60_000, timeout: 60_000, signal}),
		double.journal.waitFor(() => true, {signal}),
	];
	const given = new AbortController();
	const waiting = waits(given.signal);
	given.abort(reason);
	for (const wait of [...waiting, ...waits(given.signal)]) t.is(await t.throwsAsync(wait), reason);
});
