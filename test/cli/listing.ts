import test from 'ava';
import {formatListing} from '../../src/cli/listing.ts';
import {openDoubles} from '../../src/cli/open-doubles.ts';
import {proxiedLine} from '../../src/cli/proxied-line.ts';
import {proxyAdvice} from '../../src/cli/proxy-advice.ts';
import {compileScenarios} from '../../src/scenario/compile-scenarios.ts';
import {loadScenario} from '../../src/scenario/load.ts';
import type {ScenarioInput} from '../../src/scenario/types.ts';

const origin = 'https://files.example.test';
const scenario: ScenarioInput = {
	name: 'files',
	title: 'Files move',
	source: 'https://docs.example.test/files',
	calls: [
		{request: `PUT ${origin}/v1/files/7?part=1`, json: {a: 1}, headers: {'X-Trace': 'x'}},
		{request: `PUT ${origin}/v1/files/7?part=1`, json: {a: 2}},
		{request: `PUT ${origin}/v1/files/7?part=1`, json: {a: 2}},
	],
	routes: [
		{
			request: `PUT ${origin}/v1/files/:id`,
			response: {status: 307, headers: {Location: `${origin}/v2/files/:id`}},
		},
		{request: `PUT|PATCH ${origin}/v2/files/:id`, response: {}},
		{request: `* ${origin}/other/:name{/*rest}?full=1`, response: {}},
	],
};

test('a listing has each documented request once, with its address and its curl lines', async t => {
	const compiled = compileScenarios([await loadScenario(scenario)]);
	const urlOf = (documented: string) => documented.replace(origin, 'http://127.0.0.1:8080');
	t.is(
		formatListing({compiled}, urlOf, {colors: false}),
		`files: Files move
  https://docs.example.test/files
  PUT https://files.example.test/v1/files/7?part=1 → http://127.0.0.1:8080/v1/files/7?part=1
    curl -iL -X PUT -H 'Content-Type: application/json' -H 'X-Trace: x' --data-raw '{"a":1}' 'http://127.0.0.1:8080/v1/files/7?part=1'
    curl -iL -X PUT -H 'Content-Type: application/json' --data-raw '{"a":2}' 'http://127.0.0.1:8080/v1/files/7?part=1'
  PUT|PATCH https://files.example.test/v2/files/:id → http://127.0.0.1:8080/v2/files/:id
    curl -iL -X PUT -H 'Content-Type: application/json' --data-raw '{"a":1}' http://127.0.0.1:8080/v2/files/7
  * https://files.example.test/other/:name{/*rest}?full=1 → http://127.0.0.1:8080/other/:name{/*rest}?full=1
    curl -iL -X PUT -H 'Content-Type: application/json' --data-raw '{"a":1}' 'http://127.0.0.1:8080/other/name/rest?full=1'`,
	);
});

test('a scenario without a title, a source and calls is listed by its name and its routes', async t => {
	const bare = {name: 'bare', routes: [{request: `GET ${origin}/a`, response: {}}]};
	const compiled = compileScenarios([await loadScenario(bare)]);
	const text = formatListing({compiled}, () => 'http://127.0.0.1:1/a', {colors: false});
	t.is(
		text,
		`bare
  GET https://files.example.test/a → http://127.0.0.1:1/a
    curl -iL http://127.0.0.1:1/a`,
	);
});

const access = {proxy: 'http://127.0.0.1:41300', caFile: async () => "/tmp/it's here/ca.pem"};
for (const {scheme, environment} of [
	{
		scheme: 'https',
		environment: `https_proxy=http://127.0.0.1:41300 CURL_CA_BUNDLE='/tmp/it'\\''s here/ca.pem'`,
	},
	{scheme: 'http', environment: 'http_proxy=http://127.0.0.1:41300'},
])
	test(`the line through the proxy sends the first call to its documented ${scheme} URL`, async t => {
		const request = `PUT ${scheme}://files.example.test/a`;
		const called = {
			name: 'called',
			calls: [{request, text: 'x', headers: {'Content-Type': 'a/b'}}],
			routes: [{request, response: {}}],
		};
		const compiled = compileScenarios([await loadScenario(called)]);
		t.is(
			await proxiedLine({compiled}, access),
			`${environment} curl -iL -X PUT -H 'Content-Type: a/b' --data-raw x ${scheme}://files.example.test/a`,
		);
	});

test('up to three scenarios have a line through their proxies each, of more the first one has', async t => {
	const served = await openDoubles(['api-move', 'delete-move', 'cross-origin', 'patch-move']);
	t.teardown(() => Promise.all(served.map(({double}) => double.close())));
	const three = (await proxyAdvice(served.slice(0, 3), 'npm start --', {colors: false})).split(
		'\n',
	);
	t.is(three.length, 4);
	for (const [index, line] of three.slice(1).entries())
		t.true(line.startsWith(`  https_proxy=${served[index]?.double.proxy} CURL_CA_BUNDLE=`));
	const many = (await proxyAdvice(served, 'npm start --', {colors: false})).split('\n');
	t.deepEqual(many, [
		...three.slice(0, 2),
		'  Each scenario has a proxy of its own: npm start -- <name> prints the line for it.',
	]);
});

test('a proxy whose CA gets no file is told without one', async t => {
	const served = await openDoubles(['api-move']);
	const [only] = served;
	await only?.double.close();
	const text = await proxyAdvice(served, 'npm start --', {colors: false});
	t.true(text.includes(`${only?.double.proxy}, without a file for its CA: `));
});
