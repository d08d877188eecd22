// A supported Node whose HTTP parser is older, such as 20.19.0, knows no QUERY.
import {METHODS} from 'node:http';
import test from 'ava';

METHODS.splice(METHODS.indexOf('QUERY'), 1);
const {formatGrade, gradeClient, lint, shippedScenarios} = await import('../../src/index.ts');

test('all shipped scenarios can be read', async t => {
	const names = (await shippedScenarios()).map(({name}) => name);
	t.true(names.includes('method-matrix'));
	await t.notThrowsAsync(Promise.all(names.map(name => lint(name))));
});

test('a client is asked for no call that the parser refuses, and loses nothing by it', async t => {
	const asked = new Set<string>();
	const grade = await gradeClient(
		async ({method, url, headers, body}) => {
			asked.add(method);
			return fetch(url, {
				method,
				headers: Object.fromEntries(headers),
				body: body ? new Blob([body]) : null,
			});
		},
		{scenarios: ['method-matrix']},
	);
	const [scenario] = grade.scenarios;
	t.is(scenario?.state, 'judged', scenario?.why);
	t.false(asked.has('QUERY'));
	t.true(asked.has('PROPFIND'));
	const results = scenario?.calls.filter(({request}) => request.startsWith('QUERY '));
	t.is(results?.length, 5);
	for (const {result} of results ?? [])
		t.deepEqual(result, {
			ended: 'not asked',
			why: `the HTTP parser of Node ${process.versions.node} takes no QUERY`,
		});
	t.regex(await formatGrade(grade, 'markdown'), /not asked: the HTTP parser of Node/);
});

test('where nothing can be asked, nothing is seen and nothing failed', async t => {
	const {passed, scenarios, why} = await gradeClient(async () => t.fail(), {
		scenarios: [
			{
				name: 'query-alone',
				calls: [{request: 'QUERY https://api.example.test/a'}],
				routes: [
					{
						request: 'QUERY https://api.example.test/a',
						response: {status: 307, headers: {Location: '/b'}},
					},
					{request: '* https://api.example.test/b', response: {status: 204}},
				],
			},
		],
	});
	t.deepEqual([scenarios[0]?.state, scenarios[0]?.outcome], ['judged', 'not observed']);
	t.false(passed);
	t.is(why, 'no rule was seen, in 1 scenario');
});
