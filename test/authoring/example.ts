import test from 'ava';
import {fromExample} from '../../src/authoring/example/from-example.ts';
import {shellWords} from '../../src/authoring/example/shell-words.ts';
import {loadScenario} from '../../src/scenario/load.ts';

const v1 = 'https://api.example.test/api/v1/users';
const v2 = 'https://api.example.test/api/v2/users';

const wire = `POST /api/v1/users HTTP/1.1
Host: api.example.test
Content-Type: application/json

{ "name": "Ada" }

HTTP/1.1 307 Temporary Redirect
Location: ${v2}

`;

const whole = `${wire}POST /api/v2/users HTTP/1.1
Host: api.example.test
Content-Type: application/json

{ "name": "Ada" }

HTTP/1.1 201 Created
Content-Type: application/json

{ "id": 123 }
`;

const verbose = (command: string) => `$ ${command}
* Connected to api.example.test (127.0.0.1) port 443
> POST /api/v1/users HTTP/2
> Host: api.example.test
> Accept: */*
>
} [14 bytes data]
< HTTP/2 307
< location: /api/v2/users
<
{ [0 bytes data]
* Connection #0 to host api.example.test left intact
* Issue another request to this URL: '${v2}'
> POST /api/v2/users HTTP/2
> Host: api.example.test
>
< HTTP/2 201
< content-type: application/json
<
{"id":123}
`;

const data = `-H 'Content-Type: application/json' -d '{"name":"Ada"}'`;

for (const {what, text, final = 200} of [
	{what: 'messages of the wire', text: whole, final: 201},
	{what: 'messages with CR and LF', text: whole.replaceAll('\n', '\r\n'), final: 201},
	{
		what: 'messages with spaces of a word processor',
		text: `\ufeff${whole.replace(/ /g, '\u00a0')}`,
		final: 201,
	},
	{what: 'a redirect alone', text: wire},
	{what: 'messages without Host', text: wire.replace(/Host.*\n/, '')},
	{
		what: 'Markdown as the documentation has it',
		text: `**Request:**\n\`\`\`\nPOST ${v1}\nContent-Type: application/json\n\n{"name":"Ada"}\n\`\`\`\n\n**Response:**\n\`\`\`\n307 Temporary Redirect\nLocation: ${v2}\n\`\`\`\n`,
	},
	{
		what: 'a URL without a scheme',
		text: wire.replace('/api/v1/users HTTP/1.1', 'api.example.test/api/v1/users HTTP/1.1'),
	},
	{what: 'what curl -v told', text: verbose(`curl -v -L ${data} ${v1}`), final: 201},
	{
		what: 'a command over several lines, with curly quotes',
		text: verbose(`curl -vL \\\n  ${data.replace(/^-H '(.*?)'/, '-H \u201c$1\u201d')} \\\n  ${v1}`),
		final: 201,
	},
	{
		what: 'a command with what curl -i told',
		text: `curl -i -X POST ${data} ${v1}\nHTTP/1.1 307 Temporary Redirect\nLocation: ${v2}\n`,
	},
])
	test(`${what} become a scenario`, async t => {
		const {scenario} = fromExample(text);
		t.like(scenario.calls?.[0], {request: `POST ${v1}`, json: {name: 'Ada'}});
		t.is(scenario.calls?.length, 1);
		t.is(scenario.routes.length, 2);
		t.like(scenario.routes[0], {request: `POST ${v1}`, response: {status: 307}});
		t.like(scenario.routes[1], {request: `POST ${v2}`, response: {status: final}});
		await t.notThrowsAsync(loadScenario(scenario));
	});

test('what was assumed is said', t => {
	t.regex(JSON.stringify(fromExample(wire.replace(v2, '/api/v2/users')).notes), /https is assumed/);
	t.regex(JSON.stringify(fromExample(wire.replace(/Host.*\n/, '')).notes), /no Host was told/);
	t.regex(
		JSON.stringify(fromExample(`${whole}\nGET /x HTTP/1.1\nHost: a.test\n`).notes),
		/GET \/x was left out/,
	);
});

test('a heading becomes title and name', t => {
	const {scenario} = fromExample(`### Temporary API endpoint move\n\n\`\`\`\n${wire}\`\`\`\n`);
	t.like(scenario, {name: 'temporary-api-endpoint-move', title: 'Temporary API endpoint move'});
});

for (const {what, text, message} of [
	{what: 'nothing', text: '', message: /no request with its response was found/},
	{
		what: 'prose',
		text: 'Go to this other address for now.',
		message: /no redirect: expected a request/,
	},
	{what: 'no redirect', text: wire.replace('307', '200'), message: /the statuses in it are 200/},
	{what: 'an unknown status', text: wire.replace('307', '799'), message: /no redirect/},
	{
		what: 'a response alone',
		text: `HTTP/1.1 307 Temporary Redirect\nLocation: ${v2}\n`,
		message: /no redirect/,
	},
])
	test(`an example with ${what} is told`, t => {
		t.throws(() => fromExample(text), {code: 'SCENARIO_UNREADABLE', message});
	});

for (const [command, words] of [
	[`curl -d 'a b' "c\\"d" e\\ f $'g\\n'`, ['curl', '-d', 'a b', 'c"d', 'e f', 'g\n']],
	['curl \\\n  x', ['curl', 'x']],
	[`curl '' ""`, ['curl', '', '']],
] as const)
	test(`the words of ${JSON.stringify(command)}`, t =>
		t.deepEqual(shellWords(command), [...words]));
