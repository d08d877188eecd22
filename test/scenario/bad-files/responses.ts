// Responses that can't be given.
import test from 'ava';
import {answering, origin, refused, routes} from '../../helpers/bad-file.ts';

test(
	'response and responses',
	refused,
	routes(`  - request: GET ${origin}/\n    response: {}\n    responses: [{}]\n`),
	'3:5  /routes/0  has both "response" and "responses": expected one of them',
);
test(
	'neither response nor responses',
	refused,
	routes(`  - request: GET ${origin}/\n`),
	'3:5  /routes/0  has neither "response" nor "responses": expected one of them',
);
test(
	'two bodies',
	refused,
	answering('{ json: {}, text: "" }'),
	'4:15  /routes/0/response  has 2 bodies ("json", "text"): expected one at most',
);
test(
	'a body on a 204',
	refused,
	answering('{ status: 204, text: gone }'),
	'4:36  /routes/0/response/text  a 204 response has no body: leave "text" out',
);
test(
	'base64 that was cut',
	refused,
	answering('{ base64: "AAAA AAAA A" }'),
	'4:25  /routes/0/response/base64  expected groups of four characters, with 2 or 3 in the last: found 9 characters, the last one alone',
);
test(
	'times and weight together',
	refused,
	routes(`  - request: GET ${origin}/\n    responses: [{ times: 1 }, { weight: 1 }]\n`),
	'4:16  /routes/0/responses  mixes "times" (a sequence) with "weight" (shares of traffic): expected one kind',
);
test(
	'a weight on some responses only',
	refused,
	routes(`  - request: GET ${origin}/\n    responses:\n      - weight: 1\n      - status: 307\n`),
	'6:9  /routes/0/responses/1  "weight" is missing: the others have one',
);
test(
	'times missing before the last response',
	refused,
	routes(`  - request: GET ${origin}/\n    responses:\n      - status: 503\n      - status: 200\n`),
	'5:9  /routes/0/responses/0  "times" is missing: only the last response of a sequence is given for ever (for shares of traffic give each a "weight")',
);
