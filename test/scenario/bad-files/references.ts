// Parts of a scenario that do not fit each other.
import test from 'ava';
import {answering, origin, refused, routes} from '../../helpers/bad-file.ts';

test(
	'a phase that is not declared',
	refused,
	routes(
		`  - request: GET ${origin}/\n    phase: maintenence\n    response: {}\n`,
		'phases: [maintenance, over]\n',
	),
	'5:12  /routes/0/phase  no phase "maintenence"; did you mean "maintenance"? (declared: "maintenance", "over")',
);
test(
	'a phase where none is declared',
	refused,
	routes(`  - request: GET ${origin}/\n    phase: [early]\n    response: {}\n`),
	'4:13  /routes/0/phase/0  no phase "early": the scenario declares no phases; add "phases: [early]"',
);
test(
	'a switch to no phase',
	refused,
	routes(
		`  - request: GET ${origin}/\n    response: { times: 1, switchTo: ovr }\n`,
		'phases: [maintenance, over]\n',
	),
	'5:37  /routes/0/response/switchTo  no phase "ovr"; did you mean "over"? (declared: "maintenance", "over")',
);
test(
	'a switch that never comes',
	refused,
	routes(
		`  - request: GET ${origin}/\n    response: { switchTo: over }\n`,
		'phases: [maintenance, over]\n',
	),
	'5:27  /routes/0/response/switchTo  "switchTo" takes effect once the response was given "times" times, and there is no "times"; write "times: 1" to switch after the first',
);
test(
	'a route that never answers',
	refused,
	routes(
		`  - request: GET|POST ${origin}/users/:id\n    response: {}\n  - request: POST ${origin}/users/:name\n    response: {}\n`,
	),
	'5:14  /routes/1/request  never answers: route 0 (GET|POST https://api.example.test/users/:id) takes the same requests before it',
);
test(
	'a placeholder that is no parameter',
	refused,
	routes(
		`  - request: PUT ${origin}/uploads/:upload\n    response: { status: 307, headers: { Location: "${origin}/edge/:uplaod" } }\n`,
	),
	`4:51  /routes/0/response/headers/Location  ":uplaod" is no parameter of the route's path (its parameters: upload); did you mean "upload"?`,
);
test(
	'a placeholder where the path has no parameter',
	refused,
	routes(
		`  - request: PUT ${origin}/uploads\n    response: { status: 307, headers: { Location: "/edge/:id" } }\n`,
	),
	`4:51  /routes/0/response/headers/Location  ":id" is no parameter of the route's path (its parameters: none); write "\\:" for a colon`,
);
test(
	'a header name with a space',
	refused,
	answering('{ headers: { "Retry After": 1 } }'),
	`4:28  /routes/0/response/headers/Retry After  "Retry After" is no field name: expected letters, digits and any of !#$%&'*+-.^_\`|~`,
);
test(
	'a line break in a header value',
	refused,
	answering('{ headers: { Location: "/a\\r\\nSet-Cookie: b" } }'),
	"4:38  /routes/0/response/headers/Location  a line break can't stand in a field value: a list of values makes several lines",
);
test(
	'half a character in a header value',
	refused,
	answering('{ headers: { X-Note: "a\\uD83D" } }'),
	"4:36  /routes/0/response/headers/X-Note  the lone surrogate U+D83D can't stand in a field value",
);
test(
	'the control character DEL in a header value',
	refused,
	answering('{ headers: { X-Note: ["é", "\\x7f"] } }'),
	"4:42  /routes/0/response/headers/X-Note/1  the control character U+007F can't stand in a field value",
);
test(
	'a control character in a header value',
	refused,
	answering('{ headers: { X-Note: "\\0" } }'),
	"4:36  /routes/0/response/headers/X-Note  the control character U+0000 can't stand in a field value",
);
test(
	'framing set by hand',
	refused,
	answering('{ headers: { transfer-encoding: gzip } }'),
	`4:28  /routes/0/response/headers/transfer-encoding  "transfer-encoding" can't be set: messages are framed by their sender, so leave it out`,
);
test(
	'a call header that is no token',
	refused,
	routes(`  - request: GET ${origin}/\n    response: {}\n`, 'callHeaders: ["x id"]\n'),
	`2:15  /callHeaders/0  "x id" is no field name: expected letters, digits and any of !#$%&'*+-.^_\`|~`,
);
test(
	'a matched header that is no token',
	refused,
	routes(
		`  - request:\n      url: ${origin}/\n      headers: { "x id": true }\n    response: {}\n`,
	),
	`5:18  /routes/0/request/headers/x id  "x id" is no field name: expected letters, digits and any of !#$%&'*+-.^_\`|~`,
);
test(
	'a body file that is missing',
	refused,
	answering('{ file: missing.bin }'),
	`4:23  /routes/0/response/file  there is no file "missing.bin" in the scenario's folder`,
);
test(
	'a body file outside the folder',
	refused,
	answering('{ file: ../secret.txt }'),
	`4:23  /routes/0/response/file  "../secret.txt" leads outside the scenario's folder: expected a file beside the scenario or in a folder below it`,
);
test(
	'a body file by its absolute path',
	refused,
	answering('{ file: /etc/hosts }'),
	`4:23  /routes/0/response/file  "/etc/hosts" leads outside the scenario's folder: expected a file beside the scenario or in a folder below it`,
);
test(
	'a call with two methods',
	refused,
	routes(
		`  - request: POST ${origin}/\n    response: {}\n`,
		`calls:\n  - request: PUT|POST ${origin}/\n`,
	),
	'3:14  /calls/0/request  a call is sent with one method: expected such as "POST", found "PUT|POST"',
);
test(
	'a call to an origin without a route',
	refused,
	routes(
		`  - request: POST ${origin}/\n    response: {}\n`,
		`calls:\n  - request: POST https://app.example.test/\n`,
	),
	'3:14  /calls/0/request  no route has the origin "https://app.example.test"; did you mean "https://api.example.test"? (origins: "https://api.example.test")',
);
test(
	'a call with two bodies',
	refused,
	routes(
		`  - request: POST ${origin}/\n    response: {}\n`,
		`calls:\n  - request: POST ${origin}/\n    json: 1\n    text: one\n`,
	),
	'3:5  /calls/0  has 2 bodies ("json", "text"): expected one at most',
);
test(
	'many faults at once',
	refused,
	`name: Bad\ncals: []\nroutes:\n  - request: 5\n    response: { status: 99, body: x }\n  - respond: {}\n`,
	'1:7  /name  expected a name of lower-case letters, digits and hyphens, found "Bad"',
	'2:1  /cals  unknown property "cals"; did you mean "calls"? (known here: $schema, name, title, source, description, story, catches, links, callHeaders, seed, phases, enforce, calls, routes)',
	'4:14  /routes/0/request  expected text or an object, found the number 5',
	'5:25  /routes/0/response/status  expected a status code from 200 to 599, or code and reason phrase such as "307 TEMPORARY_REDIRECT", found the number 99',
	'5:29  /routes/0/response/body  unknown property "body" (known here: status, headers, json, text, base64, file, repeat, delay, answer, afterwards, continue, interim, bodyDelay, bytesPerSecond, packetSize, fault, times, weight, switchTo)',
	'6:5  /routes/1  "request" is missing',
	'6:5  /routes/1/respond  unknown property "respond"; did you mean "response"? (known here: request, phase, response, responses)',
);
test(
	'many faults across the file at once',
	refused,
	routes(
		`  - request: GTE ${origin}/:id/:id\n    phase: later\n    response: { status: 304, json: 1, headers: { "a b": "\\n" } }\n`,
	),
	'3:14  /routes/0/request  "GTE" is not a method known to this server; did you mean "GET"?',
	'3:14  /routes/0/request  two parameters of the path are called "id"',
	'4:12  /routes/0/phase  no phase "later": the scenario declares no phases; add "phases: [later]"',
	'5:36  /routes/0/response/json  a 304 response has no body: leave "json" out',
	`5:50  /routes/0/response/headers/a b  "a b" is no field name: expected letters, digits and any of !#$%&'*+-.^_\`|~`,
	"5:57  /routes/0/response/headers/a b  a line break can't stand in a field value: a list of values makes several lines",
);
