// Checks that come from standards, and what holds for all checks.
import test from 'ava';
import {lintChecks} from '../../../src/scenario/lint.ts';
import type {ResponseInput} from '../../../src/scenario/types.ts';
import {atTarget, lint, moved, origin} from '../../helpers/lint-routes.ts';

const location = '/routes/0/response/headers/Location';

function leads(from: string, to: string, more: object = {}) {
	return {
		request: `POST ${origin}${from}`,
		response: {status: 307, headers: {Location: to}},
		...more,
	};
}

test('RFC 9110, 15.4: redirects that go round in a circle', async t => {
	const id = 'never-ends';
	const circle = `${origin}/a → ${origin}/a`;
	t.deepEqual(await lint(id, {routes: [leads('/a', '/a')]}), [
		`${location}: the redirects go round in a circle: ${circle}`,
	]);
	const into = await lint(id, {routes: [leads('/x', '/a'), leads('/a', '/b'), leads('/b', '/a')]});
	t.is(
		into[0],
		`${location}: the redirects go round in a circle: ${origin}/a → ${origin}/b → ${origin}/a`,
	);
	t.is(into.length, 3);
});

test('RFC 9110, 15.4: redirects that end are none', async t => {
	const id = 'never-ends';
	const {request, response} = leads('/a', '/a');
	t.deepEqual(await lint(id, {routes: [{request, responses: [{...response, times: 2}, {}]}]}), []);
	t.deepEqual(
		await lint(id, {routes: [{request, responses: [{...response, weight: 2}, {weight: 1}]}]}),
		[],
	);
	const seeOther = {request, response: {status: 303, headers: {Location: '/a'}}};
	t.deepEqual(await lint(id, {routes: [seeOther, {request: `GET ${origin}/a`, response: {}}]}), []);
	const phases = ['one', 'two'];
	const routes = [leads('/a', '/b', {phase: 'one'}), leads('/b', '/a', {phase: 'two'})];
	t.deepEqual(await lint(id, {phases, routes}), []);
	const ended = {request: `POST ${origin}/a?page=2`, response: {}};
	t.deepEqual(await lint(id, {routes: [ended, leads('/a', '?page=2')]}), []);
});

test('RFC 9110, 15.4: a route for another query takes no redirect out of its circle', async t => {
	const id = 'never-ends';
	const other = {request: `POST ${origin}/a?page=3`, response: {}};
	t.is((await lint(id, {routes: [other, leads('/a', '?page=2')]})).length, 1);
	const circle = leads('/a?page=2', '/a?page=2');
	t.is((await lint(id, {routes: [circle, {request: `POST ${origin}/a`, response: {}}]})).length, 1);
});

test('RFC 9110, 15.4: a chain of more redirects than clients follow', async t => {
	const id = 'never-ends';
	const chain = (length: number) => [
		...Array.from({length}, (_, i) => leads(`/${i}`, `/${i + 1}`)),
		{request: `POST ${origin}/${length}`, response: {}},
	];
	t.deepEqual(await lint(id, {routes: chain(20)}), []);
	t.deepEqual(await lint(id, {routes: chain(21)}), [
		`${location}: more than 20 redirects follow one another, and clients give up by then`,
	]);
	const growing = {
		request: `POST ${origin}/*rest`,
		response: {status: 307, headers: {Location: '/x/*rest'}},
	};
	t.is((await lint(id, {routes: [growing]})).length, 1);
});

test('RFC 9700, 4.12: a request with credentials is not repeated at another origin', async t => {
	const id = 'credentials-repeated';
	const headers = {Location: 'https://app.example.test/callback'};
	const login = (path: string, status = 307) => [
		{request: `POST ${origin}${path}`, response: {status, headers}},
	];
	const message = `${location}: a request that may contain a user's credentials is sent again, with its body, to https://app.example.test; an authorization server uses 303`;
	t.deepEqual(await lint(id, {routes: login('/login')}), [message]);
	t.deepEqual(await lint(id, {routes: login('/oauth/authorize')}), [message]);
	t.deepEqual(await lint(id, {routes: login('/form')}), []);
	const request = `POST ${origin}/form`;
	t.deepEqual(
		await lint(id, {routes: login('/form'), calls: [{request, text: 'user=ada&password=x'}]}),
		[message],
	);
	t.deepEqual(await lint(id, {routes: login('/form'), calls: [{request, json: {password: 'x'}}]}), [
		message,
	]);
	t.deepEqual(await lint(id, {routes: login('/login', 303)}), []);
	t.deepEqual(
		await lint(id, {
			routes: [leads('/login', '/home'), {request: `POST ${origin}/home`, response: {}}],
		}),
		[],
	);
});

const place = '/routes/0/response';

test('RFC 9110, 10.1.1: a client that waits for 100 is answered at once, one way or the other', async t => {
	const id = 'expectation-unanswered';
	const says = async (more: ResponseInput): Promise<string[]> =>
		lint(id, {routes: [moved('POST', 307, more), atTarget('*')]});
	const message = `${place}/continue: it withholds 100 and waits for the body: a client that waits for 100 sends nothing until it loses patience; leave "continue" out to redirect at once in place of 100`;
	t.deepEqual(await says({continue: 'withhold'}), [message]);
	t.deepEqual(await says({continue: 'withhold', answer: {afterBytes: 1}}), [message]);
	t.deepEqual(await says({continue: 'withhold', answer: 'before-body'}), []);
	t.deepEqual(await says({continue: 'send'}), []);
	t.deepEqual(await says({}), []);
});

test('RFC 9110, 10.1.1: a body that was invited is read', async t => {
	const id = 'body-invited-unread';
	const says = async (more: ResponseInput): Promise<string[]> =>
		lint(id, {routes: [moved('POST', 307, more), atTarget('*')]});
	t.deepEqual(await says({continue: 'send', answer: 'before-body'}), [
		`${place}/continue: it invites the body with 100 and redirects before any of it came, so the body is sent for nothing; leave "continue" out to redirect in place of 100`,
	]);
	t.deepEqual(await says({continue: 'send', answer: {afterBytes: 1}}), []);
	t.deepEqual(await says({answer: 'before-body'}), []);
});

test('RFC 9112, 9.3: a connection that is of no more use is not kept', async t => {
	const id = 'follow-up-unread';
	const says = async (more: ResponseInput): Promise<string[]> =>
		lint(id, {routes: [moved('POST', 307, more), atTarget('*')]});
	t.deepEqual(await says({afterwards: 'stop-reading'}), [
		`${place}/afterwards: it reads no more once the whole body has come: a follow-up on the same connection is never read, and its client hangs; use "close", or answer before the body to leave some of it unread`,
	]);
	t.deepEqual(await says({afterwards: 'stop-reading', answer: {afterBytes: 1}}), []);
	t.deepEqual(await says({afterwards: 'close'}), []);
});

test('RFC 9110, 8.6: a Content-Length that is known to be wrong', async t => {
	const id = 'length-differs';
	const says = async (length: number, methods = 'POST'): Promise<string[]> =>
		lint(id, {
			routes: [
				moved(methods, 307, {text: 'four', headers: {'content-length': length}}),
				atTarget('*'),
			],
		});
	const advice = 'leave the field out unless that is what you test';
	const at = `${place}/headers/content-length`;
	t.deepEqual(await says(9), [
		`${at}: its Content-Length says 9, and its body has a size of 4: a client waits for the rest; ${advice}`,
	]);
	t.deepEqual(await says(3), [
		`${at}: its Content-Length says 3, and its body has a size of 4: what is over is taken for another response; ${advice}`,
	]);
	t.deepEqual(await says(4), []);
	t.deepEqual(await says(9, 'HEAD'), []);
	t.is((await says(9, 'HEAD|POST')).length, 1);
});

test('a redirect that never arrives, and a decoy before it, are not held against anything', async t => {
	for (const {id} of lintChecks) {
		for (const fault of ['reset-before-head', 'reset-in-head'] as const)
			t.deepEqual(
				await lint(id, {routes: [{...leads('/a', '/a'), response: {status: 307, fault}}]}),
				[],
			);
		const interim = [{status: 103, headers: {Location: `${origin}/nowhere`}}];
		t.deepEqual(await lint(id, {routes: [moved('POST', 307, {interim}), atTarget('POST')]}), []);
	}
	const cut = {status: 307, fault: 'reset-after-head'} as const;
	t.is(
		(await lint('location-missing', {routes: [{...leads('/a', '/a'), response: cut}]})).length,
		1,
	);
});

test('what a handler answers is not known, and nothing is said of it', async t => {
	const routes = [{...moved('POST'), response: () => {}}, atTarget('GET')];
	for (const {id} of lintChecks) t.deepEqual(await lint(id, {routes}), []);
});

test('every check has an id of its own and a source with document, address and passage', t => {
	t.is(new Set(lintChecks.map(({id}) => id)).size, lintChecks.length);
	for (const {source} of lintChecks) {
		t.regex(source.url, /^https:\/\//);
		t.truthy(source.document);
		t.truthy(source.passage);
	}
});

test('every statement to servers in the documentation of 307 has a check', t => {
	const statements = [
		'Return 307 for temporary API or infrastructure moves that cannot tolerate method rewriting',
		'Choose 307 over 302 when non-GET behavior must remain exact',
		'Temporary redirects where the original method and body must be preserved',
		'Temporary API endpoint moves for POST, PUT, PATCH, or DELETE',
		'Operational rerouting such as maintenance or traffic shifting without changing request semantics',
		'Include a Location header with the temporary URI',
		'Make sure the target endpoint can safely handle the same method and request body',
		'Location',
		'Cache-Control',
		'A body is optional, but the redirect target and temporary nature should be clear',
		'Do not use 307 if you actually want the redirected request to switch to GET',
		'Do not mark a long-term move as temporary if clients should update their stored URIs',
		'Permanent redirects; use 308',
		'Cases where the next request should intentionally become GET; use 303',
		'Simple temporary browser redirects where method preservation is irrelevant and 302 is acceptable',
	];
	const cited = lintChecks
		.filter(({source}) => source.url === 'https://http-status.org/docs/307')
		.map(({source}) => source.passage);
	t.deepEqual([...new Set(cited)], statements);
});
