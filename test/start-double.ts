import {mkdtempSync} from 'node:fs';
import {rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import test from 'ava';
import {ScenarioError, type ScenarioInput, startDouble} from '../src/index.ts';

const api = 'https://api.example.test';
const move: ScenarioInput = {
	name: 'move',
	routes: [
		{request: `POST ${api}/v1/users`, response: {status: 307, headers: {Location: '/v2/users'}}},
		{request: `POST ${api}/v2/users`, response: {status: 201}},
	],
};
const cdn: ScenarioInput = {
	name: 'cdn',
	routes: [{request: 'GET https://cdn.example.test/x', response: {status: 200}}],
};

const folder = mkdtempSync(join(tmpdir(), 'start-double-test-'));
test.after.always(() => rm(folder, {recursive: true}));
const path = join(folder, 'move.json');
test.before(() => writeFile(path, JSON.stringify(move)));

const sources = [
	['a name', 'api-move', 'api-move'],
	['a path', path, 'move'],
	['a URL', pathToFileURL(path), 'move'],
	['a URL as text', pathToFileURL(path).href, 'move'],
	['an object', move, 'move'],
	['a list of one', [move], 'move'],
	['several', [move, 'api-move', cdn], 'move+api-move+cdn'],
] as const;

for (const [what, source, name] of sources.filter(([what]) => what !== 'several'))
	test(`a double starts from ${what}`, async t => {
		await using double = await startDouble(source);
		t.is(double.name, name);
		t.is(double.origins[0]?.documented, api);
		t.deepEqual(double.exchanges, []);
	});

test('a double plays several scenarios', async t => {
	await using double = await startDouble([move, cdn]);
	t.is(double.name, 'move+cdn');
	t.deepEqual(
		double.origins.map(({documented}) => documented),
		[api, 'https://cdn.example.test'],
	);
	t.is((await fetch(double.urlOf('https://cdn.example.test/x'))).status, 200);
	await fetch(double.urlOf(`${api}/v1/users`), {method: 'POST', body: 'hi'});
	const {followUp} = await double.hop();
	t.is(followUp.response?.status, 201);
	double.assertFollowedThrough();
});

test('a double tells its hops, chains and verdict', async t => {
	await using double = await startDouble(move);
	await fetch(double.urlOf(`${api}/v1/users`), {method: 'POST', body: 'hi'});
	const hop = await double.hop();
	hop.assertPreserved();
	t.deepEqual(
		hop.findings().filter(({outcome}) => outcome === 'broken'),
		[],
	);
	t.true(String(hop).startsWith('hop 1\n'));
	t.deepEqual(Object.keys(hop).sort(), ['followUp', 'link', 'number', 'redirect', 'state']);
	t.true(Object.isFrozen(hop));
	t.deepEqual(
		(await double.chain()).exchanges.map(({number}) => number),
		[1, 2],
	);
	t.is(double.chains().length, 1);
	t.is(double.hops().length, 1);
	t.is(double.journal.hopTo(hop.followUp)?.number, 1);
	t.is(double.journal.hopTo(hop.redirect), undefined);
	t.like(double.verdict(), {
		scenario: 'move',
		hops: {followed: 1, declined: 0, waiting: 0},
		broken: [],
	});
	t.regex(double.report(), /^Scenario "move": 1 redirect \(1 followed\)/);
	double.assertFollowedThrough();
});

test('a hop that was not followed has no findings and is no ground for an assertion', async t => {
	await using double = await startDouble(move);
	await fetch(double.urlOf(`${api}/v1/users`), {method: 'POST', redirect: 'manual'});
	const [hop] = double.hops();
	t.is(hop?.state, 'waiting');
	t.deepEqual(hop?.findings(), []);
	t.throws(() => hop?.assertPreserved(), {name: 'AssertionError'});
	t.throws(() => double.assertFollowedThrough(), {name: 'AssertionError'});
});

const faults: readonly (readonly [
	what: string,
	source: Parameters<typeof startDouble>[0],
	options: Parameters<typeof startDouble>[1],
	code: string,
	message: string | RegExp,
])[] = [
	[
		'an origin that the scenario has not',
		move,
		{ports: {'https://elsewhere.test': 8080}},
		'ORIGIN_UNKNOWN',
		`The option ports names "https://elsewhere.test", which is no origin of the scenario. Its origins are ${api}.`,
	],
	[
		'no origin at all',
		[move, cdn],
		{ports: {'api.example.test': 8080}},
		'ORIGIN_UNKNOWN',
		`The option ports names "api.example.test", which is no origin of the scenario. Its origins are ${api}, https://cdn.example.test.`,
	],
	...[-1, 65_536, 1.5, Number.NaN].map(
		port =>
			[
				`the port ${port}`,
				move,
				{ports: {[api]: port}},
				'OPTION_INVALID',
				`The option ports gives ${api} the port ${port}; expected a whole number from 0 to 65535.`,
			] as const,
	),
	[
		'a limit of no exchanges',
		move,
		{maxExchanges: 0},
		'OPTION_INVALID',
		'The option maxExchanges is 0; expected a whole number of 1 or more.',
	],
	[
		'a body size that is no number of bytes',
		move,
		{maxBodySize: -1},
		'OPTION_INVALID',
		'The option maxBodySize is -1; expected a whole number of bytes, 0 or more.',
	],
	[
		'a name that is nearly one',
		'api-mvoe',
		{},
		'SCENARIO_UNKNOWN',
		/^no shipped scenario is called "api-mvoe"; did you mean "api-move"/,
	],
	[
		'a file that is not there',
		join(folder, 'gone.yaml'),
		{},
		'SCENARIO_UNREADABLE',
		`${join(folder, 'gone.yaml')} can't be read: there is no such file in "${folder}"`,
	],
	[
		'no scenario',
		[],
		{},
		'SCENARIO_INVALID',
		'no scenario has 1 problem:\n  /  expected at least one scenario',
	],
	[
		'a scenario with faults',
		{name: 'bad', routes: [{request: `GET ${api}/x`}]},
		{},
		'SCENARIO_INVALID',
		'scenario object "bad" has 1 problem:\n  /routes/0  has neither "response" nor "responses": expected one of them',
	],
	[
		'a rule that there is not',
		{...move, enforce: ['hop-limits']},
		{},
		'RULE_UNKNOWN',
		/"hop-limits"/,
	],
];

for (const [what, source, options, code, message] of faults)
	test(`${what} is refused`, async t => {
		const error = await t.throwsAsync(startDouble(source, options), {code, message});
		t.is(error instanceof ScenarioError, code === 'SCENARIO_INVALID');
	});
