import test, {type ExecutionContext} from 'ava';
import {createClient} from './clients/conforming.ts';
import {deviants} from './clients/deviants.ts';
import {advice} from './helpers/seed-advice.ts';
import {
	approves,
	ask,
	body,
	broken,
	example,
	follow,
	methods,
	move,
	objects,
	origin,
	paths,
	send,
	startWith,
} from './helpers/seed-scenarios.ts';
import {type Statement, statements} from './helpers/seed-statements.ts';

const shown = new Set<string>();
const unsafe = ['POST', 'PUT', 'PATCH', 'DELETE'];

shows('3xx Redirection', async t => {
	const double = await follow(t, move('POST', {status: 307}));
	t.is(Math.floor((double.exchanges[0]?.response?.status ?? 0) / 100), 3);
	t.is(double.hops().length, 1);
});

shows('Temporary redirect that preserves the original request method and body.', async t => {
	const double = await follow(t, move('PUT', {status: 307}), 'PUT');
	const hop = await double.hop();
	t.is(hop.followUp.request.method, 'PUT');
	t.is(await hop.followUp.request.body.text(), body);
	t.notThrows(() => hop.assertPreserved({method: true, body: true}));
});

shows(
	'Go to this other address for now, and send the exact same kind of request there.',
	async t => {
		const calls = ['POST', 'POST'];
		const right = await follow(t, {...move('POST', {status: 307}), calls: [call]}, ...calls);
		t.deepEqual(paths(right), ['/old', '/new', '/old', '/new']);
		t.deepEqual(broken(right), []);
		const client = deviants['original-address-kept-in-use']?.create();
		const wrong = await startWith(t, {...move('POST', {status: 307}), links: 'tagged' as const});
		await send(wrong, calls, client);
		t.deepEqual(paths(wrong), ['/old', '/new', '/new']);
		t.deepEqual(broken(wrong), ['original-address-kept-in-use']);
	},
);

shows(
	'The HTTP 307 Temporary Redirect status code indicates that the target resource is temporarily available at a different URI and the user agent must not change the request method when following the redirect automatically.',
	async t => {
		const double = await startWith(t, move('POST', {status: 307}));
		const {status, statusText, location} = await ask(double);
		t.is(`${status} ${statusText}`, '307 Temporary Redirect');
		t.is(location, double.urlOf(`${origin}/new`));
		await double.reset();
		await send(double, ['POST'], deviants['method-preserved']?.create());
		const [finding] = double.verdict().broken;
		t.like(finding, {rule: 'method-preserved', level: 'must', expected: 'POST', actual: 'GET'});
	},
);

shows(
	'This makes 307 the safer temporary redirect when POST, PUT, PATCH, or other non-GET methods are involved.',
	async t => {
		for (const method of unsafe) {
			const safe = await follow(t, move(method, {status: 307}), method);
			t.deepEqual(methods(safe), [method, method]);
		}
		const risky = await follow(t, move('POST', {status: 302}, 'GET|POST'));
		t.deepEqual(methods(risky), ['POST', 'GET']);
		t.deepEqual(broken(risky), []);
	},
);

shows(
	'Temporary redirects where the original method and body must be preserved',
	async (t, statement) => {
		const calls = [{...call, json: {name: 'Ada'}}];
		await objects(t, {...move('POST', {status: 302}), calls}, 'body-may-be-lost', statement);
		const double = await follow(t, move('POST', {status: 307}));
		t.notThrows(() => double.assertFollowedThrough());
	},
);

shows('Temporary API endpoint moves for POST, PUT, PATCH, or DELETE', async (t, statement) => {
	for (const method of unsafe)
		await objects(t, move(method, {status: 303}), 'see-other-for-endpoint', statement);
	const double = await follow(t, move('*', {status: 307}), ...unsafe);
	t.deepEqual(
		methods(double),
		unsafe.flatMap(method => [method, method]),
	);
	t.deepEqual(broken(double), []);
});

shows(
	'Operational rerouting such as maintenance or traffic shifting without changing request semantics',
	async (t, statement) => {
		const shares = [{weight: 3}, {status: 302, headers: {Location: `${origin}/new`}, weight: 1}];
		const [route, ...others] = move('POST', {}).routes;
		const shifted = {request: route?.request ?? '', responses: shares};
		const scenario = {name: 'shift', routes: [shifted, ...others]};
		await objects(t, scenario, 'rerouting-changes-request', statement);
		for (const name of ['maintenance-shift', 'traffic-shift']) await approves(t, name);
	},
);

shows('Include a Location header with the temporary URI', async (t, statement) => {
	await objects(t, 'missing-location', 'location-missing', statement);
	const double = await startWith(t, 'api-move');
	const {location} = await ask(double, '/api/v1/users');
	t.is(location, double.urlOf(`${origin}/api/v2/users`));
});

shows(
	'Make sure the target endpoint can safely handle the same method and request body',
	async (t, statement) => {
		const [first, second] = move('POST', {status: 307}, 'PUT').routes;
		const refusal = {request: `POST ${origin}/new`, response: {status: 405}};
		const routes = first && second ? {alone: [first], other: [first, second]} : undefined;
		await objects(t, {name: 'a', routes: routes?.alone ?? []}, 'target-missing', statement);
		await objects(t, {name: 'b', routes: routes?.other ?? []}, 'target-method', statement);
		const refused = {name: 'c', routes: [...(routes?.alone ?? []), refusal]};
		await objects(t, refused, 'target-refuses', statement);
		const double = await follow(t, move('POST', {status: 307}));
		t.is((await double.hop()).followUp.response?.status, 200);
	},
);

shows('Location', async (t, statement) => {
	const nowhere = move('POST', {status: 307, headers: {Location: 'http://[a/b'}});
	await objects(t, nowhere, 'location-unusable', statement);
	const double = await startWith(
		t,
		move('POST', {status: 307, headers: {Location: '../New?a=%2f'}}),
	);
	t.is((await ask(double)).location, '../New?a=%2f');
});

shows('Cache-Control', async (t, statement) => {
	const headers = {Location: `${origin}/new`, 'Cache-Control': 'max-age=60'};
	await objects(t, move('POST', {status: 307, headers}), 'cache-without-effect', statement);
	await approves(t, 'cacheable-move', 'found-would-do');
	const double = await startWith(t, move('GET', {status: 307, headers}));
	t.is((await ask(double, '/old', 'GET')).cacheControl, 'max-age=60');
	await send(double, ['GET'], createClient());
	await send(double, ['GET'], createClient({begin: () => double.urlOf(`${origin}/new`)}));
	t.deepEqual(broken(double), []);
});

shows(
	'A body is optional, but the redirect target and temporary nature should be clear',
	async (t, statement) => {
		await objects(t, move('POST', {status: 307, text: 'See there.'}), 'body-unclear', statement);
		await approves(t, move('POST', {status: 307}));
		const text = `For now at ${origin}/new.`;
		await approves(t, move('POST', {status: 307, text}));
		t.is((await ask(await startWith(t, move('POST', {status: 307, text})))).text, text);
		t.is((await ask(await startWith(t, move('POST', {status: 307})))).text, '');
	},
);

shows(
	'Cases where the next request should intentionally become GET; use 303',
	async (t, statement) => {
		await objects(t, move('POST', {status: 307}, 'GET|PUT'), 'get-intended', statement);
		const double = await follow(t, move('POST', {status: 303}, 'GET|PUT'));
		t.deepEqual(methods(double), ['POST', 'GET']);
		t.deepEqual(broken(double), []);
	},
);

shows('Do not handle 307 like 302 if the method and body matter', async t => {
	const double = await startWith(t, move('POST', {status: 307}));
	await send(double, ['POST'], deviants['method-preserved']?.create());
	t.deepEqual(methods(double), ['POST', 'GET']);
	t.throws(() => double.assertFollowedThrough(), {message: /✗ method-preserved \(must\)/});
});

shows(
	'Temporary API endpoint move: The client should repeat the same POST against the temporary target URI.',
	async t => {
		const double = await startWith(t, 'api-move');
		await send(double, ['POST'], createClient(), '/api/v1/users');
		t.deepEqual(await example(double), [
			'POST https://api.example.test/api/v1/users',
			'307 Temporary Redirect',
			'Location: https://api.example.test/api/v2/users',
			'POST https://api.example.test/api/v2/users',
		]);
	},
);

shows(
	'Temporary upload reroute: The request semantics stay intact while the server temporarily shifts traffic.',
	async t => {
		const double = await startWith(t, 'upload-reroute');
		await send(double, ['PUT'], createClient(), '/uploads/123');
		t.deepEqual(await example(double), [
			'PUT https://api.example.test/uploads/123',
			'307 Temporary Redirect',
			'Location: https://api.example.test/edge-2/uploads/123',
			'PUT https://api.example.test/edge-2/uploads/123',
		]);
		(await double.hop()).assertPreserved();
	},
);

for (const [statement, check, pitfall, right] of advice)
	shows(statement, async t => {
		await objects(t, pitfall, check, statement);
		await approves(t, right);
	});

const related = [
	['Related: 302 Found', 302, 'Found', ['POST', 'GET']],
	['Related: 303 See Other', 303, 'See Other', ['POST', 'GET']],
	['Related: 308 Permanent Redirect', 308, 'Permanent Redirect', ['POST', 'POST']],
] as const;

for (const [statement, status, reason, expected] of related)
	shows(statement, async t => {
		const double = await follow(t, move('POST', {status}, 'GET|POST'));
		t.like(double.exchanges[0]?.response, {status, reason});
		t.deepEqual(methods(double), [...expected]);
		t.deepEqual(broken(double), []);
	});

test('every statement of the documentation has a test', t => {
	t.deepEqual(
		statements.filter(statement => !shown.has(statement)),
		[],
	);
});

const call = {request: `POST ${origin}/old`};

type Show = (t: ExecutionContext, statement: Statement) => Promise<void>;

function shows(statement: Statement, show: Show): void {
	shown.add(statement);
	test(`"${statement}"`, t => show(t, statement));
}
