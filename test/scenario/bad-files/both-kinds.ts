// Faults of the shape beside faults of the meaning: all at once, and none that only follows from another.
import test from 'ava';
import {origin, refused, routes} from '../../helpers/bad-file.ts';

test(
	'both kinds in different routes',
	refused,
	routes(
		`  - request: GET ${origin}/\n    response: { status: 700 }\n  - request: PSOT ${origin}/\n    phase: later\n    response: { status: 204, text: gone }\n`,
	),
	'4:25  /routes/0/response/status  expected a status code from 200 to 599, or code and reason phrase such as "307 TEMPORARY_REDIRECT", found the number 700',
	'5:14  /routes/1/request  "PSOT" is not a method known to this server; did you mean "POST"?',
	'6:12  /routes/1/phase  no phase "later": the scenario declares no phases; add "phases: [later]"',
	'7:36  /routes/1/response/text  a 204 response has no body: leave "text" out',
);
test(
	'both kinds in one route and its response',
	refused,
	routes(
		`  - request: PSOT ${origin}/\n    response: { delay: soon, headers: { "a b": 1 }, base64: AAAAA }\n`,
	),
	'3:14  /routes/0/request  "PSOT" is not a method known to this server; did you mean "POST"?',
	'4:24  /routes/0/response/delay  expected a number, found "soon"',
	`4:41  /routes/0/response/headers/a b  "a b" is no field name: expected letters, digits and any of !#$%&'*+-.^_\`|~`,
	'4:61  /routes/0/response/base64  expected groups of four characters, with 2 or 3 in the last: found 5 characters, the last one alone',
);
test(
	'both kinds in calls, and a missing name',
	refused,
	`calls:\n  - request: PUT|POST ${origin}/\n    json: 1\n    text: one\n  - request: 5\n    file: gone.bin\n  - requst: GET ${origin}/\nroutes:\n  - request: GET ${origin}/\n    response: {}\n`,
	'1:1  /  "name" is missing',
	'2:5  /calls/0  has 2 bodies ("json", "text"): expected one at most',
	'2:14  /calls/0/request  a call is sent with one method: expected such as "POST", found "PUT|POST"',
	'5:14  /calls/1/request  expected text, found the number 5',
	'6:11  /calls/1/file  there is no file "gone.bin" in the scenario\'s folder',
	'7:5  /calls/2  "request" is missing',
	'7:5  /calls/2/requst  unknown property "requst"; did you mean "request"? (known here: request, headers, json, text, base64, file, repeat, stream, trailers)',
);
test(
	'faulty phases, and a fault that has nothing to do with them',
	refused,
	routes(
		`  - request: GET ${origin}/\n    phase: over\n    response: { times: 1, switchTo: again, file: gone.bin }\n`,
		'phases: over\n',
	),
	'2:9  /phases  expected a list, found "over"',
	`6:50  /routes/0/response/file  there is no file "gone.bin" in the scenario's folder`,
);
test(
	'misspelt phases',
	refused,
	routes(`  - request: GET ${origin}/\n    phase: over\n    response: {}\n`, 'phasse: [over]\n'),
	'2:1  /phasse  unknown property "phasse"; did you mean "phases"? (known here: $schema, name, title, source, description, story, catches, links, callHeaders, seed, phases, enforce, calls, routes)',
);
test(
	'a misspelt response',
	refused,
	routes(`  - request: GET ${origin}/\n    respons: {}\n`),
	'4:5  /routes/0/respons  unknown property "respons"; did you mean "response"? (known here: request, phase, response, responses)',
);
test(
	'a route whose misspelt phase would leave it in the way of the next',
	refused,
	routes(
		`  - request: GET ${origin}/\n    phasse: over\n    response: {}\n  - request: GET ${origin}/\n    response: {}\n`,
		'phases: [begun, over]\n',
	),
	'5:5  /routes/0/phasse  unknown property "phasse"; did you mean "phase"? (known here: request, phase, response, responses)',
);
test(
	'a call to the origin of a faulty route',
	refused,
	routes(
		`  - request: { url: "https://app.example.test/", qurey: {} }\n    response: {}\n  - request: GET ${origin}/\n    response: {}\n`,
		'calls: [{ request: GET https://app.example.test/ }]\n',
	),
	'4:50  /routes/0/request/qurey  unknown property "qurey"; did you mean "query"? (known here: method, url, headers, query, json, text)',
);
