// Header fields of responses that can't be sent: bytes, lengths, and what stands in interim responses.
import test from 'ava';
import {answering, origin, refused, routes} from '../../helpers/bad-file.ts';

test(
	'bytes of a header with a line break',
	refused,
	answering('{ headers: { X-Note: { base64: "YQpi" } } }'),
	"4:46  /routes/0/response/headers/X-Note/base64  a line break can't stand in a field value: a list of values makes several lines",
);
test(
	'bytes of a header with NUL, in a list',
	refused,
	answering('{ headers: { X-Note: [a, { base64: "AA==" }] } }'),
	"4:50  /routes/0/response/headers/X-Note/1/base64  the control character U+0000 can't stand in a field value",
);
test(
	'bytes of a header in base64 that was cut',
	refused,
	answering('{ headers: { X-Note: { base64: AAECA } } }'),
	'4:46  /routes/0/response/headers/X-Note/base64  expected groups of four characters, with 2 or 3 in the last: found 5 characters, the last one alone',
	"4:46  /routes/0/response/headers/X-Note/base64  the control character U+0000 can't stand in a field value",
);
test(
	'bytes of a header that are no base64',
	refused,
	answering('{ headers: { X-Note: { base64: "a-b" } } }'),
	'4:46  /routes/0/response/headers/X-Note/base64  expected text in base64, found "a-b"',
);
test(
	'bytes of a header under a misspelt name',
	refused,
	answering('{ headers: { X-Note: { bsae64: YQ== } } }'),
	'4:36  /routes/0/response/headers/X-Note  "base64" is missing',
	'4:38  /routes/0/response/headers/X-Note/bsae64  unknown property "bsae64"; did you mean "base64"? (known here: base64)',
);
test(
	'bytes in a header of a call',
	refused,
	routes(
		`  - request: POST ${origin}/\n    response: {}\n`,
		`calls:\n  - request: POST ${origin}/\n    headers: { X-Note: { base64: YQ== } }\n`,
	),
	'4:24  /calls/0/headers/X-Note  expected text, a number or a list, found an object',
);
test(
	'a length that is no number',
	refused,
	answering('{ headers: { content-length: many } }'),
	'4:44  /routes/0/response/headers/content-length  expected a whole number of bytes, 0 or more, found "many"',
);
test(
	'a length below zero',
	refused,
	answering('{ headers: { Content-Length: -1 } }'),
	'4:44  /routes/0/response/headers/Content-Length  expected a whole number of bytes, 0 or more, found the number -1',
);
test(
	'a length as bytes',
	refused,
	answering('{ headers: { Content-Length: { base64: MTI= } } }'),
	'4:44  /routes/0/response/headers/Content-Length  expected a whole number of bytes, 0 or more, found an object',
);
test(
	'two lengths',
	refused,
	answering('{ headers: { Content-Length: 5, content-length: "6" } }'),
	'4:63  /routes/0/response/headers/content-length  a second length: no client would know which to read by; give one',
);
test(
	'a list of lengths',
	refused,
	answering('{ headers: { Content-Length: [5, 5] } }'),
	'4:48  /routes/0/response/headers/Content-Length/1  a second length: no client would know which to read by; give one',
);
for (const status of [204, 205, 304])
	test(
		`a length on a ${status}`,
		refused,
		answering(`{ status: ${status}, headers: { Content-Length: 5 } }`),
		`4:41  /routes/0/response/headers/Content-Length  a ${status} response has no body: leave "Content-Length" out`,
	);
test(
	'a length in a call',
	refused,
	routes(
		`  - request: POST ${origin}/\n    response: {}\n`,
		`calls:\n  - request: POST ${origin}/\n    headers: { Content-Length: 5 }\n`,
	),
	`4:16  /calls/0/headers/Content-Length  "Content-Length" can't be set: messages are framed by their sender, so leave it out`,
);
test(
	'a length in an interim response',
	refused,
	answering('{ interim: [{ status: 103, headers: { Content-Length: 5 } }] }'),
	`4:53  /routes/0/response/interim/0/headers/Content-Length  "Content-Length" can't be set: messages are framed by their sender, so leave it out`,
);
test(
	'faulty headers of an interim response',
	refused,
	answering('{ interim: [{ status: 103 }, { status: 103, headers: { "a b": 1, X: "\\n" } }] }'),
	`4:70  /routes/0/response/interim/1/headers/a b  "a b" is no field name: expected letters, digits and any of !#$%&'*+-.^_\`|~`,
	"4:83  /routes/0/response/interim/1/headers/X  a line break can't stand in a field value: a list of values makes several lines",
);
test(
	'a placeholder of an interim response that is no parameter',
	refused,
	routes(
		`  - request: PUT ${origin}/up/:upload\n    response: { interim: [{ status: 103, headers: { Location: "/:uplaod" } }] }\n`,
	),
	'4:63  /routes/0/response/interim/0/headers/Location  ":uplaod" is no parameter of the route\'s path (its parameters: upload); did you mean "upload"?',
);
