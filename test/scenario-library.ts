import {gzipSync} from 'node:zlib';
import test from 'ava';
import type {HeaderLine} from '../src/http/header-lines.ts';
import {type ScenarioInput, startDouble} from '../src/index.ts';
import {loadScenario} from '../src/scenario/load.ts';
import {shippedFiles} from '../src/scenario/shipped.ts';
import {judge} from '../src/verdict/judge.ts';
import {rules} from '../src/verdict/rules/index.ts';
import {surroundingsOf} from '../src/verdict/surroundings.ts';
import {type Client, type ClientCall, createClient, type Habits} from './clients/conforming.ts';
import {type Deviant, deviants} from './clients/deviants.ts';
import {documentedCalls} from './clients/real/calls.ts';
import {twice} from './clients/wire-habits.ts';
import {withResponseField} from './helpers/with-response-field.ts';

/** Scenarios that no rule is for yet, each with what it waits for. The list may only become shorter. */
const waiting: Readonly<Record<string, string>> = {
	'redirect-to-closed-port': 'a rule about what a client does when nobody listens at the target',
};

/** Redirects of several kinds, at which one habit breaks several rules. */
const matrices = [
	...['curl-07-37-upload-307', 'curl-07-44-put-redir', 'curl-1053-formpost'],
	...['method-matrix', 'mixed-chain', 'temporary-means-temporary'],
	...['wpt-redirect-method', 'wpt-redirect-origin', 'wpt-redirect-upload'],
];

/** Where the usual deviant does not fit: what a client does here in its place. */
const twists: Readonly<Record<string, Readonly<Record<string, Deviant>>>> = {
	'control-bytes-location': {
		'target-is-location': twist('cuts the Location at its first odd byte', followUp => ({
			...followUp,
			target: followUp.target.split(/%0|%7F/, 1)[0] ?? '',
		})),
	},
	'druid-leader': {'headers-kept': without('X-Druid-Comment')},
	'doris-stream-load': {'headers-kept': without('label')},
	'gzip-request-body': {
		'body-preserved': twist('compresses what is compressed', followUp => ({
			...followUp,
			body: gzipSync(Buffer.from(followUp.body ?? '', 'latin1')).toString('latin1'),
		})),
		'content-headers-preserved': without('Content-Encoding'),
	},
	'huggingface-resolve': {
		'method-preserved': twist('asks with GET where it asked with HEAD', followUp => ({
			...followUp,
			method: 'GET',
		})),
	},
	'influxdb-lease': {
		'target-is-location': twist('adds the first query to the Location', (followUp, {request}) => ({
			...followUp,
			target: followUp.target + new URL(request.url).search,
		})),
	},
	'location-twice-the-same': {
		'target-is-location': twist('joins two Locations with a comma', (followUp, {location}) => ({
			...followUp,
			target: `${followUp.target},%20${location}`,
		})),
	},
	'mesos-actual': {
		'target-is-location': twist(
			'takes // for the beginning of a path',
			(_, {request, location}) => ({
				...request,
				target: location,
			}),
		),
	},
	'oauth-303-safe': {
		'see-other-retrieves': twist('repeats the form on 303', (followUp, {request}) => ({
			...followUp,
			method: request.method,
			headers: [...followUp.headers, ...request.headers.filter(named('Content-Type'))],
			body: request.body,
		})),
	},
	'raw-bytes-location': {
		'target-is-location': twist('reads UTF-8 as Latin-1 and encodes that', followUp => ({
			...followUp,
			target: followUp.target.replace('%C3%A9', '%C3%83%C2%A9'),
		})),
	},
	'yarn-no-active': {
		'only-location-followed': {
			does: 'follows the Refresh',
			create: () =>
				createClient({
					// The deviant stays with the listener, to which the documented address leads.
					locate: ({headers}) => /(\?.*)$/.exec(headers.get('refresh') ?? '')?.[1],
					limit: 1,
				}),
		},
	},
	'slow-head': {
		'no-blind-retry': {
			does: 'waits for no answer, and sends its POST once more',
			create: () => createClient({transport: twice}),
		},
	},
	'split-packets': {
		'target-is-location': twist('takes the end of a packet for that of the Location', followUp => ({
			...followUp,
			target: followUp.target.slice(0, -3),
		})),
	},
	'vault-standby': {'headers-kept': without('X-Vault-No-Request-Forwarding')},
};

/** What a rule needs beside the documented calls to be broken. */
const stagings: Readonly<Record<string, (staged: Staged) => Staged>> = {
	// What was remembered shows in a token, at the second call.
	'original-address-kept-in-use': ({scenario, calls}) => ({
		scenario: {...scenario, links: 'tagged'},
		calls: [...calls, ...calls],
	}),
	// What is said of these by default is that it can't be told.
	'expectation-repeated': enforcing('expectation-repeated'),
	'retry-after-honoured': enforcing('retry-after-honoured'),
	// What shows that a browser sends for a page.
	'origin-null-after-taint': ({scenario, calls}) => ({
		scenario,
		calls: calls.map(call => ({
			...call,
			headers: [...(call.headers ?? []), ['Sec-Fetch-Site', 'cross-site']],
		})),
	}),
	// What tells a second attempt from a second call.
	'no-blind-retry': withField('X-Request-Id'),
	'after-417-without-expectation': withField('X-Request-Id'),
	'only-location-followed': withField('Idempotency-Key'),
	// What was remembered shows in a token; a redirect that a cache has held for a day is stale.
	'stale-redirect-not-reused': ({scenario, calls}) => ({
		scenario: {...withResponseField(scenario, 'Age', '86400'), links: 'tagged'},
		calls,
	}),
	// Browsers ask on their own before they send what the documented calls say.
	'preflight-redirect-not-followed': ({scenario, calls}) => ({
		scenario,
		calls: calls.slice(0, 1).map(({request, headers = []}) => ({
			request: request.replace(/^\S+/, 'OPTIONS'),
			headers: [
				...headers.filter(named('Origin')),
				['Access-Control-Request-Method', request.split(' ', 1)[0] ?? ''],
			],
		})),
	}),
	// A body that no connection holds.
	'early-answer-noticed': withBody(48 * 1024 * 1024),
	// A body with room for a request in its second half.
	'no-request-inside-body': withBody(4096),
};

function enforcing(rule: string): (staged: Staged) => Staged {
	return ({scenario, calls}) => ({scenario: {...scenario, enforce: [rule]}, calls});
}

function withBody(size: number): (staged: Staged) => Staged {
	return ({scenario, calls}) => ({
		scenario,
		calls: calls.map(call => ({...call, body: 'x'.repeat(size)})),
	});
}

function withField(name: string): (staged: Staged) => Staged {
	return ({scenario, calls}) => ({
		scenario,
		calls: calls.map((call, index) => ({
			...call,
			headers: [...(call.headers ?? []), [name, `call-${index}`]],
		})),
	});
}

interface Staged {
	readonly scenario: ScenarioInput;
	/** With the URLs as documented. */
	readonly calls: readonly ClientCall[];
}

/** By its name, a scenario has a folder, in which the files of its bodies are. */
type Played = Staged | (Omit<Staged, 'scenario'> & {readonly scenario: string});

const shipped = await shippedFiles();
const ids = rules.map(({id}) => id);
const loaded = await Promise.all(shipped.map(({name}) => loadScenario(name)));
const catches = loaded.map(({scenario}) => ({name: scenario.name, rules: scenario.catches}));

for (const {scenario} of loaded)
	test(`${scenario.name} has a title, a source, a description, a story and a call`, t => {
		for (const part of [scenario.title, scenario.description, scenario.story]) t.truthy(part);
		t.regex(scenario.source ?? '', /^https:\/\/\S+$/);
		t.true(scenario.calls.length > 0);
	});

test('every shipped scenario names rules that clients break there, but for those that still wait', t => {
	const none = catches.filter(each => each.rules.length === 0).map(({name}) => name);
	t.deepEqual(none, Object.keys(waiting).sort());
	for (const each of catches) {
		t.deepEqual(
			each.rules.filter(rule => !ids.includes(rule)),
			[],
			each.name,
		);
		t.is(new Set(each.rules).size, each.rules.length, each.name);
	}
});

test('every twist and every staging is used', t => {
	const used = new Set(catches.flatMap(each => each.rules.map(rule => `${each.name} ${rule}`)));
	const twisted = Object.entries(twists).flatMap(([name, by]) =>
		Object.keys(by).map(rule => `${name} ${rule}`),
	);
	t.deepEqual(
		twisted.filter(each => !used.has(each)),
		[],
	);
	for (const rule of Object.keys(stagings))
		t.true(
			catches.some(each => each.rules.includes(rule)),
			rule,
		);
});

for (const {name, rules: broken} of catches)
	for (const rule of broken) {
		const deviant = twists[name]?.[rule] ?? deviants[rule];
		if (deviant === undefined) continue;
		// One at a time: rules about waits say nothing of a machine that is slow to answer.
		test.serial(
			`a client that ${deviant.does} is caught at ${name} with ${rule}${matrices.includes(name) ? '' : ' alone'}`,
			async t => {
				const broken = await brokenBy(deviant.create(), await staged(name, rule));
				t.true(broken.includes(rule));
				if (!matrices.includes(name)) t.deepEqual(broken, [rule]);
			},
		);
	}

async function staged(name: string, rule: string): Promise<Played> {
	const {scenario} = await loadScenario(name);
	const documented = await documentedCalls(name, url => url);
	const calls = documented.map(({method, url, headers, body}) => ({
		request: `${method} ${url}`,
		headers: Object.entries(headers),
		body,
	}));
	return stagings[rule]?.({scenario, calls}) ?? {scenario: name, calls};
}

/** The rules that a client breaks, as grading has it: what was asked for is known, and what is still open then counts as declined. */
async function brokenBy(client: Client, {scenario, calls}: Played): Promise<string[]> {
	await using double = await startDouble(scenario);
	const asked = new Map<number, string>();
	for (const call of calls) {
		const [method = '', url = ''] = call.request.split(' ');
		const request = `${method} ${double.urlOf(url)}`;
		asked.set(double.exchanges.length + 1, url);
		// A response that is broken on purpose makes clients give up; what they did is recorded.
		await client({...call, request}).catch(() => {});
	}
	await double.settle({quiet: 1});
	const {broken} = judge({...surroundingsOf(double.scenario, double.journal), asked});
	return [...new Set(broken.map(finding => finding.rule))];
}

function twist(does: string, alter: NonNullable<Habits['alter']>): Deviant {
	return {does, create: () => createClient({alter})};
}

function without(field: string): Deviant {
	const isField = named(field);
	return twist(`drops ${field}`, followUp => ({
		...followUp,
		headers: followUp.headers.filter(line => !isField(line)),
	}));
}

function named(field: string): (line: HeaderLine) => boolean {
	return ([name]) => name.toLowerCase() === field.toLowerCase();
}
