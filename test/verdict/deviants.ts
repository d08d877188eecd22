import {readdir} from 'node:fs/promises';
import test, {type ExecutionContext} from 'ava';
import {type ScenarioInput, startDouble} from '../../src/index.ts';
import type {ResponseInput} from '../../src/scenario/types.ts';
import {judge} from '../../src/verdict/judge.ts';
import {rules} from '../../src/verdict/rules/index.ts';
import {surroundingsOf} from '../../src/verdict/surroundings.ts';
import type {Verdict} from '../../src/verdict/verdict.ts';
import {
	type Client,
	type ClientCall,
	createClient,
	type Habits,
	repeatedAfter417,
	type Transport,
	withoutExpectation,
} from '../clients/conforming.ts';
import {deviants, trailers} from '../clients/deviants.ts';
import {halfFirst, leave, onContinue, type Reaction, stop} from '../clients/held-back.ts';
import {inChunks, patiently} from '../clients/wire-habits.ts';
import {withResponseField} from '../helpers/with-response-field.ts';

/** What a deviant is tried with: a scenario, and the calls that a client makes in turn. */
interface Trial {
	readonly scenario: ScenarioInput;
	/** The URLs as documented. */
	readonly calls: readonly ClientCall[];
	/** Whether the verdict is to know what was asked, as in grading. */
	readonly graded?: boolean;
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
const proxyBasic = ['Proxy-Authorization', 'Basic QWRhOnMzY3JldA=='] as const;
const digest = ['Authorization', 'Digest username="ada", uri="/v1/users", response="0a"'] as const;
const apiKey = ['X-Api-Key', 's3cret'] as const;
const signature = [
	['Signature-Input', 'sig1=("@method" "@authority" "@path");created=0;keyid="k"'],
	['Signature', 'sig1=:faTRQjDfWWm39STQkXyafoAp6ee2FCPh2KMefXOB51WA:'],
] as const;
/** What a browser adds to a request of a script. */
const page = [
	['Origin', 'https://page.example.test'],
	['Sec-Fetch-Site', 'cross-site'],
] as const;
const preflight = [
	['Origin', 'https://www.example.test'],
	['Access-Control-Request-Method', 'PUT'],
] as const;
const cookie = ['Cookie', 'sid=abc; theme=dark'] as const;

/** Another call, which shows that a client has done with the one before it. */
const another: ClientCall = {request: `GET ${api}/v2/users`, headers: [agent]};

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
	'connection-close-honoured': saying('Connection', 'close', trial(307, 'POST', '/v2/users')),
	'framing-unambiguous': chunked(trial(307, 'POST', '/v2/users')),
	'early-answer-noticed': unread(early(halfFirst)),
	'no-request-inside-body': early(halfFirst),
	'body-withheld-without-continue': early(onContinue, [['Expect', '100-continue']]),
	'no-expectation-without-content': trial(303, 'POST', '/v2/users', [expect]),
	'expectation-repeated': enforced(
		'expectation-repeated',
		trial(307, 'POST', '/v2/users', [expect]),
	),
	'retry-after-honoured': {
		...enforced('retry-after-honoured', waits()),
		conforming: () => createClient({transport: patiently()}),
	},
	'target-is-location': trial(307, 'POST', '/v2/users?from=v1'),
	'target-well-formed': trial(307, 'POST', '/v2/users?for=Ada Lovelace'),
	'no-fragment-sent': trial(307, 'POST', `${api}/v2/users#new`),
	'host-matches-target': trial(307, 'POST', `${cdn}/v2/users`),
	'only-location-followed': answered({status: 307}, [another]),
	'unusable-location-not-followed': answered(
		{status: 307, headers: {Location: 'api2.example.test:8080'}},
		[another],
	),
	'locations-not-joined': answered(
		{status: 307, headers: {Location: [`${api}/v2/users`, `${api}/v3/users`]}},
		[another],
	),
	'interim-not-followed': answered({
		interim: [{status: 103, headers: {Location: '/v3/users'}}],
		status: 307,
		headers: {Location: '/v2/users'},
	}),
	'only-redirects-followed': answered({status: 300, headers: {Location: '/v2/users'}}, [
		{request: `GET ${api}/v1/users`, headers: [agent]},
	]),
	'after-417-without-expectation': refusedExpectation(),
	'no-blind-retry': answered({fault: {garbage: 'no HTTP'}}, [another]),
	'headers-kept': trial(307, 'POST', '/v2/users'),
	'conditions-kept': trial(307, 'POST', '/v2/users', [['If-Match', '"7"']]),
	'idempotency-key-kept': trial(307, 'POST', '/v2/users', [['Idempotency-Key', '8e03978e']]),
	'authorization-kept': trial(307, 'POST', '/v2/users', [bearer]),
	'authorization-withheld': trial(307, 'POST', `${cdn}/v2/users`, [bearer]),
	'cookie-kept': trial(307, 'POST', '/v2/users', [cookie]),
	'cookie-withheld': trial(307, 'POST', `${cdn}/v2/users`, [cookie]),
	'proxy-authorization-withheld': trial(307, 'POST', `${cdn}/v2/users`, [proxyBasic]),
	'userinfo-not-used': trial(307, 'POST', 'https://ada:s3cret@cdn.example.test/v2/users'),
	'credentials-do-not-come-back': onwards(trial(307, 'POST', `${cdn}/v2/users`, [bearer])),
	'set-cookie-stays-home': setting('visit=1; Path=/v1', trial(307, 'POST', '/v2/users')),
	'secret-headers-withheld': {
		...enforcing('secret-headers-withheld', trial(307, 'POST', `${cdn}/v2/users`, [apiKey])),
		conforming: () => createClient({alter: withoutApiKey}),
	},
	'signature-renewed': trial(307, 'POST', '/v2/users', signature),
	'digest-names-target': {
		...trial(307, 'POST', '/v2/users', [digest]),
		conforming: () => createClient({alter: digestingAnew}),
	},
	'referer-clean': {
		...trial(307, 'POST', '/v2/users'),
		conforming: () => createClient({alter: namingWhereItWas}),
	},
	'origin-null-after-taint': trial(307, 'POST', `${cdn}/v2/users`, page),
	'original-address-kept-in-use': tagged(twice(trial(307, 'POST', '/v2/users'))),
	'preflight-redirect-not-followed': trial(307, 'OPTIONS', '/v2/users', preflight),
	'not-cached-without-freshness': tagged(twice(bare(trial(307, 'GET', '/v2/users')))),
	'stale-redirect-not-reused': tagged(twice(storable(bare(trial(307, 'GET', '/v2/users')), 0))),
	'unsafe-not-from-cache': {
		...tagged(andPost(storable(bare(trial(307, 'GET', '/v2/users')), 60))),
		graded: true,
	},
	'unsafe-invalidates': again(tagged(andPost(storable(bare(trial(307, 'GET', '/v2/users')), 60)))),
	'method-does-not-return': onwards(trial(303, 'POST', `${cdn}/v2/users`)),
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
	const asked = new Map<number, string>();
	for (const call of tried.calls) {
		const [method = '', url = ''] = call.request.split(' ');
		asked.set(double.exchanges.length + 1, url);
		await client({...call, request: `${method} ${double.urlOf(url)}`});
	}
	await double.settle({quiet: 1});
	if (tried.graded) return judge({...surroundingsOf(double.scenario, double.journal), asked});
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

/** The same with one more field in its redirects. */
function saying(name: string, value: string, {scenario, calls}: Trial): Trial {
	return {scenario: withResponseField(scenario, name, value), calls};
}

/** A redirect that asks for a second, and one that asks for longer than any machine is slow. */
function waits(): Trial {
	const {scenario, calls} = saying('Retry-After', '1', trial(307, 'POST', '/v2/users'));
	const request = `POST ${api}/v1/exports`;
	const headers = {Location: '/v2/users', 'Retry-After': '120'};
	return {
		scenario: {
			...scenario,
			routes: [...scenario.routes, {request, response: {status: 307, headers}}],
		},
		calls: [...calls, ...calls.map(call => ({...call, request}))],
	};
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

/** A POST with an id of its own that is answered with anything, and the calls after it. */
function answered(response: ResponseInput, others: readonly ClientCall[] = []): Trial {
	const request = `POST ${api}/v1/users`;
	const headers = [agent, accept, json, ['X-Request-Id', '7'] as const];
	return {
		scenario: {
			name: 'answered',
			calls: [{request}],
			routes: [
				{request, response},
				{request: `* ${api}/v2/users`, response: {json: {}}},
			],
		},
		calls: [{request, headers, body: '{"name":"Ada"}'}, ...others],
	};
}

/** A server that knows no expectations, for a client that repeats what was refused. */
function refusedExpectation(): Trial {
	const expect = ['Expect', '100-continue'] as const;
	const {scenario, calls} = answered({status: 417, answer: 'before-body'});
	return {
		scenario,
		calls: calls.map(call => ({...call, headers: [...(call.headers ?? []), expect]})),
		conforming: () => createClient({transport: repeatedAfter417(withoutExpectation)}),
	};
}

/** One redirect from /v1/users; the client sends JSON. */
function trial(
	status: number,
	method: string,
	location: string,
	headers: ClientCall['headers'] = [],
): Trial {
	const request = `${method} ${api}/v1/users`;
	return {
		scenario: {
			name: 'trial',
			calls: [{request}],
			routes: [
				{request, response: {status, headers: {Location: location}}},
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

/** The same with a cookie that the redirect sets. */
function setting(cookie: string, {scenario, calls}: Trial): Trial {
	return {scenario: withResponseField(scenario, 'Set-Cookie', cookie), calls};
}

function enforcing(rule: string, {scenario, calls}: Trial): Trial {
	return {scenario: {...scenario, enforce: [rule]}, calls};
}

const withoutApiKey: NonNullable<Habits['alter']> = followUp => ({
	...followUp,
	headers: followUp.headers.filter(([name]) => name !== 'X-Api-Key'),
});

const digestingAnew: NonNullable<Habits['alter']> = followUp => ({
	...followUp,
	headers: followUp.headers.map(([name, value]) => [name, value.replace('/v1/', '/v2/')]),
});

const namingWhereItWas: NonNullable<Habits['alter']> = (followUp, {request}) => ({
	...followUp,
	headers: [...followUp.headers, ['Referer', request.url]],
});

/** The same with a second redirect, within the other origin. */
function onwards({scenario, calls}: Trial): Trial {
	const [first, ...others] = scenario.routes;
	if (first === undefined) throw new Error('The trial has no route.');
	const response = {status: 307, headers: {Location: '/v3/users'}};
	const routes = [
		...[
			first,
			{request: `* ${cdn}/v2/users`, response},
			{request: `* ${cdn}/v3/users`, response: {json: {}}},
		],
		...others.filter(({request}) => request !== `* ${cdn}/v2/users`),
	];
	return {scenario: {...scenario, routes}, calls};
}

function twice({scenario, calls}: Trial): Trial {
	return {scenario, calls: [...calls, ...calls]};
}

/** The same calls with their bodies in one chunk. */
function chunked({scenario, calls}: Trial): Trial {
	return {
		scenario,
		calls: calls.map(({request, headers = [], body = ''}) => ({
			request,
			headers: [...headers, ['Transfer-Encoding', 'chunked'] as const],
			body: `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
		})),
	};
}

/** The same with redirects that may be stored for so many seconds. */
function storable({scenario, calls}: Trial, seconds: number): Trial {
	return {scenario: withResponseField(scenario, 'Cache-Control', `max-age=${seconds}`), calls};
}

/** The same call with GET, then with POST. */
function andPost({scenario, calls}: Trial): Trial {
	const [route, ...others] = scenario.routes;
	const url = `${api}/v1/users`;
	const posts = calls.map(call => ({...call, request: `POST ${url}`, body: '{}'}));
	return {
		scenario: {...scenario, routes: [{...route, request: `* ${url}`}, ...others]},
		calls: [...calls, ...posts],
	};
}

/** The same with the first call once more at the end. */
function again({scenario, calls}: Trial): Trial {
	return {scenario, calls: [...calls, ...calls.slice(0, 1)]};
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
