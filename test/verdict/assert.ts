import {AssertionError} from 'node:assert';
import test from 'ava';
import type {Exchange} from '../../src/journal/exchange.ts';
import {assertFollowedThrough} from '../../src/verdict/assert.ts';
import type {Surroundings} from '../../src/verdict/rule.ts';
import {around, buildChain, buildExchange, buildHop} from '../helpers/build-hop.ts';

const [old, moved] = ['https://api.example.test/v1/users', 'https://api.example.test/v2/users'];
const json = {'Content-Type': 'application/json'};
const lost = buildHop(
	{request: `POST ${old}`, headers: json, body: '{"name":"Ada","password":"hunter2"}'},
	{status: 307, location: moved},
	{request: `POST ${moved}`, headers: json, body: ''},
);
const waiting = buildChain([old, moved], 'waiting');
const answer = buildExchange(3, {request: `POST ${moved}`}, {status: 201});
const [unread, lone] = [
	buildExchange(4, {request: `GET ${old}`}),
	buildExchange(5, {request: 'CONNECT https://other.example.test'}, {status: 502}),
];
const distrusting: Exchange = {
	...unread,
	request: {
		...unread.request,
		method: '',
		malformed: {
			code: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
			message: "the client does not trust the double's CA: give it double.ca",
			bytes: new Uint8Array(),
		},
	},
};
const unknown: Exchange = {
	...lone,
	miss: {reasons: ['https://other.example.test is no origin of the scenario.'], likely: []},
};

interface Failure {
	readonly actual: unknown;
	readonly expected: unknown;
	readonly message: string;
}

const rows: readonly [title: string, surroundings: Surroundings, failure: Failure][] = [
	[
		'a redirect that was never asked for fails',
		around([]),
		{
			actual: [{redirects: 'none'}],
			expected: [{redirects: 'at least one'}],
			message: `
The client did not follow through: scenario "api-move" answered no redirect.

No request came to the double.
`,
		},
	],
	[
		'a call that met no redirect fails, and what came is told',
		around([], {}, [answer]),
		{
			actual: [{redirects: 'none'}],
			expected: [{redirects: 'at least one'}],
			message: `
The client did not follow through: scenario "api-move" answered no redirect.

What came to the double instead:
  exchange 3: POST https://api.example.test/v2/users → 201
`,
		},
	],
	[
		'bytes that were no HTTP and requests without a route are told with the reason',
		around([], {}, [distrusting, unknown]),
		{
			actual: [{redirects: 'none'}],
			expected: [{redirects: 'at least one'}],
			message: `
The client did not follow through: scenario "api-move" answered no redirect.

What came to the double instead:
  exchange 4: bytes that are no HTTP (ERR_SSL_TLSV1_ALERT_UNKNOWN_CA) → no response: the client does not trust the double's CA: give it double.ca
  exchange 5: CONNECT https://other.example.test → 502: https://other.example.test is no origin of the scenario.
`,
		},
	],
	[
		'a redirect that still waits fails, and what came instead is told',
		around(waiting, {}, [answer]),
		{
			actual: [{hop: 2, state: 'waiting'}],
			expected: [{hop: 2, state: 'followed'}],
			message: `
The client did not follow through.

Scenario "api-move": 2 redirects (1 followed, 1 waiting); rules: 0 broken, 4 kept, 1 not observed.

hop 2
  sent first  GET https://api.example.test/v2/users                                       exchange 2
  was told    307 Temporary Redirect, Location: https://api.example.test/v1/users
  sent then   nothing yet

What came after exchange 2 instead:
  exchange 3: POST https://api.example.test/v2/users → 201
`,
		},
	],
	[
		'a dropped journal is owned up to',
		around(waiting, {}, [], 4),
		{
			actual: [{dropped: 4}],
			expected: [{dropped: 0}],
			message: `
Not observed: the journal of scenario "api-move" has dropped 4 exchanges, so nobody can tell whether the client followed through. Raise maxExchanges, or reset the double more often.
`,
		},
	],
	[
		'a broken rule fails, and the hop is told',
		around([lost]),
		{
			actual: [{hop: 1, rule: 'body-preserved', value: 'no body (0 bytes)'}],
			expected: [
				{
					hop: 1,
					rule: 'body-preserved',
					value: '35 bytes, SHA-256 bede2ed6…: {"name":"Ada","password":"***"}',
				},
			],
			message: `
The client did not follow through.

Scenario "api-move": 1 redirect (1 followed); rules: 1 broken, 6 kept, 1 not observed.

hop 1
  sent first  POST https://api.example.test/v1/users                                      exchange 1
              Content-Type: application/json
              35 bytes, SHA-256 bede2ed6…: {"name":"Ada","password":"***"}
  was told    307 Temporary Redirect, Location: https://api.example.test/v2/users
  sent then   POST https://api.example.test/v2/users                                      exchange 2
              Content-Type: application/json
              no body (0 bytes)

  ✗ body-preserved (should): A client that keeps the method sends the same body again, to the
    byte.
      expected      35 bytes, SHA-256 bede2ed6…: {"name":"Ada","password":"***"}
      actual        no body (0 bytes)
      likely cause  the body was not sent again: a stream that was not rewound, or a body dropped on
                    the redirect
      source        RFC 9110, 15.4: "When automatically following a redirected request, the user
                    agent SHOULD resend the original request message with the following
                    modifications"
      see           node_modules/followthrough/docs/rules/body-preserved.md

  ✓ kept          method-preserved, content-headers-preserved, content-length-matches,
                  empty-content-announced, target-is-location, host-matches-target
  ○ not observed  original-address-kept-in-use: no later call came from which it could be seen
`,
		},
	],
	[
		'an enforced policy rule fails',
		around(
			buildChain(
				Array.from({length: 22}, (_, i) => `${old}/${i}`),
				'final',
			),
			{enforce: ['hop-limit']},
		),
		{
			actual: [{hop: 21, rule: 'hop-limit', value: '21 redirects followed'}],
			expected: [{hop: 21, rule: 'hop-limit', value: 'at most 20 redirects followed'}],
			message: `
The client did not follow through.

Scenario "api-move": 21 redirects (21 followed); rules: 1 broken, 84 kept, 21 not observed.

hop 21
  sent first  GET https://api.example.test/v1/users/20                                   exchange 21
  was told    307 Temporary Redirect, Location: https://api.example.test/v1/users/21
  sent then   GET https://api.example.test/v1/users/21                                   exchange 22

  ✗ hop-limit (policy): A client follows at most 20 redirects for one request.
      exchanges     1 → 2 → 3 → 4 → … → 21 → 22
      expected      at most 20 redirects followed
      actual        21 redirects followed
      likely cause  the client has another limit, or none
      source        Fetch Standard, HTTP-redirect fetch, step 7: "If request's redirect count is 20,
                    then return a network error."
      see           node_modules/followthrough/docs/rules/hop-limit.md

  ✓ kept          method-preserved, no-length-without-content, target-is-location,
                  host-matches-target
  ○ not observed  original-address-kept-in-use: no later call came from which it could be seen
`,
		},
	],
];

for (const [title, surroundings, {actual, expected, message}] of rows) {
	test(title, t => {
		const error = t.throws(() => assertFollowedThrough(surroundings), {instanceOf: AssertionError});
		t.is(error.message, message.trim());
		t.deepEqual(error.actual, actual);
		t.deepEqual(error.expected, expected);
		t.is(error.operator, 'assertFollowedThrough');
	});
}

test('a client that followed through passes', t => {
	const hop = buildHop(
		{request: `GET ${old}`},
		{status: 307, location: moved},
		{request: `GET ${moved}`},
	);
	t.notThrows(() => assertFollowedThrough(around([hop])));
});

test('a broken policy rule passes where it is not enforced', t => {
	const chain = buildChain(
		Array.from({length: 22}, (_, i) => `${old}/${i}`),
		'final',
	);
	t.notThrows(() => assertFollowedThrough(around(chain)));
});

test('an unknown enforced rule is an error before anything else', t => {
	t.throws(() => assertFollowedThrough(around([], {enforce: ['nope']})), {code: 'RULE_UNKNOWN'});
});
