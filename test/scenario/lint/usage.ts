// Server Perspective, Usage: one check for each line.
import test from 'ava';
import {atTarget, lint, moved, origin} from '../../helpers/lint-routes.ts';

test('"Return 307 for temporary API or infrastructure moves that cannot tolerate method rewriting"', async t => {
	const id = 'move-rewritten';
	t.deepEqual(await lint(id, {routes: [moved('POST', 302), atTarget('POST')]}), [
		'/routes/0/response/status: a client may turn POST into GET after a 302, and https://api.example.test/v2 takes no GET; use 307',
	]);
	t.deepEqual(await lint(id, {routes: [moved('POST', 301), atTarget('POST')]}), [
		'/routes/0/response/status: a client may turn POST into GET after a 301, and https://api.example.test/v2 takes no GET; use 308',
	]);
	t.deepEqual(await lint(id, {routes: [moved('POST', 302), atTarget('GET|POST')]}), []);
	t.deepEqual(await lint(id, {routes: [moved('GET', 302), atTarget('POST')]}), []);
	t.deepEqual(await lint(id, {routes: [moved('POST', 307), atTarget('POST')]}), []);
});

test('"Choose 307 over 302 when non-GET behavior must remain exact"', async t => {
	const id = 'found-for-unsafe-method';
	t.deepEqual(await lint(id, {routes: [moved('GET|PUT|PATCH', 302), atTarget('*')]}), [
		'/routes/0/response/status: a 302 to PUT and PATCH may become a GET; use 307 to keep the method, 303 to ask for a GET',
	]);
	t.deepEqual(await lint(id, {routes: [moved('GET|HEAD', 302), atTarget('*')]}), []);
	t.deepEqual(await lint(id, {routes: [moved('POST', 303), atTarget('*')]}), []);
});

test('"Temporary redirects where the original method and body must be preserved"', async t => {
	const id = 'body-may-be-lost';
	const call = {request: `POST ${origin}/v1`, json: {a: 1}};
	const routes = [moved('POST', 302), atTarget('*')];
	t.deepEqual(await lint(id, {routes, calls: [call]}), [
		'/routes/0/response/status: the call POST https://api.example.test/v1 has a body, and a client that turns it into a GET after a 302 drops it; use 307',
	]);
	t.deepEqual(await lint(id, {routes, calls: [{request: call.request}]}), []);
	t.deepEqual(await lint(id, {routes: [moved('POST'), atTarget('*')], calls: [call]}), []);
});

test('"Temporary API endpoint moves for POST, PUT, PATCH, or DELETE"', async t => {
	const id = 'see-other-for-endpoint';
	for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
		t.deepEqual(await lint(id, {routes: [moved(method, 303), atTarget(method)]}), [
			`/routes/0/response/status: a 303 turns ${method} into GET, and https://api.example.test/v2 takes only ${method}; use 307`,
		]);
		t.deepEqual(await lint(id, {routes: [moved(method, 307), atTarget(method)]}), []);
		t.deepEqual(await lint(id, {routes: [moved(method, 303), atTarget(`GET|${method}`)]}), []);
	}
});

test('"Operational rerouting such as maintenance or traffic shifting without changing request semantics"', async t => {
	const id = 'rerouting-changes-request';
	const headers = {Location: `${origin}/v2`};
	const shared = (status: number, methods = 'POST') => ({
		routes: [
			{request: `${methods} ${origin}/v1`, responses: [{weight: 1}, {status, headers, weight: 1}]},
			atTarget('*'),
		],
	});
	const gets = 'and it may turn the request into a GET; use 307';
	const remembered = 'and it may be remembered for ever; use 307';
	const place = '/routes/0/responses/1/status: the route answers this';
	const share = 'only for a time or a share of its requests,';
	t.deepEqual(await lint(id, shared(302)), [`${place} 302 ${share} ${gets}`]);
	t.deepEqual(await lint(id, shared(303)), [`${place} 303 ${share} ${gets}`]);
	t.deepEqual(await lint(id, shared(308)), [`${place} 308 ${share} ${remembered}`]);
	t.deepEqual(await lint(id, shared(301, 'GET')), [`${place} 301 ${share} ${remembered}`]);
	t.deepEqual(await lint(id, shared(302, 'GET')), []);
	t.deepEqual(await lint(id, shared(307)), []);
	const inPhase = {
		phases: ['maintenance'],
		routes: [{...moved('PUT', 302), phase: 'maintenance'}, atTarget('*')],
	};
	t.deepEqual(await lint(id, inPhase), [
		`/routes/0/response/status: the route answers this 302 ${share} ${gets}`,
	]);
	t.deepEqual(await lint(id, {routes: [moved('PUT', 302), atTarget('*')]}), []);
});
