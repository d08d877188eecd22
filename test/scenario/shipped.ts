import {readFileSync} from 'node:fs';
import test from 'ava';
import {compileScenario} from '../../src/scenario/compile.ts';
import {compileScenarios} from '../../src/scenario/compile-scenarios.ts';
import {lintScenario} from '../../src/scenario/lint.ts';
import {loadScenario} from '../../src/scenario/load.ts';
import {shippedFiles} from '../../src/scenario/shipped.ts';
import {provokedFindings} from '../helpers/provoking-scenarios.ts';
import {recreatedFindings} from '../helpers/recreated-scenarios.ts';

/** What lint says of each shipped scenario: those for contrast, and those that show a pitfall. */
const findings: Readonly<Record<string, readonly string[]>> = {
	'api-move': [],
	'argocd-loop': ['found-would-do', 'never-ends'],
	'aspnetcore-https-redirection': [],
	'cacheable-move': ['found-would-do'],
	'chain-of-three': [],
	'cockpit-checksum': ['body-unclear', 'found-would-do'],
	'content-length-too-large': ['length-differs'],
	'content-length-too-small': ['length-differs'],
	'continue-then-redirect': [],
	'control-bytes-location': [],
	'cross-origin': [],
	'delete-move': [],
	'doris-follower-load': [],
	'doris-stream-load': [],
	'druid-leader': ['found-would-do'],
	'early-hints-decoy': [],
	'early-redirect': [],
	'early-redirect-close': [],
	'early-redirect-unread': [],
	'empty-location': ['never-ends'],
	'etcd-follower': [],
	'express-redirect': [],
	garbage: [],
	'gin-trailing-slash': [],
	'gitea-renamed-repository': [],
	'github-renamed-repository': ['body-unclear', 'claims-permanence'],
	'go-http-redirect': ['found-would-do'],
	'haproxy-redirect-307': [],
	'httpd-redirect-307': [],
	'huggingface-resolve': ['found-would-do'],
	'influxdb-lease': ['found-would-do'],
	'koa-redirect': ['body-unclear'],
	'maintenance-shift': [],
	'matrix-media': ['found-would-do'],
	'mesos-actual': [],
	'mesos-documented': ['location-unusable'],
	'missing-location': ['location-missing'],
	'moved-301': [],
	'moved-302': ['found-for-unsafe-method', 'body-may-be-lost'],
	'nextjs-redirects': [],
	'nginx-return-307': ['body-unclear'],
	'nsx-controller': ['body-unclear'],
	'oauth-303-safe': [],
	'oauth-307-leaks': ['credentials-repeated'],
	'oci-registry-blob': ['body-unclear', 'found-would-do'],
	'patch-move': [],
	'permanent-308': [],
	'pulsar-rest-produce': [],
	'rails-force-ssl': [],
	'raw-bytes-location': [],
	'redirect-in-place-of-continue': [],
	'redirect-loop': ['never-ends', 'never-ends'],
	'redirect-then-reset': [],
	'relative-location': [],
	'reset-before-redirect': [],
	'reset-in-redirect': [],
	's3-captured': ['body-unclear'],
	's3-documented': ['body-unclear'],
	'see-other-303': [],
	'slow-body': [],
	'slow-head': [],
	'split-packets': [],
	'starlette-slash': [],
	'starlette-slash-behind-tls': [],
	'traefik-redirect-scheme': ['body-unclear'],
	'traffic-shift': [],
	'truncated-answer': [],
	'truncated-redirect-body': [],
	'two-locations': ['location-unusable'],
	'upload-reroute': [],
	'vault-standby': ['credentials-repeated'],
	'webhdfs-append': [],
	'webhdfs-create': [],
	'webhdfs-create-captured': [],
	'webhdfs-open': ['found-would-do'],
	'yarn-no-active': ['location-missing', 'body-unclear', 'found-would-do'],
	'yarn-standby': ['body-unclear'],
	...provokedFindings,
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
