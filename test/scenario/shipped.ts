import {readFileSync} from 'node:fs';
import test from 'ava';
import {compileScenario} from '../../src/scenario/compile.ts';
import {compileScenarios} from '../../src/scenario/compile-scenarios.ts';
import {lintScenario} from '../../src/scenario/lint.ts';
import {loadScenario} from '../../src/scenario/load.ts';
import {shippedFiles} from '../../src/scenario/shipped.ts';
import {recreatedFindings} from '../helpers/recreated-scenarios.ts';

/** What lint says of each shipped scenario: those for contrast, and those that show a pitfall. */
const findings: Readonly<Record<string, readonly string[]>> = {
	'api-move': [],
	'cacheable-move': ['found-would-do'],
	'chain-of-three': [],
	'content-length-too-large': ['length-differs'],
	'content-length-too-small': ['length-differs'],
	'continue-then-redirect': [],
	'control-bytes-location': [],
	'cross-origin': [],
	'delete-move': [],
	'early-hints-decoy': [],
	'early-redirect': [],
	'early-redirect-close': [],
	'early-redirect-unread': [],
	'empty-location': ['never-ends'],
	garbage: [],
	'maintenance-shift': [],
	'missing-location': ['location-missing'],
	'moved-301': [],
	'moved-302': ['found-for-unsafe-method', 'body-may-be-lost'],
	'patch-move': [],
	'permanent-308': [],
	'raw-bytes-location': [],
	'redirect-in-place-of-continue': [],
	'redirect-loop': ['never-ends', 'never-ends'],
	'redirect-then-reset': [],
	'relative-location': [],
	'reset-before-redirect': [],
	'reset-in-redirect': [],
	'see-other-303': [],
	'slow-body': [],
	'slow-head': [],
	'split-packets': [],
	'traffic-shift': [],
	'truncated-answer': [],
	'truncated-redirect-body': [],
	'two-locations': ['location-unusable'],
	'upload-reroute': [],
	...recreatedFindings,
};

const files = await shippedFiles();

test('the shipped scenarios are these', t => {
	t.deepEqual(
		files.map(({name}) => name),
		Object.keys(findings).sort(),
	);
});

for (const {name, path} of files) {
	test(`${name} is complete, names the schema, and has just the findings that it shows`, async t => {
		const {scenario, file, folder} = await loadScenario(name);
		t.is(scenario.name, name);
		for (const part of [scenario.title, scenario.source, scenario.description]) t.truthy(part);
		t.true(scenario.calls.length > 0);
		const schema = '../../scenario.schema.json';
		const [first = '', second = ''] = readFileSync(path, 'utf8').split('\n');
		if (path.endsWith('.yaml')) t.is(first, `# yaml-language-server: $schema=${schema}`);
		else t.is(second.trim(), `"$schema": "${schema}",`);
		const found = lintScenario(compileScenario({scenario, file, ...(folder && {folder})}));
		t.deepEqual(
			found.map(({id}) => id),
			findings[name] ?? [],
		);
	});
}

test('the shipped scenarios can all be played by one double', async t => {
	const loaded = await Promise.all(files.map(({name}) => loadScenario(name)));
	const {routes, scenario} = compileScenarios(loaded);
	t.is(routes.length, loaded.flatMap(each => each.scenario.routes).length);
	t.is(scenario.name, files.map(({name}) => name).join('+'));
});

const documents = test.macro({
	async exec(t, name: string, call: string, location: string, description: string) {
		const {scenario} = await loadScenario(name);
		t.is(scenario.source, 'https://http-status.org/docs/307');
		t.is(scenario.description, description);
		t.is(scenario.calls[0]?.request, call);
		const [route] = scenario.routes;
		t.is(route?.request, call);
		t.deepEqual<unknown, unknown>(route?.response, {status: 307, headers: {Location: location}});
	},
	title: (_, name) => `${name} is the documented example to the letter`,
});

test(
	documents,
	'api-move',
	'POST https://api.example.test/api/v1/users',
	'https://api.example.test/api/v2/users',
	'The client should repeat the same POST against the temporary target URI.',
);
test(
	documents,
	'upload-reroute',
	'PUT https://api.example.test/uploads/123',
	'https://api.example.test/edge-2/uploads/123',
	'The request semantics stay intact while the server temporarily shifts traffic.',
);
