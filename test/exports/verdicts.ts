import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join, relative} from 'node:path';
import test from 'ava';
import {exportFormats, exportMediaTypes, isExportFormat} from '../../src/exports/formats.ts';
import {type Double, exportDouble, type ScenarioSource, startDouble} from '../../src/index.ts';
import {createClient} from '../clients/conforming.ts';
import {deviants} from '../clients/deviants.ts';
import {awkwardDouble, secret} from '../helpers/awkward-traffic.ts';

const users = 'https://api.example.test/api/v1/users';

/** A double to which a client has made calls with a body. */
async function called(
	source: ScenarioSource,
	client = createClient(),
	calls: readonly string[] = [`POST ${users}`],
): Promise<Double> {
	const double = await startDouble(source);
	for (const call of calls) {
		const [method = '', url = ''] = call.split(' ');
		await client({
			request: `${method} ${double.urlOf(url)}`,
			headers: [],
			body: Buffer.from('Ada'),
		});
	}
	await double.settle({quiet: 5});
	await double.close();
	return double;
}

const losing = () => deviants['body-preserved']?.create() ?? createClient();

test('each format has a media type, and no other name is one', t => {
	t.deepEqual([...exportFormats].toSorted(), Object.keys(exportMediaTypes).toSorted());
	t.deepEqual(['har', 'toString', 'HAR', ''].map(isExportFormat), [true, false, false, false]);
});

for (const format of exportFormats)
	test(`${format} has no secrets in it unless they may be shown, and ends with a line end`, async t => {
		const double = await awkwardDouble();
		t.teardown(double.close);
		const text = await exportDouble(double, format);
		t.false(text.includes(secret));
		t.regex(text, /[^\n]\n$/);
		t.is(text, await exportDouble(double, format, {secrets: 'masked'}));
	});

for (const format of exportFormats)
	test(`${format} can be had of a double to which nothing came`, async t => {
		await using double = await startDouble('api-move');
		const text = await exportDouble(double, format);
		t.true(text.length > 0);
		if (format === 'json' || format === 'junit' || format === 'markdown')
			t.true(text.includes('no request came to the double'));
	});

test('what is read anywhere names a command in the place of pages, and links to none', async t => {
	const double = await called('api-move', losing());
	const pages = false;
	t.regex(double.report({pages}), /^ +see +followthrough explain body-preserved$/m);
	t.true(
		(await exportDouble(double, 'junit', {pages})).includes(
			'see followthrough explain body-preserved<',
		),
	);
	const markdown = await exportDouble(double, 'markdown', {pages});
	t.false(markdown.includes('docs/rules'));
	t.regex(markdown, /^1\. `body-preserved` \(should\): .+$/m);
	t.regex(markdown, /source: \[RFC 9110, 15\.4\]\(https:/);
	const elsewhere = {pages: 'https://docs.example.test/rules/'};
	for (const text of [
		double.report(elsewhere),
		await exportDouble(double, 'markdown', elsewhere),
		await exportDouble(double, 'junit', elsewhere),
	])
		t.true(text.includes('https://docs.example.test/rules/body-preserved.md'));
});

test('another format or option is refused', async t => {
	await using double = await startDouble('api-move');
	// @ts-expect-error There is no such format.
	await t.throwsAsync(exportDouble(double, 'pdf'), {
		code: 'OPTION_INVALID',
		message: 'There is no format "pdf"; expected har, json, junit, markdown, sarif or curl.',
	});
	// @ts-expect-error Nor such an option.
	await t.throwsAsync(exportDouble(double, 'har', {secret: 'shown'}), {
		code: 'OPTION_INVALID',
		message: /^exportDouble has no option "secret"; did you mean "secrets"\?/,
	});
	// @ts-expect-error Nor such a value.
	await t.throwsAsync(exportDouble(double, 'har', {secrets: true}), {
		code: 'OPTION_INVALID',
		message: 'The option secrets is true; expected masked or shown.',
	});
});

test('the JSON has outcome, why, the verdict and the hops', async t => {
	const double = await called('api-move', losing());
	const data = JSON.parse(await exportDouble(double, 'json'));
	t.like(data, {scenario: 'api-move', outcome: 'broken', why: 'body-preserved'});
	t.deepEqual(data.verdict, JSON.parse(JSON.stringify(double.verdict())));
	t.like(data.hops, [
		{
			number: 1,
			state: 'followed',
			redirect: {
				exchange: 1,
				method: 'POST',
				url: users,
				status: 307,
				location: 'https://api.example.test/api/v2/users',
			},
			followUp: {exchange: 2, method: 'POST', status: 201},
			link: {certain: false},
		},
	]);
});

test('the JUnit XML has a case for each rule, and a failure for what was broken', async t => {
	const double = await called('api-move', losing());
	const text = await exportDouble(double, 'junit');
	const {kept, broken, notObserved} = double.verdict();
	const rules = new Set([...kept, ...broken, ...notObserved].map(({rule}) => rule));
	const names = [...text.matchAll(/<testcase classname="api-move" name="([^"]*)">/g)];
	t.deepEqual(names.map(([, name]) => name).toSorted(), [...rules].toSorted());
	t.is(names.length, rules.size);
	t.true(
		text.startsWith(
			`<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="followthrough" tests="${rules.size}" failures="1" errors="0">`,
		),
	);
	t.regex(text, /name="body-preserved"><failure message="expected [^"]+" type="should">/);
	t.regex(text, /name="method-preserved"><system-out>kept once<\/system-out>/);
});

test('in JUnit XML and Markdown a policy that is not enforced fails nothing', async t => {
	const client = deviants['hop-limit']?.create() ?? createClient();
	const double = await startDouble('curl-25-growing-loop');
	const [call] = double.scenario.calls;
	const [method = '', url = ''] = call?.request.split(' ') ?? [];
	await client({request: `${method} ${double.urlOf(url)}`, headers: []});
	await double.settle({quiet: 5});
	await double.close();
	t.true(double.verdict().broken.some(({rule}) => rule === 'hop-limit'));
	const junit = await exportDouble(double, 'junit');
	t.regex(junit, /name="hop-limit"><skipped message="a policy that is not enforced: /);
	t.false(junit.includes('<failure'));
	t.regex(await exportDouble(double, 'markdown'), /\(policy, not enforced\): /);
	const {runs} = JSON.parse(await exportDouble(double, 'sarif'));
	t.like(runs[0].results[0], {ruleId: 'hop-limit', level: 'note'});
});

test('in JUnit XML a double that followed nothing is no success', async t => {
	const double = await called('api-move', createClient({limit: 0}));
	const text = await exportDouble(double, 'junit');
	t.true(
		text.includes(
			'<testcase classname="api-move" name="could not tell"><error message="of 1 redirect that was answered, 1 was not followed" type="could not tell">',
		),
	);
});

test('the Markdown says what was broken, and tells each hop in a row', async t => {
	const text = await exportDouble(await called('api-move', losing()), 'markdown');
	t.true(text.startsWith('## api-move: ✗ broken\n\nbody-preserved.\n'));
	t.regex(text, /^1\. \[`body-preserved`\]\(.*\) \(should\): .*\n {3}- expected: /m);
	t.true(
		text.includes(
			`| 1 | \`POST ${users}\` | \`307 Temporary Redirect, Location: https://api.example.test/api/v2/users\` | \`POST https://api.example.test/api/v2/users\` | \`201 Created\` |`,
		),
	);
	t.regex(text, /^Kept: .*\[`method-preserved`\]/m);
	t.notRegex(text, /^Kept: .*body-preserved/m);
});

test('in Markdown, what came from the wire is no markup, and ends no cell', async t => {
	await using double = await startDouble('api-move');
	await fetch(double.urlOf(`${users}?a=|\`<b>*`), {method: 'POST'});
	await double.settle({quiet: 5});
	const text = await exportDouble(double, 'markdown');
	const [row = ''] = text.match(/^\| 1 .*$/m) ?? [];
	t.is(row.replaceAll('\\|', '').split('|').length, 7, row);
	t.false(row.includes('<b>'));
});

test('hops that nobody will read are counted', async t => {
	await using double = await startDouble('api-move');
	for (let count = 0; count < 52; count++) await fetch(double.urlOf(users), {method: 'POST'});
	await double.settle({quiet: 5});
	const text = await exportDouble(double, 'markdown');
	t.is(text.match(/^\| \d+ /gm)?.length, 50);
	t.true(text.includes('\n… and 2 more.\n'));
});

test('a breach stands in SARIF at the route that answered, with its rule', async t => {
	const double = await called('api-move', losing());
	const {version, runs} = JSON.parse(await exportDouble(double, 'sarif'));
	t.is(version, '2.1.0');
	const [{tool, results, automationDetails}] = runs;
	t.is(automationDetails.id, 'followthrough/api-move/');
	t.is(results.length, 1);
	const [result] = results;
	const rule = tool.driver.rules[result.ruleIndex];
	t.like(rule, {id: 'body-preserved', defaultConfiguration: {level: 'warning'}});
	t.regex(rule.helpUri, /^https:/);
	for (const text of [rule.help.text, rule.help.markdown]) {
		t.regex(text, /## How to mend it\n\n/);
		t.notRegex(text, /\]\((?!http)/);
	}
	t.like(result, {ruleId: 'body-preserved', level: 'warning', occurrenceCount: 1});
	t.regex(result.message.text, /^A client .+ Expected: 3 bytes.+ Actual: no body.+ Likely cause: /);
	const [location] = result.locations;
	t.deepEqual(location.physicalLocation, {
		artifactLocation: {uri: 'scenarios/documented/api-move.yaml'},
		region: {startLine: 16, startColumn: 5},
	});
	t.like(location.logicalLocations[0], {
		name: `POST ${users}`,
		fullyQualifiedName: 'api-move/routes/0',
	});
	t.is(result.relatedLocations[0].logicalLocations[0].fullyQualifiedName, 'api-move/routes/1');
});

test('the fingerprints are those of the run before; what was broken again is counted', async t => {
	const once = await called('api-move', losing(), [`POST ${users}`]);
	const twice = await called('api-move', losing(), [`POST ${users}?n=1`, `POST ${users}?n=2`]);
	const [first, second] = await Promise.all(
		[once, twice].map(
			async double => JSON.parse(await exportDouble(double, 'sarif')).runs[0].results,
		),
	);
	t.is(first.length, 1);
	t.is(second.length, 1);
	t.deepEqual(second[0].partialFingerprints, first[0].partialFingerprints);
	t.is(second[0].occurrenceCount, 2);
});

test('rules that were broken elsewhere have other fingerprints', async t => {
	const double = await called(
		{
			name: 'moves',
			routes: ['a', 'b'].flatMap(path => [
				{
					request: `PUT https://a.test/${path}`,
					response: {status: 307, headers: {Location: `/${path}/new`}},
				},
				{request: `PUT https://a.test/${path}/new`, response: {status: 204}},
			]),
		},
		losing(),
		['PUT https://a.test/a', 'PUT https://a.test/b'],
	);
	const {results} = JSON.parse(await exportDouble(double, 'sarif')).runs[0];
	const prints = results.map((each: {partialFingerprints: object}) =>
		JSON.stringify(each.partialFingerprints),
	);
	t.is(new Set(prints).size, 2);
	// It came from no file.
	t.deepEqual(Object.keys(results[0].locations[0]).toSorted(), ['logicalLocations', 'message']);
});

test('a file outside of the working directory has its name alone, and one that is gone no line', async t => {
	const folder = await mkdtemp(join(tmpdir(), 'followthrough-sarif-'));
	const file = join(folder, 'a move.yaml');
	await writeFile(
		file,
		`name: a-move
routes:
  - request: POST https://a.test/old
    response: { status: 307, headers: { Location: /new } }
  - { request: POST https://a.test/new, response: {} }
`,
	);
	const double = await called(file, losing(), ['POST https://a.test/old']);
	const placeOf = async () => {
		const {results} = JSON.parse(await exportDouble(double, 'sarif')).runs[0];
		return results[0].locations[0].physicalLocation;
	};
	// Not where it is on this machine.
	const artifactLocation = {uri: encodeURIComponent(basename(file))};
	t.true(relative(process.cwd(), file).startsWith('..'));
	t.deepEqual(await placeOf(), {artifactLocation, region: {startLine: 3, startColumn: 5}});
	await rm(folder, {recursive: true});
	t.deepEqual(await placeOf(), {artifactLocation});
});

test('what was broken before another scenario was brought on stands at none of its routes', async t => {
	await using double = await startDouble('api-move');
	const client = losing();
	await client({request: `POST ${double.urlOf(users)}`, headers: [], body: Buffer.from('Ada')});
	await double.settle({quiet: 5});
	await double.swap('delete-move');
	const [{results}] = JSON.parse(await exportDouble(double, 'sarif')).runs;
	t.deepEqual(results[0].locations, [{message: {text: `POST ${users}`}}]);
});

test('of several scenarios in a double, each has its own file', async t => {
	const double = await startDouble(['delete-move', 'api-move']);
	const client = losing();
	await client({request: `POST ${double.urlOf(users)}`, headers: [], body: Buffer.from('Ada')});
	await double.settle({quiet: 5});
	await double.close();
	const [{results}] = JSON.parse(await exportDouble(double, 'sarif')).runs;
	t.like(results[0].locations[0], {
		physicalLocation: {artifactLocation: {uri: 'scenarios/documented/api-move.yaml'}},
		logicalLocations: [{fullyQualifiedName: 'api-move/routes/0'}],
	});
});
