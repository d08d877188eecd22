import test from 'ava';
import type {AfterAnswer, Exchange} from '../../src/journal/exchange.ts';
import type {Hop} from '../../src/journal/hop.ts';
import {
	formatBody,
	formatEarlyAnswer,
	formatRequestLine,
	formatResponseLine,
} from '../../src/verdict/exchange-text.ts';
import {formatFinding} from '../../src/verdict/finding-text.ts';
import {judge, judgeHop} from '../../src/verdict/judge.ts';
import {formatHop, formatVerdict} from '../../src/verdict/report.ts';
import {
	around,
	buildChain,
	buildExchange,
	buildHop,
	hopOf,
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
const h2 = {httpVersion: '2.0', http2: {stream: 1, pseudoHeaders: []}};
/** An upload of 1,600 bytes that stopped after four, and was repeated whole. */
const partly = (cut: 'off', length: number | 'chunked' = 1600) =>
	buildHop(
		{
			request: `PUT ${old}`,
			body: 'abcd',
			cut,
			length,
			afterAnswer: {before: 3, after: 1, ending: 'stopped'},
		},
		{status: 307, location: '/v2/users'},
		{request: `PUT ${moved}`, body: 'abcd'.repeat(400)},
	);
const inside: Hop = {
	...hung,
	redirect: buildExchange(
		1,
		{
			request: `PUT ${old}`,
			body: `abcdPUT /v2/users HTTP/1.1\r\nHost: a\r\n\r\n`,
			cut: 'off',
			length: 1600,
			afterAnswer: {before: 4, after: 39, ending: 'hung'},
		},
		{status: 307, location: moved},
	),
};
const [chained = fail()] = judge(ring).broken;
const [unseen = fail()] = judge(around([good])).notObserved;
const malformed = {
	...buildExchange(1, {request: `GET ${old}`}).request,
	method: '',
	malformed: {code: 'HPE_INVALID_METHOD', message: '', bytes: new Uint8Array()},
};
const plain = (number: number, request: string) => buildExchange(number, {request}, {status: 502});
const unrouted: Exchange = {
	...plain(5, `GET ${old}`),
	miss: {nearest: 'GET https://api.example.test/v3', reasons: ['the path differs'], likely: []},
};
const unknown: Exchange = {
	...plain(6, 'CONNECT https://other.example.test'),
	miss: {reasons: ['no such origin.'], likely: []},
};
const unread: Exchange = {
	...plain(7, `GET ${old}`),
	request: {
		...malformed,
		malformed: {...malformed.malformed, message: 'bad\n http://me:pw@a/'},
	},
};
function fail(): never {
	throw new Error('No such finding.');
}

const rows: readonly [title: string, actual: string, expected: string][] = [
	[
		'a verdict tells the hops that broke a rule: what was sent, told, and sent then',
		formatVerdict(judge(around([lost])), around([lost])),
		`
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
	],
	[
		'a verdict without a breach is one line',
		formatVerdict(judge(around([good])), around([good])),
		'Scenario "api-move": 1 redirect (1 followed); rules: 0 broken, 4 kept, 1 not observed.',
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
    see           node_modules/followthrough/docs/rules/method-preserved.md
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

  ✓ kept          permanent-method-preserved, no-length-without-content, target-is-location,
                  host-matches-target
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
      see           node_modules/followthrough/docs/rules/method-preserved.md

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
    see           node_modules/followthrough/docs/rules/loops-stopped.md
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
		formatVerdict(judge(around([hung])), around([hung])),
		`
Scenario "api-move": 1 redirect (1 declined); rules: 1 broken, 1 kept, 0 not observed.

hop 1
  sent first  PUT https://api.example.test/v1/users                                       exchange 1
              4 bytes, SHA-256 88d4266f…: abcd
  was told    307 Temporary Redirect, Location: https://api.example.test/v2/users
  meanwhile   answered after 4 bytes of the body; then the client waited for the double to read on,
              until the double ended the connection
  sent then   nothing: the redirect was not followed

  ✗ early-answer-noticed (de facto): A client that is answered before its body has ended finishes
    the body or gives it up, and does not hang.
      expected      the rest of the body, or the end of the connection or stream
      actual        neither, until the double read on; in all, 4 bytes of the body came
      likely cause  the client writes its whole body before it reads an answer, and waits for a
                    server that reads no more
      source        RFC 9112, 9.5: "A client sending a message body SHOULD monitor the network
                    connection for an error response while it is transmitting the request."
      see           node_modules/followthrough/docs/rules/early-answer-noticed.md

  ✓ kept  no-request-inside-body
`,
	],
	[
		'what was not served is counted in a verdict, and the first is told with its reason, masked and escaped',
		formatVerdict(judge(around([good])), around([good], {}, [unread, unrouted, unknown])),
		`
Scenario "api-move": 1 redirect (1 followed); rules: 0 broken, 4 kept, 1 not observed.
2 exchanges took no route, 1 was no HTTP; the first is exchange 5, GET https://api.example.test/v1/users: no route matches; the nearest is GET https://api.example.test/v3: the path differs
`,
	],
	[
		'one exchange that was no HTTP is told by itself',
		formatVerdict(judge(around([])), around([], {}, [unread])),
		`
Scenario "api-move": no redirect was answered, so there is nothing to judge.
1 exchange was no HTTP; it is exchange 7, bytes that are no HTTP (HPE_INVALID_METHOD): bad\\n http://***@a/
`,
	],
	[
		'one exchange that took no route is told by itself',
		formatVerdict(judge(around([])), around([], {}, [unknown])),
		`
Scenario "api-move": no redirect was answered, so there is nothing to judge.
1 exchange took no route; it is exchange 6, CONNECT https://other.example.test: no such origin.
`,
	],
	[
		'a verdict without a breach says what of a body could not be compared, and how to be sure',
		formatVerdict(judge(around([partly('off')])), around([partly('off')])),
		`
Scenario "api-move": 1 redirect (1 followed); rules: 0 broken, 7 kept, 2 not observed.
not observed: body-preserved (only 4 of 1,600 bytes came; to be sure: hop.assertPreserved({body: …}))
`,
	],
	[
		'a body of unknown length that was cut short is not observed either',
		formatVerdict(judge(around([partly('off', 'chunked')])), around([partly('off', 'chunked')])),
		`
Scenario "api-move": 1 redirect (1 followed); rules: 0 broken, 7 kept, 2 not observed.
not observed: body-preserved (only 4 bytes came, and not the end; to be sure: hop.assertPreserved({body: …}))
`,
	],
	[
		'a request that began inside the body is announced where it is missed',
		formatHop(inside, judgeHop(inside, around([inside])))
			.split('\n')
			.find(line => line.includes('sent then'))
			?.trim() ?? '',
		'sent then   nothing of its own: a request began inside the body (see below)',
	],
	[
		'a body that was announced and never came says how much that was',
		formatBody(upload(undefined, {body: ''})),
		'0 of 1,600 bytes announced',
	],
	[
		'on HTTP/2 the double ends the stream, not the connection',
		[
			formatEarlyAnswer(upload({before: 4, after: 0, ending: 'cut'}, h2)),
			formatEarlyAnswer(upload({before: 4, after: 0, ending: 'hung'}, h2)),
			formatEarlyAnswer(upload({before: 4, after: 0, ending: 'silent'}, h2)),
		].join('\n'),
		`
answered after 4 of the 1,600 bytes of the body; then the double ended the stream
answered after 4 of the 1,600 bytes of the body; then the client waited for the double to read on, until the double ended the stream
answered after 4 of the 1,600 bytes of the body; then the client neither went on nor left for two seconds, and the double ended the stream
`,
	],
	[
		'a fault names no status that nobody scripted',
		[
			formatResponseLine(told({fault: 'garbage', status: 200})),
			formatResponseLine(told({fault: 'reset-before-head', status: 200})),
		].join('\n'),
		`
garbage in place of a response, as scripted
no response: a reset in place of a response, as scripted
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

// How many rules there are is no matter of these tests.
const uncounted = (text: string) => text.replace(/, \d+ kept, /g, ', … kept, ');

for (const [title, actual, expected] of rows)
	test(title, t => t.is(uncounted(actual), uncounted(expected.trim())));

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
	const text = formatVerdict(judge(around(hops)), {hops});
	t.is(text.match(/^hop \d+$/gm)?.length, 10);
	t.true(text.endsWith('\n\n… and 3 more hops that were not followed or broke a rule.'));
});

/** Hops of which nothing but the beginning of the body came, and findings that count how often their reasons are read. */
function manyUnseen(count: number) {
	let reads = 0;
	const hops = Array.from({length: count}, (_, index) => {
		const [first, then] = [2 * index + 1, 2 * index + 2];
		const request = `POST ${old}`;
		return hopOf(
			index + 1,
			buildExchange(first, {request, body: 'ab', cut: 'off'}, {status: 307, location: moved}),
			buildExchange(then, {request: `POST ${moved}`, body: 'ab'}, {status: 200}),
		);
	});
	const verdict = judge(around(hops));
	const notObserved = verdict.notObserved.map(finding => ({
		...finding,
		get reason() {
			reads++;
			return finding.reason ?? '';
		},
	}));
	const text = formatVerdict({...verdict, notObserved}, {hops});
	return {text, reads};
}

test('of hops whose story is not told the first reason of a rule is read, however many there are', t => {
	const few = manyUnseen(3);
	const many = manyUnseen(30);
	t.true(few.text.includes('; and 2 more of this rule'));
	t.true(many.text.includes('; and 29 more of this rule'));
	t.is(many.reads, few.reads);
});
