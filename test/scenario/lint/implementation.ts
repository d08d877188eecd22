// Server Perspective, Implementation and Common Headers: one check for each line, or several.
import test from 'ava';
import {atTarget, lint, moved, origin} from '../../helpers/lint-routes.ts';

test('"Include a Location header with the temporary URI"', async t => {
	const request = `POST ${origin}/v1`;
	t.deepEqual(await lint('location-missing', {routes: [{request, response: {status: 307}}]}), [
		"/routes/0/response: this 307 has no Location: a client can't follow it; add one",
	]);
	t.deepEqual(await lint('location-missing', {routes: [moved('POST'), atTarget('*')]}), []);
	t.deepEqual(await lint('location-missing', {routes: [{request, response: {status: 304}}]}), []);
});

test('"Make sure the target endpoint can safely handle the same method and request body": it is there', async t => {
	const id = 'target-missing';
	const place = '/routes/0/response/headers/Location';
	t.deepEqual(await lint(id, {routes: [moved('POST')]}), [
		`${place}: no route stands for https://api.example.test/v2: the follow-up gets no scripted answer; add a route for it`,
	]);
	const away = {status: 307, headers: {location: 'https://cdn.example.test/x'}};
	t.deepEqual(await lint(id, {routes: [{request: `POST ${origin}/v1`, response: away}]}), [
		'/routes/0/response/headers/location: https://cdn.example.test/x has an origin that no route has: the follow-up leaves the double; add a route for it',
	]);
	const relative = {status: 307, headers: {Location: 'v2?x=1#y'}};
	t.deepEqual(
		await lint(id, {routes: [{request: `POST ${origin}/v1`, response: relative}, atTarget('*')]}),
		[],
	);
});

test('"Make sure the target endpoint can safely handle the same method and request body": it takes the method', async t => {
	const id = 'target-method';
	t.deepEqual(await lint(id, {routes: [moved('POST|PUT'), atTarget('PUT|PATCH')]}), [
		'/routes/0/response/headers/Location: a 307 keeps POST, and https://api.example.test/v2 takes only PATCH, PUT',
	]);
	t.deepEqual(await lint(id, {routes: [moved('POST'), atTarget('PUT'), atTarget('POST')]}), []);
	t.deepEqual(await lint(id, {routes: [moved('POST'), atTarget('*')]}), []);
	const calls = [{request: `DELETE ${origin}/v1`}];
	t.deepEqual(await lint(id, {routes: [moved('*'), atTarget('PUT')], calls}), [
		'/routes/0/response/headers/Location: a 307 keeps DELETE, and https://api.example.test/v2 takes only PUT',
	]);
	t.deepEqual(await lint(id, {routes: [moved('*'), atTarget('PUT')]}), []);
});

test('"Make sure the target endpoint can safely handle the same method and request body": it does not refuse', async t => {
	const id = 'target-refuses';
	t.deepEqual(await lint(id, {routes: [moved('POST'), atTarget('POST', {status: 413})]}), [
		"/routes/0/response/headers/Location: https://api.example.test/v2 answers 413: it can't handle the method or the body that a 307 sends to it",
	]);
	t.deepEqual(await lint(id, {routes: [moved('POST'), atTarget('POST', {status: 409})]}), []);
	t.deepEqual(
		await lint(id, {routes: [moved('POST'), {...atTarget('POST'), response: () => {}}]}),
		[],
	);
});

test('"Location": it leads to one place that a client goes to', async t => {
	const id = 'location-unusable';
	const to = (location: string | string[]) => ({
		routes: [
			{request: `POST ${origin}/v1`, response: {status: 307, headers: {Location: location}}},
		],
	});
	const place = '/routes/0/response/headers/Location';
	t.deepEqual(await lint(id, to(['/a', '/b'])), [
		`${place}: the Location leads to several places, and no client knows which to take; give one URI`,
	]);
	t.deepEqual(await lint(id, to('https://')), [
		`${place}: the Location is no URI reference; give the absolute temporary URI`,
	]);
	t.deepEqual(await lint(id, to('mailto:ada@example.test')), [
		`${place}: the Location does not lead to http or https, and clients do not follow it there`,
	]);
	t.deepEqual(await lint(id, to(['/a', '/a'])), []);
});

test('"Cache-Control": it has an effect', async t => {
	const id = 'cache-without-effect';
	const headers = {'cache-control': 'max-age=60'};
	t.deepEqual(await lint(id, {routes: [moved('POST|PUT', 307, {headers}), atTarget('*')]}), [
		"/routes/0/response/headers/cache-control: its freshness has no effect: a cached 307 can't answer POST or PUT",
	]);
	t.deepEqual(await lint(id, {routes: [moved('GET|PUT', 307, {headers}), atTarget('*')]}), []);
	const noStore = {'Cache-Control': 'no-store, max-age=60'};
	t.deepEqual(
		await lint(id, {routes: [moved('POST', 307, {headers: noStore}), atTarget('*')]}),
		[],
	);
});
