// When and how a response is sent: what is misspelt, and what takes no effect beside something else.
import test from 'ava';
import {answering, origin, refused, routes} from '../../helpers/bad-file.ts';

const response = '/routes/0/response';

test(
	'a misspelt time of the answer',
	refused,
	answering('{ answer: before-bdy }'),
	`4:25  ${response}/answer  expected "after-body", "before-body" or {afterBytes: …}, found "before-bdy"; did you mean "before-body"?`,
);
for (const {given, meant} of [
	{given: 'before', meant: '"before-body"'},
	{given: 'early', meant: '"before-body"'},
	{given: 'after', meant: undefined},
	{given: 'body', meant: undefined},
	{given: 'afterBytes', meant: '{afterBytes: …}'},
])
	test(
		`a time of the answer in other words: ${given}`,
		refused,
		answering(`{ answer: ${given} }`),
		`4:25  ${response}/answer  expected "after-body", "before-body" or {afterBytes: …}, found "${given}"${meant === undefined ? '' : `; did you mean ${meant}?`}`,
	);
test(
	'a misspelt number of bytes',
	refused,
	answering('{ answer: { aftrBytes: 5 } }'),
	`4:25  ${response}/answer  "afterBytes" is missing`,
	`4:27  ${response}/answer/aftrBytes  unknown property "aftrBytes"; did you mean "afterBytes"? (known here: afterBytes)`,
);
test(
	'an answer after no bytes',
	refused,
	answering('{ answer: { afterBytes: 0 } }'),
	`4:39  ${response}/answer/afterBytes  expected a number that is 1 at least, found the number 0`,
);
test(
	'an answer after a number',
	refused,
	answering('{ answer: 5 }'),
	`4:25  ${response}/answer  expected text or an object, found the number 5`,
);
for (const {given, right, column} of [
	{given: 'answr: before-body', right: 'answer', column: 17},
	{given: 'afterward: close', right: 'afterwards', column: 17},
	{given: 'continu: send', right: 'continue', column: 17},
	{given: 'interims: []', right: 'interim', column: 17},
	{given: 'bodydelay: 5', right: 'bodyDelay', column: 17},
	{given: 'bytesPerSec: 5', right: 'bytesPerSecond', column: 17},
	{given: 'packetsize: 5', right: 'packetSize', column: 17},
	{given: 'faults: reset-in-head', right: 'fault', column: 17},
]) {
	const [name] = given.split(':');
	test(
		`${name}, which is near ${right}`,
		refused,
		answering(`{ ${given} }`),
		`4:${column}  ${response}/${name}  unknown property "${name}"; did you mean "${right}"? (known here: status, headers, json, text, base64, file, repeat, delay, answer, afterwards, continue, interim, bodyDelay, bytesPerSecond, packetSize, fault, times, weight, switchTo)`,
	);
}
test(
	'afterwards that does not exist',
	refused,
	answering('{ afterwards: stop }'),
	`4:29  ${response}/afterwards  expected "keep-alive", "close", "reset" or "stop-reading", found "stop"; did you mean "stop-reading"?`,
);
for (const {given, found, meant} of [
	{given: 'false', found: 'false', meant: 'withhold'},
	{given: 'yes', found: '"yes"', meant: 'send'},
	{given: 'hold', found: '"hold"', meant: 'withhold'},
])
	test(
		`continue in other words: ${given}`,
		refused,
		answering(`{ continue: ${given} }`),
		`4:27  ${response}/continue  expected "send" or "withhold", found ${found}; did you mean "${meant}"?`,
	);
test(
	'an interim response that switches protocols',
	refused,
	answering('{ interim: [{ status: 101 }] }'),
	`4:37  ${response}/interim/0/status  expected an interim status from 102 to 199 ("continue" says whether a 100 is sent, and 101 would end HTTP), found the number 101`,
);
test(
	'no interim response in the list',
	refused,
	answering('{ interim: [] }'),
	`4:26  ${response}/interim  expected a list of 1 or more, found an empty one`,
);
test(
	'a speed of less than a byte',
	refused,
	answering('{ bytesPerSecond: 0.5, text: a }'),
	`4:33  ${response}/bytesPerSecond  expected a number that is 1 at least, found the number 0.5`,
);
test(
	'a misspelt fault',
	refused,
	answering('{ fault: reset-afterhead }'),
	`4:24  ${response}/fault  expected "reset-before-head", "reset-in-head", "reset-after-head", {truncateAfter: …} or {garbage: …}, found "reset-afterhead"; did you mean "reset-after-head"?`,
);
test(
	'a fault without its value',
	refused,
	answering('{ fault: truncate }'),
	`4:24  ${response}/fault  expected "reset-before-head", "reset-in-head", "reset-after-head", {truncateAfter: …} or {garbage: …}, found "truncate"; did you mean {truncateAfter: …}?`,
);
test(
	'a misspelt fault with a value',
	refused,
	answering('{ fault: { truncatAfter: 5 } }'),
	`4:26  ${response}/fault/truncatAfter  unknown property "truncatAfter"; did you mean "truncateAfter"? (known here: truncateAfter, garbage)`,
);
test(
	'a fault that is none',
	refused,
	answering('{ fault: {} }'),
	`4:24  ${response}/fault  expected 1 property at least, found 0 (known here: truncateAfter, garbage)`,
);
test(
	'two faults',
	refused,
	answering('{ fault: { truncateAfter: 0, garbage: x } }'),
	`4:24  ${response}/fault  expected 1 property at most, found 2 (known here: truncateAfter, garbage)`,
);
test(
	'an early answer on a route that reads the body',
	refused,
	routes(
		`  - request: { url: "${origin}/", json: { a: 1 } }\n    responses: [{ times: 1, answer: after-body }, { answer: before-body }]\n  - request: { url: "${origin}/", text: a }\n    response: { answer: { afterBytes: 1 } }\n`,
	),
	'4:61  /routes/0/responses/1/answer  expected "after-body" or nothing: the request of this route has "json", for which the whole body is read beforehand',
	'6:25  /routes/1/response/answer  expected "after-body" or nothing: the request of this route has "text", for which the whole body is read beforehand',
);
test(
	'100 that is withheld on a route that reads the body',
	refused,
	routes(
		`  - request: { url: "${origin}/", json: { a: 1 } }\n    response: { continue: withhold }\n`,
	),
	'4:27  /routes/0/response/continue  expected "send" or nothing: the request of this route has "json", for which the whole body is read beforehand',
);
test(
	'an early answer behind a route that reads the body',
	refused,
	routes(
		`  - request: { url: "${origin}/:a", text: a }\n    response: {}\n  - request: PUT ${origin}/:b\n    response: { answer: before-body, continue: withhold }\n`,
	),
	'6:25  /routes/1/response/answer  expected "after-body" or nothing: route 0 (* https://api.example.test/:a) is tried before, for which the whole body is read',
	'6:48  /routes/1/response/continue  expected "send" or nothing: route 0 (* https://api.example.test/:a) is tried before, for which the whole body is read',
);
test(
	'an afterwards behind a fault',
	refused,
	answering('{ fault: reset-in-head, afterwards: close }'),
	`4:51  ${response}/afterwards  "afterwards" has no effect: a fault ends the connection by itself; leave it out`,
);
test(
	'the pace of a response of which nothing goes out',
	refused,
	answering(
		'{ fault: reset-before-head, text: a, bodyDelay: 1, bytesPerSecond: 1, packetSize: 1 }',
	),
	...(['bodyDelay', 'bytesPerSecond', 'packetSize'] as const).map(
		(member, index) =>
			`4:${[63, 82, 97][index]}  ${response}/${member}  "${member}" has no effect: with the fault "reset-before-head" nothing of the response goes out; leave it out`,
	),
);
test(
	'the pace of a body that does not go out',
	refused,
	answering('{ fault: reset-after-head, text: a, bytesPerSecond: 1, packetSize: 1 }'),
	`4:67  ${response}/bytesPerSecond  "bytesPerSecond" has no effect: with the fault "reset-after-head" nothing of the body goes out; leave it out`,
);
test(
	'the pace of a body that is cut off at once',
	refused,
	answering('{ fault: { truncateAfter: 0 }, text: a, bodyDelay: 1 }'),
	`4:66  ${response}/bodyDelay  "bodyDelay" has no effect: with "truncateAfter: 0" nothing of the body goes out; leave it out`,
);
test(
	'garbage beside a response',
	refused,
	answering(
		'{ fault: { garbage: x }, status: 307, headers: { Location: / }, text: a, bodyDelay: 1 }',
	),
	...(['status', 'headers', 'text', 'bodyDelay'] as const).map(
		(member, index) =>
			`4:${[48, 62, 85, 99][index]}  ${response}/${member}  "${member}" has no effect: garbage is sent in place of the whole response; leave it out`,
	),
);
for (const {member, more} of [
	{member: 'bodyDelay', more: ', and "delay" waits before all of it'},
	{member: 'bytesPerSecond', more: ''},
])
	for (const body of ['', 'text: ""', 'base64: ""', 'status: 307'])
		test(
			`${member} without a body: ${body}`,
			refused,
			answering(`{ ${member}: 5, ${body} }`),
			`4:${19 + member.length}  ${response}/${member}  "${member}" has no effect: the response has no body${more}; leave it out`,
		);
for (const {body, size} of [
	{body: 'text: é', size: 2},
	{body: 'json: [1]', size: 3},
	{body: 'base64: AAAA', size: 3},
	{body: 'file: twelve-bytes.bin', size: 12},
])
	test(
		`a body that is cut off behind its end: ${body}`,
		refused,
		answering(`{ fault: { truncateAfter: ${size} }, ${body} }`),
		`4:41  ${response}/fault/truncateAfter  expected less than the ${size} bytes of the body, found ${size}`,
	);
test(
	'no body to cut off',
	refused,
	answering('{ fault: { truncateAfter: 0 } }'),
	`4:41  ${response}/fault/truncateAfter  "truncateAfter" has no effect: the response has no body; give it one, or leave the fault out`,
);
