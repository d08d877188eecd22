// Server Perspective, Body and Pitfalls: one check for each line.
import test from 'ava';
import {atTarget, lint, moved, target} from '../../helpers/lint-routes.ts';

test('"A body is optional, but the redirect target and temporary nature should be clear"', async t => {
	const id = 'body-unclear';
	const says = async (body: object): Promise<string[]> =>
		lint(id, {routes: [moved('POST', 307, body), atTarget('*')]});
	const fault = (what: string): string[] => [`/routes/0/response: its body does not say ${what}`];
	t.deepEqual(
		await says({text: 'Redirecting.'}),
		fault('where the redirect leads or that it is temporary'),
	);
	t.deepEqual(await says({text: `Moved to ${target}.`}), fault('that it is temporary'));
	t.deepEqual(
		await says({json: {message: 'Temporarily moved'}}),
		fault('where the redirect leads'),
	);
	t.deepEqual(await says({text: `For now at ${target}.`}), []);
	t.deepEqual(await says({json: {temporary: target}}), []);
	t.deepEqual(await says({}), []);
	t.deepEqual(await says({base64: 'AAAA'}), []);
});

test('"Do not use 307 if you actually want the redirected request to switch to GET"', async t => {
	const id = 'get-only-target';
	t.deepEqual(await lint(id, {routes: [moved('POST'), atTarget('GET|HEAD')]}), [
		'/routes/0/response/headers/Location: a 307 keeps POST, and https://api.example.test/v2 takes only GET, HEAD; use 303',
	]);
	t.deepEqual(await lint(id, {routes: [moved('GET|HEAD'), atTarget('GET')]}), []);
	t.deepEqual(await lint(id, {routes: [moved('POST', 303), atTarget('GET')]}), []);
});

test('"Do not mark a long-term move as temporary if clients should update their stored URIs"', async t => {
	const id = 'cached-for-long';
	const says = async (headers: Record<string, string>): Promise<string[]> =>
		lint(id, {routes: [moved('GET', 307, {headers}), atTarget('*')]});
	const at = (name: string, what: string): string[] => [
		`/routes/0/response/headers/${name}: a temporary redirect may be cached ${what}; if the move is meant to last, use 308`,
	];
	const long = (seconds: number): string => `for ${seconds} seconds, more than a day`;
	t.deepEqual(await says({'Cache-Control': 'max-age=86401'}), at('Cache-Control', long(86_401)));
	t.deepEqual(
		await says({'Cache-Control': 'public, S-MaxAge="99999", max-age=1'}),
		at('Cache-Control', long(99_999)),
	);
	t.deepEqual(
		await says({'Cache-Control': 'max-age=60, immutable'}),
		at('Cache-Control', 'as immutable'),
	);
	const date = 'Mon, 23 Nov 2026 12:00:00 GMT';
	t.deepEqual(
		await says({Date: date, Expires: 'Wed, 25 Nov 2026 12:00:00 GMT'}),
		at('Expires', long(172_800)),
	);
	t.deepEqual(await says({Date: date, Expires: 'Tue, 24 Nov 2026 12:00:00 GMT'}), []);
	t.deepEqual(await says({Expires: '0'}), []);
	t.deepEqual(await says({'Cache-Control': 'max-age=86400'}), []);
	t.deepEqual(await says({'Cache-Control': 'no-cache, max-age=999999'}), []);
	t.deepEqual(
		await lint(id, {
			routes: [moved('GET', 308, {headers: {'Cache-Control': 'max-age=999999'}}), atTarget('*')],
		}),
		[],
	);
});

test('"Permanent redirects; use 308"', async t => {
	const id = 'claims-permanence';
	const says = async (status: string, body: object = {}): Promise<string[]> =>
		lint(id, {routes: [moved('POST', status, body), atTarget('*')]});
	t.deepEqual(await says('307 Moved Permanently'), [
		'/routes/0/response/status: its reason phrase says "Moved Permanently"; a permanent redirect is a 308',
	]);
	t.deepEqual(await says('307', {json: {message: 'Moved Permanently', url: target}}), [
		'/routes/0/response: its body says "Moved Permanently"; a permanent redirect is a 308',
	]);
	t.deepEqual(
		await says('307 TEMPORARY_REDIRECT', {text: `Temporarily, not permanently, at ${target}`}),
		[],
	);
	t.deepEqual(await says('308', {text: 'Moved permanently'}), []);
});

test('"Cases where the next request should intentionally become GET; use 303"', async t => {
	const id = 'get-intended';
	t.deepEqual(await lint(id, {routes: [moved('POST'), atTarget('GET|PUT')]}), [
		'/routes/0/response/headers/Location: https://api.example.test/v2 takes GET and not POST: if the next request is meant to be a GET, use 303; a 307 keeps POST',
	]);
	t.deepEqual(await lint(id, {routes: [moved('POST'), atTarget('GET|POST')]}), []);
	t.deepEqual(await lint(id, {routes: [moved('POST', 303), atTarget('GET|PUT')]}), []);
});

test('"Simple temporary browser redirects where method preservation is irrelevant and 302 is acceptable"', async t => {
	const id = 'found-would-do';
	t.deepEqual(await lint(id, {routes: [moved('GET|HEAD'), atTarget('GET')]}), [
		'/routes/0/response/status: it answers only GET and HEAD, so there is no method to preserve, and 302 is acceptable',
	]);
	t.deepEqual(await lint(id, {routes: [moved('GET|POST'), atTarget('*')]}), []);
	t.deepEqual(await lint(id, {routes: [moved('*'), atTarget('*')]}), []);
	t.deepEqual(await lint(id, {routes: [moved('GET', 302), atTarget('*')]}), []);
});
