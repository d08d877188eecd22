import test from 'ava';
import type {AfterAnswer} from '../../src/journal/exchange.ts';
import type {Hop} from '../../src/journal/hop.ts';
import {
	formatEarlyAnswer,
	formatRequestLine,
	formatResponseLine,
} from '../../src/verdict/exchange-text.ts';
import {judge, judgeHop} from '../../src/verdict/judge.ts';
import {formatFinding, formatHop, formatVerdict} from '../../src/verdict/report.ts';
import {
	around,
	buildChain,
	buildExchange,
	buildHop,
	type RequestData,
	type ResponseData,
} from '../helpers/build-hop.ts';

const [old, moved] = ['https://api.example.test/v1/users', 'https://api.example.test/v2/users'];
const json = {'Content-Type': 'application/json'};
const lost = buildHop(
	{request: `POST ${old}`, headers: json, body: '{"name":"Ada","password":"hunter2"}'},
	{status: 307, location: moved},
	{request: `POST ${moved}`, headers: json, body: ''},
);
const good = buildHop(
	{request: `GET ${old}?token=s3cret`},
	{status: 308, location: '/v2/users'},
	{request: `GET ${moved}`},
);
const unsure = buildHop(
	{request: `PUT ${old}`},
	{status: 307, location: moved},
	{request: `GET ${moved}`},
	{
		evidence: ['target', 'agent'],
		certain: false,
		rivals: 1,
		doubts: ['another redirect', 'a call of its own'],
	},
);
const open: Hop = {
	number: 1,
	redirect: buildExchange(1, {request: `GET ${old}`}, {status: 307, location: moved}),
	state: 'waiting',
};
const ring = around(
	buildChain(
		Array.from({length: 52}, () => old),
		'waiting',
	),
);
const upload = (afterAnswer: AfterAnswer | undefined, more: Partial<RequestData> = {}) =>
	buildExchange(1, {
		request: `PUT ${old}`,
		body: 'abcd',
		cut: 'off',
		length: 1600,
		...(afterAnswer && {afterAnswer}),
		...more,
	}).request;
const told = (response: Partial<ResponseData>) =>
	buildExchange(1, {request: `GET ${old}`}, {status: 307, location: moved, ...response});
const early = buildHop(
	{
		request: `PUT ${old}`,
		body: 'abcd',
		cut: 'off',
		length: 1600,
		afterAnswer: {before: 3, after: 1, ending: 'stopped'},
	},
	{
		status: 307,
		location: moved,
		interim: [
			100,
			{status: 103, headers: [['Link', '</a?token=s3cret>\n']], sentAt: 1},
			{status: 150, headers: [['Set-Cookie', 'sid=s3cret']], sentAt: 1},
		],
	},
	{
		request: `PUT ${moved}`,
		httpVersion: '2.0',
		http2: {stream: 1, pseudoHeaders: [], reset: 8},
		cut: 'off',
		length: 'frames',
		afterAnswer: {before: 0, after: 0, ending: 'stopped'},
	},
);
const hung: Hop = {
	number: 1,
	redirect: buildExchange(
		1,
		{
			request: `PUT ${old}`,
			body: 'abcd',
			cut: 'off',
			length: 'chunked',
			afterAnswer: {before: 4, after: 0, ending: 'hung'},
		},
		{status: 307, location: moved},
	),
	state: 'declined',
};
const [chained = fail()] = judge(ring).broken;
const [unseen = fail()] = judge(around([good])).notObserved;
const malformed = {
	...buildExchange(1, {request: `GET ${old}`}).request,
	method: '',
	malformed: {code: 'HPE_INVALID_METHOD', message: '', bytes: new Uint8Array()},
};
function fail(): never {
	throw new Error('No such finding.');
}

const rows: readonly [title: string, actual: string, expected: string][] = [
	[
		'a verdict tells the hops that broke a rule: what was sent, told, and sent then',
		formatVerdict(judge(around([lost])), [lost]),
		`
Scenario "api-move": 1 redirect (1 followed); rules: 1 broken, 4 kept, 1 not observed.

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
      see           docs/rules/body-preserved.md

  ✓ kept          method-preserved, content-headers-preserved, target-is-location,
                  host-matches-target
  ○ not observed  original-address-kept-in-use: no later call came from which it could be seen
`,
	],
	[
		'a verdict without a breach is one line',
		formatVerdict(judge(around([good])), [good]),
		'Scenario "api-move": 1 redirect (1 followed); rules: 0 broken, 3 kept, 1 not observed.',
	],
	[
		'a verdict without hops says so',
		formatVerdict(judge(around([]))),
		'Scenario "api-move": no redirect was answered, so there is nothing to judge.',
	],
	[
		'a verdict whose hops are not given tells the findings alone',
		formatVerdict(judge(around([unsure]))),
		`
Scenario "api-move": 1 redirect (1 followed); rules: 1 broken, 4 kept, 1 not observed.

✗ method-preserved (must): A client that follows a 307 sends the same method again.
    expected      PUT
    actual        GET
    likely cause  the client handles 307 like 302 or 303, where POST becomes GET; or: another
                  redirect fitted this request as well, so it may belong to another call
    source        RFC 9110, 15.4.8: "the user agent MUST NOT change the request method if it
                  performs an automatic redirection to that URI"
    see           docs/rules/method-preserved.md
`,
	],
	[
		'a kept hop lists what was kept, and masks secrets',
		formatHop(good, judgeHop(good, around([good]))),
		`
hop 1
  sent first  GET https://api.example.test/v1/users?token=***                             exchange 1
  was told    308 Permanent Redirect, Location: /v2/users
  sent then   GET https://api.example.test/v2/users                                       exchange 2

  ✓ kept          permanent-method-preserved, target-is-location, host-matches-target
  ○ not observed  original-address-kept-in-use: a 308 may be remembered
`,
	],
	[
		'a breach on an uncertain link says what the link rests on',
		formatHop(unsure, judgeHop(unsure, around([unsure]))),
		`
hop 1
  sent first  PUT https://api.example.test/v1/users                                       exchange 1
  was told    307 Temporary Redirect, Location: https://api.example.test/v2/users
  sent then   GET https://api.example.test/v2/users                                       exchange 2
  linked by   target, agent; not certain: another redirect fitted as well, and it may be a call of
              its own

  ✗ method-preserved (must): A client that follows a 307 sends the same method again.
      expected      PUT
      actual        GET
      likely cause  the client handles 307 like 302 or 303, where POST becomes GET; or: another
                    redirect fitted this request as well, so it may belong to another call
      source        RFC 9110, 15.4.8: "the user agent MUST NOT change the request method if it
                    performs an automatic redirection to that URI"
      see           docs/rules/method-preserved.md

  ✓ kept          no-content-after-rewrite, content-headers-removed, target-is-location,
                  host-matches-target
  ○ not observed  original-address-kept-in-use: no later call came from which it could be seen
`,
	],
	[
		'a waiting hop says that nothing came yet',
		formatHop(open),
		`
hop 1
  sent first  GET https://api.example.test/v1/users                                       exchange 1
  was told    307 Temporary Redirect, Location: https://api.example.test/v2/users
  sent then   nothing yet
`,
	],
	[
		'a declined hop says that it was not followed',
		formatHop({...open, state: 'declined'}),
		`
hop 1
  sent first  GET https://api.example.test/v1/users                                       exchange 1
  was told    307 Temporary Redirect, Location: https://api.example.test/v2/users
  sent then   nothing: the redirect was not followed
`,
	],
	[
		'a finding about a long chain leaves the middle out',
		formatFinding(chained),
		`
✗ loops-stopped (should): A client stops following redirects that lead in a circle.
    exchanges     1 → 2 → 3 → 4 → … → 51 → 52
    expected      an end after 50 redirects at the latest
    actual        51 redirects followed, in a circle through GET https://api.example.test/v1/users
    likely cause  the client has no limit, or one far above any that is usual
    source        RFC 9110, 15.4: "A client SHOULD detect and intervene in cyclical redirections
                  (i.e., "infinite" redirection loops)."
    see           docs/rules/loops-stopped.md
`,
	],
	[
		'a finding that was not observed has a reason',
		formatFinding(unseen),
		`
○ original-address-kept-in-use (de facto): After a temporary redirect a client makes its later
  calls at the original address.
    reason  a 308 may be remembered
`,
	],
	[
		'what happened around an early answer is told: interim responses, what the client did, the protocol',
		formatHop(early),
		`
hop 1
  sent first  PUT https://api.example.test/v1/users                                       exchange 1
              4 bytes, SHA-256 88d4266f…: abcd
  was told    100 Continue
              103 Early Hints, Link: </a?token=***\\n
              150, Set-Cookie: sid=***
              307 Temporary Redirect, Location: https://api.example.test/v2/users
  meanwhile   answered after 3 of the 1,600 bytes of the body; then 1 byte more came, and the client
              closed the connection
  sent then   PUT https://api.example.test/v2/users                               HTTP/2, exchange 2
              no body (0 bytes)
  was told    200 OK
  meanwhile   answered before the body; then the client gave up the stream (RST_STREAM, code 8)
`,
	],
	[
		'a client that hung is told, with a rule that it broke without following',
		formatVerdict(judge(around([hung])), [hung]),
		`
Scenario "api-move": 1 redirect (1 declined); rules: 1 broken, 1 kept, 0 not observed.

hop 1
  sent first  PUT https://api.example.test/v1/users                                       exchange 1
              4 bytes, SHA-256 88d4266f…: abcd
  was told    307 Temporary Redirect, Location: https://api.example.test/v2/users
  meanwhile   answered after 4 bytes of the body; then the client neither went on nor left
  sent then   nothing: the redirect was not followed

  ✗ early-answer-noticed (should): A client that is answered before its body has ended finishes
    the body or gives it up, and does not hang.
      expected      the rest of the body, or the end of the connection or stream
      actual        neither for two seconds; in all, 4 bytes of the body came
      likely cause  the client writes its whole body before it reads an answer, and waits for a
                    server that reads no more; or it left half a message on an open connection
      source        RFC 9112, 9.5: "A client sending a message body SHOULD monitor the network
                    connection for an error response while it is transmitting the request."
      see           docs/rules/early-answer-noticed.md

  ✓ kept  no-request-inside-body
`,
	],
	[
		'a response that was broken off on purpose says so',
		[
			formatResponseLine(told({fault: 'reset-before-head'})),
			formatResponseLine(told({fault: 'garbage'})),
			formatResponseLine(told({fault: 'reset-in-head'})),
			formatResponseLine(told({fault: 'reset-after-head'})),
			formatResponseLine(told({fault: 'truncated'})),
		].join('\n'),
		`
no response: a reset in place of 307 Temporary Redirect, as scripted
garbage in place of 307 Temporary Redirect, as scripted
307 Temporary Redirect, Location: ${moved}; a reset in the middle of the head, as scripted
307 Temporary Redirect, Location: ${moved}; a reset after the head, as scripted
307 Temporary Redirect, Location: ${moved}; the content was cut short, as scripted
`,
	],
	[
		'a response of HTTP/2 has no reason phrase',
		formatResponseLine(told({reason: ''})),
		`307, Location: ${moved}`,
	],
	[
		'each ending of an early answer has its words',
		[
			formatEarlyAnswer(upload({before: 0, after: 1600, ending: 'finished'})),
			formatEarlyAnswer(upload({before: 4, after: 0, ending: 'reset'})),
			formatEarlyAnswer(upload({before: 4, after: 0, ending: 'cut'})),
			formatEarlyAnswer(upload({before: 1, after: 3})),
		].join('\n'),
		`
answered before the body; then 1,600 bytes came, and the body ended
answered after 4 of the 1,600 bytes of the body; then the client broke the connection off
answered after 4 of the 1,600 bytes of the body; then the double ended the connection
answered after 1 of the 1,600 bytes of the body; then 3 bytes more came, and the rest is still to come
`,
	],
	[
		'bytes that are no HTTP are named by the parser',
		formatRequestLine(malformed),
		'bytes that are no HTTP (HPE_INVALID_METHOD)',
	],
	[
		'an exchange without a response says so',
		formatResponseLine(buildExchange(1, {request: `GET ${old}`})),
		'no response',
	],
];

for (const [title, actual, expected] of rows) test(title, t => t.is(actual, expected.trim()));

test('colours mark the outcome and change no word', t => {
	const findings = judgeHop(lost, around([lost]));
	const colored = formatHop(lost, findings, {colors: true});
	t.true(colored.includes('\x1b[31m✗ body-preserved\x1b[39m (should): '));
	t.true(colored.includes('\x1b[32m✓ kept\x1b[39m'));
	t.true(colored.includes('\x1b[33m○ not observed\x1b[39m'));
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
	t.is(colored.replaceAll(/\x1b\[\d+m/g, ''), formatHop(lost, findings));
});

test('more hops than a person will read are counted', t => {
	const hops = Array.from({length: 13}, (_, i) => ({...open, number: i + 1}));
	const text = formatVerdict(judge(around(hops)), hops);
	t.is(text.match(/^hop \d+$/gm)?.length, 10);
	t.true(text.endsWith('\n\n… and 3 more hops that were not followed or broke a rule.'));
});
