import test from 'ava';
import {gradeClient, type ScenarioInput} from '../../src/index.ts';
import {type Client, createClient, type Habits} from '../clients/conforming.ts';
import {adapterOf} from '../helpers/graded.ts';

type Alter = NonNullable<Habits['alter']>;

/** Goes to another address of the same origin, with the same message. */
const at =
	(path: string): Alter =>
	followUp => ({...followUp, target: path});

const asGet: Alter = ({body: _, ...followUp}) => ({
	...followUp,
	method: 'GET',
	headers: followUp.headers.filter(([name]) => !name.toLowerCase().startsWith('content-')),
});

const empty: Alter = followUp => ({...followUp, body: ''});

const withAuthorization: Alter = followUp => ({
	...followUp,
	headers: [...followUp.headers, ['Authorization', 'Bearer secret-of-the-shop']],
});

/** Reads each byte of the target beyond ASCII as a character of Latin-1. */
const inLatin1: Alter = followUp => ({
	...followUp,
	target: followUp.target.replace(/%([89a-f][0-9a-f])/gi, (_, hex: string) =>
		encodeURIComponent(String.fromCharCode(Number.parseInt(hex, 16))),
	),
});

const withoutMark: Alter = followUp => ({...followUp, target: followUp.target.replace(/\?$/, '')});

const all =
	(...alters: readonly Alter[]): Alter =>
	(followUp, step) =>
		alters.reduce((altered, alter) => alter(altered, step), followUp);

const rows: readonly [scenario: string, fault: string, alter: Alter, broken: readonly string[]][] =
	[
		[
			'api-move',
			'a GET with a query added',
			all(asGet, at('/api/v2/users?x=1')),
			['method-preserved'],
		],
		['api-move', 'a GET to //api/v2/users', all(asGet, at('//api/v2/users')), ['method-preserved']],
		[
			'api-move',
			'a GET to the Location as a relative path',
			all(asGet, at('/api/v1/api/v2/users')),
			['method-preserved'],
		],
		[
			'api-move',
			'a GET to the address in capitals',
			all(asGet, at('/API/V2/USERS')),
			['method-preserved'],
		],
		[
			'patch-move',
			'no body at another documented address',
			all(empty, at('/v2/profiles/adax')),
			['body-preserved'],
		],
		[
			'cross-origin',
			'credentials and no body at a wrong path',
			all(empty, withAuthorization, at('/checkoutx')),
			['authorization-withheld', 'body-preserved'],
		],
		['curl-1138-utf8', 'a Location read as Latin-1', inLatin1, []],
		['doris-stream-load', 'the empty query lost after an early answer', withoutMark, []],
	];

for (const [scenario, fault, alter, broken] of rows)
	test(`${scenario}: a follow-up with ${fault} is judged as one`, async t => {
		const client = createClient({alter});
		const {scenarios} = await gradeClient(adapterOf(client), {scenarios: [scenario]});
		const [grade] = scenarios;
		t.like(grade, {state: 'judged', outcome: 'broken'});
		t.deepEqual(grade?.verdict.hops, {followed: 1, declined: 0, waiting: 0});
		const rules = grade?.verdict.broken.map(({rule}) => rule) ?? [];
		for (const rule of ['target-is-location', ...broken]) t.true(rules.includes(rule), rule);
	});

test('in grading no breach is doubted for that somebody else may have sent the request', async t => {
	const client = adapterOf(createClient({alter: asGet}));
	const {scenarios} = await gradeClient(client, {scenarios: ['api-move']});
	const causes = scenarios[0]?.verdict.broken.map(({cause}) => cause) ?? [];
	t.true(causes.length > 0);
	for (const cause of causes) t.notRegex(cause ?? '', /a call of its own|another call/);
});

const api = 'http://api.example.test';
const moved = {status: 307, headers: {Location: '/new'}};

/** A redirect that is declined, and what comes then. */
const scenario: ScenarioInput = {
	name: 'moved',
	calls: [{request: `POST ${api}/old`, text: 'body'}],
	routes: [
		{request: `POST ${api}/old`, response: moved},
		{request: `POST ${api}/new`, response: {}},
		{request: `* ${api}/other`, response: {}},
	],
};

/** A client that declines, and sends one more request in the same call. */
function thenSends(
	method: string,
	path: string,
	headers: readonly [string, string][] = [],
): Client {
	const once = createClient({limit: 0});
	return async call => {
		const answer = await once(call);
		const [, url = ''] = call.request.split(' ');
		const {body} = call;
		const again = method === 'POST' ? {body} : {};
		await once({request: `${method} ${new URL(path, url).href}`, headers, ...again});
		return answer;
	};
}

test('the same request once more, and a preflight, are no follow-up', async t => {
	const preflight: [string, string][] = [
		['Origin', 'http://page.example.test'],
		['Access-Control-Request-Method', 'POST'],
	];
	const others = [thenSends('POST', '/old'), thenSends('OPTIONS', '/elsewhere', preflight)];
	for (const client of others) {
		const {scenarios} = await gradeClient(adapterOf(client), {scenarios: [scenario]});
		t.is(scenarios[0]?.outcome, 'declined');
		t.is(scenarios[0]?.verdict.hops.followed, 0);
	}
});

test('a request to another documented address came because of the redirect, as there was no other call', async t => {
	const {scenarios} = await gradeClient(adapterOf(thenSends('GET', '/other')), {
		scenarios: [scenario],
	});
	t.is(scenarios[0]?.outcome, 'broken');
});

test('what is asked for after a redirect that was declined does not follow it', async t => {
	const two: ScenarioInput = {
		...scenario,
		calls: [{request: `POST ${api}/old`, text: 'body'}, {request: `GET ${api}/other`}],
	};
	const client = adapterOf(createClient({limit: 0}));
	const {scenarios} = await gradeClient(client, {scenarios: [two]});
	t.is(scenarios[0]?.outcome, 'declined');
	t.deepEqual(scenarios[0]?.verdict.hops, {followed: 0, declined: 1, waiting: 0});
});

test('a stray request that comes before the true follow-up does not take its redirect', async t => {
	const once = createClient({limit: 0});
	const follows = createClient();
	const {scenarios} = await gradeClient(
		async ({method, url, body}) => {
			await once({request: `${method} ${url}`, body});
			await once({request: `GET ${new URL('/favicon.ico', url).href}`});
			return follows({request: `${method} ${new URL('/new', url).href}`, body});
		},
		{scenarios: [scenario]},
	);
	t.is(scenarios[0]?.outcome, 'kept');
});
