// Files whose data does not have the shape of a scenario.
import test from 'ava';
import {answering, origin, refused, routes} from '../../helpers/bad-file.ts';

test(
	'a list instead of an object',
	refused,
	'- name: bad\n',
	'1:1  /  expected an object, found a list',
);
test('a text instead of an object', refused, 'bad\n', '1:1  /  expected an object, found "bad"');
test(
	'no name and no routes',
	refused,
	'title: Bad\n',
	'1:1  /  "name" is missing',
	'1:1  /  "routes" is missing',
);
test(
	'a name with capitals and spaces',
	refused,
	`name: Bad Name\nroutes:\n  - request: GET ${origin}/\n    response: {}\n`,
	'1:7  /name  expected a name of lower-case letters, digits and hyphens, found "Bad Name"',
);
test(
	'no route in the list',
	refused,
	'name: bad\nroutes: []\n',
	'2:9  /routes  expected a list of 1 or more, found an empty one',
);
test(
	'a misspelt property',
	refused,
	`name: bad\ntilte: Bad\nroutes:\n  - request: GET ${origin}/\n    response: {}\n`,
	'2:1  /tilte  unknown property "tilte"; did you mean "title"? (known here: $schema, name, title, source, description, story, catches, links, callHeaders, seed, phases, enforce, calls, routes)',
);
test(
	'a property that nothing is near to',
	refused,
	`name: bad\nroutes:\n  - request: GET ${origin}/\n    response: {}\n    listener: 8080\n`,
	'5:5  /routes/0/listener  unknown property "listener" (known here: request, phase, response, responses)',
);
test(
	'a Location one level too high',
	refused,
	answering(`{ status: 307, lcoation: ${origin}/v2 }`),
	'4:30  /routes/0/response/lcoation  unknown property "lcoation"; did you mean "headers: { Location: … }"? (known here: status, headers, json, text, base64, file, repeat, delay, answer, afterwards, continue, interim, bodyDelay, bytesPerSecond, packetSize, fault, times, weight, switchTo)',
);
test(
	'a status out of range',
	refused,
	answering('{ status: 100 }'),
	'4:25  /routes/0/response/status  expected a status code from 200 to 599, or code and reason phrase such as "307 TEMPORARY_REDIRECT", found the number 100',
);
test(
	'a status that is neither number nor text',
	refused,
	answering('{ status: true }'),
	'4:25  /routes/0/response/status  expected a whole number or text, found true',
);
test(
	'a status that is words',
	refused,
	answering('{ status: Temporary Redirect }'),
	'4:25  /routes/0/response/status  expected a status code from 200 to 599, or code and reason phrase such as "307 TEMPORARY_REDIRECT", found "Temporary Redirect"',
);
test(
	'a header without a value',
	refused,
	answering('{ status: 307, headers: { Location: } }'),
	'4:51  /routes/0/response/headers/Location  expected text, a number, an object or a list, found nothing (null)',
);
test(
	'a header that is an object',
	refused,
	answering('{ headers: { Location: { url: x } } }'),
	'4:38  /routes/0/response/headers/Location  "base64" is missing',
	'4:40  /routes/0/response/headers/Location/url  unknown property "url" (known here: base64)',
);
test(
	'a header with an empty list',
	refused,
	answering('{ headers: { Location: [] } }'),
	'4:38  /routes/0/response/headers/Location  expected a list of 1 or more, found an empty one',
);
test(
	'a response that is a list',
	refused,
	answering('[{ status: 307 }]'),
	'4:15  /routes/0/response  expected an object, found a list',
);
test(
	'a delay below zero',
	refused,
	answering('{ delay: -1 }'),
	'4:24  /routes/0/response/delay  expected a number from 0 to 600000, found the number -1',
);
test(
	'times that is no whole number',
	refused,
	answering('{ times: 1.5 }'),
	'4:24  /routes/0/response/times  expected a whole number, found the number 1.5',
);
test(
	'a weight of zero',
	refused,
	routes(`  - request: GET ${origin}/\n    responses: [{ weight: 0 }, { weight: 1 }]\n`),
	'4:27  /routes/0/responses/0/weight  expected a number above 0, found the number 0',
);
test(
	'a body that is no base64',
	refused,
	answering('{ base64: "not base64!" }'),
	'4:25  /routes/0/response/base64  expected text in base64, found "not base64!"',
);
test(
	'a kind of link that does not exist',
	refused,
	routes(`  - request: GET ${origin}/\n    response: {}\n`, 'links: tagggd\n'),
	'2:8  /links  expected "exact" or "tagged", found "tagggd"; did you mean "tagged"?',
);
test(
	'a pattern that is no regular expression',
	refused,
	routes(
		`  - request:\n      url: ${origin}/\n      headers: { X-Id: { pattern: "(" } }\n    response: {}\n`,
	),
	'5:35  /routes/0/request/headers/X-Id/pattern  no regular expression: Unterminated group (ECMAScript syntax, with the "u" flag)',
);
test(
	'a matcher that is a list',
	refused,
	routes(`  - request:\n      url: ${origin}/\n      query: { page: [1, 2] }\n    response: {}\n`),
	'5:22  /routes/0/request/query/page  expected text, a number, true or false or an object, found a list',
);
test(
	'a request object without a URL',
	refused,
	routes(`  - request: { method: GET, path: /users }\n    response: {}\n`),
	'3:14  /routes/0/request  "url" is missing',
	'3:29  /routes/0/request/path  unknown property "path" (known here: method, url, headers, query, json, text)',
);
test(
	'a phase that stands twice',
	refused,
	routes(`  - request: GET ${origin}/\n    response: {}\n`, 'phases: [one, one]\n'),
	'2:9  /phases  the items 0 and 1 are equal (counted from 0)',
);
