import {readdir} from 'node:fs/promises';
import test, {type ExecutionContext} from 'ava';
import {type ScenarioInput, startDouble} from '../../src/index.ts';
import {rules} from '../../src/verdict/rules/index.ts';
import type {Verdict} from '../../src/verdict/verdict.ts';
import {type Client, type ClientCall, createClient, type Transport} from '../clients/conforming.ts';
import {deviants, trailers} from '../clients/deviants.ts';
import {halfFirst, leave, onContinue, type Reaction, stop} from '../clients/held-back.ts';
import {inChunks, patiently} from '../clients/wire-habits.ts';

/** What a deviant is tried with: a scenario, and the calls that a client makes in turn. */
interface Trial {
	readonly scenario: ScenarioInput;
	/** The URLs as documented. */
	readonly calls: readonly ClientCall[];
	/** The conforming client, where it needs a habit to get into the matter; plain unless told. */
	readonly conforming?: () => Client;
}

const api = 'https://api.example.test';
const cdn = 'https://cdn.example.test';
const json = ['Content-Type', 'application/json'] as const;
const agent = ['User-Agent', 'trial/1'] as const;
const accept = ['Accept', 'application/json'] as const;
const bearer = ['Authorization', 'Bearer s3cret'] as const;
const expect = ['Expect', '100-continue'] as const;
const cookie = ['Cookie', 'sid=abc; theme=dark'] as const;

const trials: Readonly<Record<string, Trial>> = {
	'method-preserved': trial(307, 'POST', '/v2/users'),
	'permanent-method-preserved': trial(308, 'POST', '/v2/users'),
	'only-post-becomes-get': trial(302, 'PUT', '/v2/users'),
	'see-other-retrieves': trial(303, 'POST', '/v2/users'),
	'head-stays-head': bare(trial(303, 'HEAD', '/v2/users')),
	'body-preserved': trial(307, 'POST', '/v2/users'),
	'multipart-boundary-kept': form(trial(307, 'POST', '/v2/users')),
	'content-headers-preserved': trial(307, 'POST', '/v2/users'),
	'no-content-after-rewrite': trial(303, 'POST', '/v2/users'),
	'content-headers-removed': trial(303, 'POST', '/v2/users'),
	'content-length-matches': trial(307, 'POST', '/v2/users'),
	'length-known-stays-known': trial(307, 'POST', '/v2/users'),
	'empty-content-announced': bare(trial(307, 'POST', '/v2/users'), ''),
	'no-length-without-content': bare(trial(307, 'GET', '/v2/users')),
	'trailers-kept-apart': {
		...trial(307, 'POST', '/v2/users'),
		conforming: () => createClient({transport: inChunks(trailers)}),
	},
	'connection-close-honoured': trial(307, 'POST', '/v2/users', [], {
		Connection: 'close',
	}),
	'early-answer-noticed': unread(early(halfFirst)),
	'no-request-inside-body': early(halfFirst),
	'body-withheld-without-continue': early(onContinue, [['Expect', '100-continue']]),
	'no-expectation-without-content': trial(303, 'POST', '/v2/users', [expect]),
	'expectation-repeated': enforced(
		'expectation-repeated',
		trial(307, 'POST', '/v2/users', [expect]),
	),
	'retry-after-honoured': {
		...enforced('retry-after-honoured', trial(307, 'POST', '/v2/users', [], {'Retry-After': '1'})),
		conforming: () => createClient({transport: patiently()}),
	},
	'target-is-location': trial(307, 'POST', '/v2/users?from=v1'),
	'no-fragment-sent': trial(307, 'POST', `${api}/v2/users#new`),
	'host-matches-target': trial(307, 'POST', `${cdn}/v2/users`),
	'headers-kept': trial(307, 'POST', '/v2/users'),
	'authorization-kept': trial(307, 'POST', '/v2/users', [bearer]),
	'authorization-withheld': trial(307, 'POST', `${cdn}/v2/users`, [bearer]),
	'cookie-kept': trial(307, 'POST', '/v2/users', [cookie]),
	'cookie-withheld': trial(307, 'POST', `${cdn}/v2/users`, [cookie]),
	'original-address-kept-in-use': tagged(twice(trial(307, 'POST', '/v2/users'))),
	'loops-stopped': endless(),
	'hop-limit': endless(),
};

/** What these say, no hop alone says. */
const beyondHops = new Set(
	rules.filter(({about}) => about === 'chain' || about === 'exchange').map(({id}) => id),
);

test('every rule has a file, a page, a deviant client and a trial of its own', async t => {
	const ids = rules.map(({id}) => id).sort();
	t.deepEqual(await namesIn('src/verdict/rules', '.ts', 'index'), ids);
	t.deepEqual(await namesIn('docs/rules', '.md', 'README'), ids);
	t.deepEqual(Object.keys(deviants).sort(), ids);
	t.deepEqual(Object.keys(trials).sort(), ids);
});

for (const [rule, {does, create}] of Object.entries(deviants)) {
	test(`the client that ${does} breaks ${rule} and no other rule`, async t => {
		const verdict = await tryWith(t, create(), trials[rule]);
		t.deepEqual([...new Set(verdict.broken.map(finding => finding.rule))], [rule]);
	});

	test(`the conforming client breaks nothing and keeps ${rule}`, async t => {
		const tried = trials[rule];
		const verdict = await tryWith(t, tried?.conforming?.() ?? createClient(), tried);
		t.deepEqual(verdict.broken, []);
		t.true(verdict.kept.some(finding => finding.rule === rule));
	});
}

/**
 * Has a client make its calls, and asks for the verdict, which says of each hop what is said of it alone;
 * redirects that are still open count as declined.
 */
async function tryWith(
	t: ExecutionContext,
	client: Client,
	tried: Trial | undefined,
): Promise<Verdict> {
	if (tried === undefined) throw new Error('There is no trial for this rule.');
	await using double = await startDouble(tried.scenario);
	for (const call of tried.calls) {
		const [method = '', url = ''] = call.request.split(' ');
		await client({...call, request: `${method} ${double.urlOf(url)}`});
	}
	await double.settle({quiet: 1});
	const verdict = double.verdict();
	const ofHops = double.hops().flatMap(hop => hop.findings());
	t.deepEqual(
		verdict.broken.filter(({rule}) => !beyondHops.has(rule)),
		ofHops.filter(({outcome}) => outcome === 'broken'),
	);
	t.deepEqual(
		verdict.kept.filter(({rule}) => !beyondHops.has(rule)),
		ofHops.filter(({outcome}) => outcome === 'kept'),
	);
	return verdict;
}

/** The same with a token in each Location, which shows what a client has remembered. */
function tagged({scenario, calls}: Trial): Trial {
	return {scenario: {...scenario, links: 'tagged'}, calls};
}

/** The same where the scenario turns a policy rule on. */
function enforced(rule: string, {scenario, calls}: Trial): Trial {
	return {scenario: {...scenario, enforce: [rule]}, calls};
}

/** The same with another body, or none, and no type for it. */
function bare({scenario, calls}: Trial, body?: string): Trial {
	return {scenario, calls: calls.map(({request}) => ({request, headers: [agent, accept], body}))};
}

/** The same with a form. */
function form({scenario, calls}: Trial): Trial {
	const type = ['Content-Type', 'multipart/form-data; boundary=once'] as const;
	const body = '--once\r\nContent-Disposition: form-data; name="name"\r\n\r\nAda\r\n--once--\r\n';
	return {
		scenario,
		calls: calls.map(({request}) => ({request, headers: [agent, accept, type], body})),
	};
}

/** One redirect from /v1/users; the client sends JSON. */
function trial(
	status: number,
	method: string,
	location: string,
	headers: ClientCall['headers'] = [],
	fields: Readonly<Record<string, string>> = {},
): Trial {
	const request = `${method} ${api}/v1/users`;
	return {
		scenario: {
			name: 'trial',
			calls: [{request}],
			routes: [
				{request, response: {status, headers: {Location: location, ...fields}}},
				{request: `* ${api}/v2/users`, response: {json: {}}},
				{request: `* ${cdn}/v2/users`, response: {json: {}}},
			],
		},
		calls: [{request, headers: [agent, accept, json, ...headers], body: '{"name":"Ada"}'}],
	};
}

/** A redirect that comes before the body, for a client that holds back some of its body until then. */
function early(
	holdBack: (react: Reaction) => Transport,
	headers: ClientCall['headers'] = [],
): Trial {
	const request = `POST ${api}/v1/users`;
	const response = {status: 307, headers: {Location: '/v2/users'}, answer: 'before-body'} as const;
	return {
		scenario: {
			name: 'early',
			calls: [{request}],
			routes: [
				{request, response},
				{request: `* ${api}/v2/users`, response: {json: {}}},
			],
		},
		calls: [{request, headers: [agent, accept, json, ...headers], body: 'x'.repeat(4096)}],
		conforming: () => createClient({transport: holdBack(stop)}),
	};
}

/** The same with a body that no connection holds, of which the double reads nothing for a while. */
function unread({scenario, calls}: Trial): Trial {
	const [route, ...others] = scenario.routes;
	if (route === undefined) throw new Error('The trial has no route.');
	const response = {...route.response, afterwards: 'stop-reading'} as const;
	return {
		scenario: {...scenario, routes: [{...route, response}, ...others]},
		calls: calls.map(call => ({...call, body: 'x'.repeat(48 * 1024 * 1024)})),
		conforming: () => createClient({transport: halfFirst(leave)}),
	};
}

function twice({scenario, calls}: Trial): Trial {
	return {scenario, calls: [...calls, ...calls]};
}

function endless(): Trial {
	const request = `GET ${api}/ring`;
	return {
		scenario: {
			name: 'endless',
			calls: [{request}],
			routes: [{request, response: {status: 307, headers: {Location: '/ring'}}}],
		},
		calls: [{request, headers: [agent, accept]}],
	};
}

async function namesIn(folder: string, extension: string, index: string): Promise<string[]> {
	const files = await readdir(new URL(`../../${folder}/`, import.meta.url));
	const names = files
		.filter(file => file.endsWith(extension))
		.map(file => file.slice(0, -extension.length));
	return names.filter(name => name !== index).sort();
}
