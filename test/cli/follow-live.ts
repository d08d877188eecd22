import test from 'ava';
import {followLive} from '../../src/cli/follow-live.ts';
import {formatLive} from '../../src/cli/live-text.ts';
import {Tally} from '../../src/cli/tally.ts';
import type {Double} from '../../src/double.ts';
import type {ScenarioInput} from '../../src/scenario/types.ts';
import {startDouble} from '../../src/start-double.ts';
import {connectHttp2} from '../helpers/http2-client.ts';
import {ask, connectTo, headOf} from '../helpers/raw-client.ts';

const v1 = 'https://api.example.test/api/v1/users';
const v2 = 'https://api.example.test/api/v2/users';
const ada = '{"name":"Ada"}';

const first = `api-move 1  POST ${v1}, 14 bytes
            → 307 Temporary Redirect, Location: ${v2}`;

const rows: {title: string; visit: (double: Double) => Promise<unknown>; told: string}[] = [
	{
		title: 'a hop that kept the rules takes a line',
		visit: async ({url}) => {
			await post(url, '/api/v1/users', ada);
			await post(url, '/api/v2/users', ada);
		},
		told: `${first}
api-move 2  POST ${v2}, 14 bytes
            → 201 Created
            ✓ hop 1 (exchange 1 → 2): kept … rules
Stopped: 2 exchanges, 1 redirect (1 followed), rules broken 0 times.`,
	},
	{
		title: 'a hop that broke one is told in full',
		visit: async ({url}) => {
			await post(url, '/api/v1/users', ada);
			await post(url, '/api/v2/users', '');
		},
		told: `${first}
api-move 2  POST ${v2}
            → 201 Created
            ✗ hop 1 (exchange 1 → 2): broke body-preserved

hop 1
  sent first  POST https://api.example.test/api/v1/users                                  exchange 1
              Content-Type: application/json
              14 bytes, SHA-256 88bab6d8…: {"name":"Ada"}`,
	},
	{
		title: 'a changed method that no route takes is a miss and a breach',
		visit: async ({url}) => {
			await post(url, '/api/v1/users', ada);
			await get(url, '/api/v2/users');
		},
		told: `${first}
api-move 2  GET ${v2}
            → 501 Not Implemented
            ! no route matches; the nearest is POST ${v2}
              path matches, method does not: POST is documented, GET came
            ✗ hop 1 (exchange 1 → 2): broke method-preserved
`,
	},
	{
		title: 'a direct call of the temporary address is told as the call that it is',
		visit: async ({url}) => {
			await post(url, '/api/v1/users', ada);
			await post(url, '/api/v2/users', ada);
			await post(url, '/api/v2/users', '{"name":"Bob"}');
		},
		told: `${first}
api-move 2  POST ${v2}, 14 bytes
            → 201 Created
            ✓ hop 1 (exchange 1 → 2): kept … rules
api-move 3  POST ${v2}, 14 bytes
            → 201 Created
Stopped: 3 exchanges, 1 redirect (1 followed), rules broken 0 times.`,
	},
	{
		title: 'secrets are masked, in a URL and in a miss',
		visit: async ({url}) =>
			get(url, '/api/v1/users?token=hunter2', 'Authorization: Bearer hunter2'),
		told: `api-move 1  GET ${v1}?token=***
            → 501 Not Implemented
            ! no route matches; the nearest is POST ${v1}
              path matches, method does not: POST is documented, GET came
Stopped: 1 exchange, 0 redirects (0 followed), rules broken 0 times.`,
	},
	{
		title: 'bytes that are no HTTP are told by their first line, a secret in it masked',
		visit: async ({url}) => ask(url, ['Authorization: Bearer hunter2', 'x']),
		told: `api-move 1  bytes that are no HTTP (HPE_INVALID_METHOD): Authorization: Bearer ***
            → 400 Bad Request
            ! Invalid method encountered
Stopped: 1 exchange, 0 redirects (0 followed), rules broken 0 times.`,
	},
	{
		title: 'what the proxy refuses is told with the reason, and without a nearest route',
		visit: async ({proxy}) =>
			ask(proxy, ['CONNECT other.example.test:443 HTTP/1.1', 'Host: other.example.test:443']),
		told: `api-move 1  CONNECT other.example.test:443
            → 502 The scenario has no such origin
            ! https://other.example.test is no origin of the scenario; did you mean`,
	},
	{
		title: 'control characters from the wire are escaped',
		visit: async ({url}) => ask(url, ['\x1b[31mred /?sig=hunter2']),
		told: `api-move 1  bytes that are no HTTP (HPE_INVALID_METHOD): \\x1b[31mred /?sig=***
            → 400 Bad Request`,
	},
	{
		title: 'a request that is cut off is told when its connection ends',
		visit: async double => {
			const client = await connectTo(double.url);
			client.send(
				`${headOf(['POST /api/v1/users HTTP/1.1', 'Host: a', 'Content-Length: 14'])}{"na`,
			);
			await untilBytesCame(double);
			client.leave();
			await double.journal.waitFor(({sealed}) => sealed);
		},
		told: `api-move 1  POST ${v1}, 4 bytes, cut off
            → no response
Stopped: 1 exchange, 0 redirects (0 followed), rules broken 0 times.`,
	},
];

for (const {title, visit, told} of rows)
	test(title, async t => {
		const text = await liveText('api-move', visit);
		t.is(text.slice(0, told.length), told);
		t.notRegex(text, /hunter2/);
	});

test('a loop is told hop by hop, and a rule about its chain once', async t => {
	const text = await liveText('redirect-loop', async ({url}) => {
		for (let i = 0; i < 30; i++) await post(url, i % 2 === 0 ? '/here' : '/there', '{"round":1}');
	});
	t.is(text.match(/✓ hop/g)?.length, 29);
	t.is(text.match(/✗ hop-limit/g)?.length, 1);
});

const early = {
	name: 'early',
	routes: [
		{
			request: `PUT ${v1}`,
			response: {
				status: 307,
				headers: {Location: v2},
				answer: 'before-body',
				interim: [{status: 103, headers: {Link: '</a?token=hunter2>'}}],
			},
		},
		{request: `PUT ${v2}`, response: {status: 201}},
	],
} as const satisfies ScenarioInput;
const put = headOf(['PUT /api/v1/users HTTP/1.1', 'Host: a', 'Content-Length: 14']);

test('what a client does that is answered before the end of its body is told', async t => {
	const text = await liveText(early, async double => {
		using client = await connectTo(double.url);
		client.send(`${put}{"na`);
		await client.response();
		client.socket.end();
		await double.journal.waitFor(({number}) => number === 1);
	});
	t.is(
		text,
		`early 1  PUT ${v1}, 4 bytes, cut off
         → 103 Early Hints, Link: </a?token=***
         → 307 Temporary Redirect, Location: ${v2}
           answered after 4 of the 14 bytes of the body; then the client closed the connection
Stopped: 1 exchange, 1 redirect (0 followed), rules broken 0 times.`,
	);
});

test('a client that begins its follow-up inside the body breaks a rule, though it follows nothing', async t => {
	const text = await liveText(early, async double => {
		using client = await connectTo(double.url);
		client.send(put.replace('14', '1400'));
		await client.response();
		client.send(headOf(['PUT /api/v2/users HTTP/1.1', 'Host: a', 'Content-Length: 1400']));
		client.socket.end();
		await double.journal.waitFor(({number}) => number === 1);
	});
	t.true(text.includes('✗ hop 1: broke no-request-inside-body'), text);
	t.true(text.includes('✗ no-request-inside-body (de facto): '), text);
	t.true(text.endsWith('rules broken once.'), text);
});

test('a request over HTTP/2 says so, and its response has no reason', async t => {
	const text = await liveText('api-move', async ({url}) => {
		using client = await connectHttp2(url);
		await client.ask({':method': 'POST', ':path': '/api/v1/users'}, ada);
	});
	const [asked, answered] = text.split('\n');
	t.is(asked, `api-move 1  POST ${v1}, HTTP/2, 14 bytes`);
	t.is(answered, `            → 307, Location: ${v2}`);
});

test('a route whose responses are used up is the nearest one', async t => {
	const once = {
		name: 'once',
		routes: [{request: `GET ${v1}`, responses: [{status: 200, times: 1}]}],
	};
	const text = await liveText(once, async ({url}) => {
		await get(url, '/api/v1/users');
		await get(url, '/api/v1/users');
	});
	t.regex(text, / {4}its responses are used up\n/);
});

const tagged = {...early, name: 'tagged', links: 'tagged'} as const satisfies ScenarioInput;

test('a token that comes again is told once', async t => {
	const text = await liveText(tagged, async double => {
		const {url} = double;
		await ask(url, ['PUT /api/v1/users HTTP/1.1', hostOf(url), 'Content-Length: 0']);
		await double.settle({quiet: 1});
		const sent = double.exchanges[0]?.response?.location?.sent ?? '';
		const target = sent.slice(new URL(sent).origin.length);
		for (let time = 0; time < 4; time++)
			await ask(url, [`PUT ${target} HTTP/1.1`, hostOf(url), 'Content-Length: 0']);
	});
	t.is(text.match(/if the client of hop 1 sent this/g)?.length, 1, text);
	t.regex(text, /^tagged 3 [\s\S]*if the client of hop 1 sent this/m);
});

test('hops are looked up one by one, and never listed, whatever comes', async t => {
	let lists = 0;
	await liveText(early, async double => {
		const {journal, url} = double;
		Object.assign(journal, {
			hops: () => {
				lists++;
				return [];
			},
		});
		for (let time = 0; time < 3; time++) {
			using client = await connectTo(url);
			client.send(`${put}{"na`);
			await client.response();
			client.socket.end();
			await ask(url, ['PUT /api/v2/users HTTP/1.1', hostOf(url), 'Content-Length: 0']);
			await ask(url, ['PUT /api/v2/users HTTP/1.1', hostOf(url), 'Content-Length: 0']);
		}
		await journal.waitFor(({number, sealed}) => number === 9 && sealed);
	});
	t.is(lists, 0);
});

test('a rule about an exchange that is no hop is told', async t => {
	const text = await liveText('api-move', async ({url}) => {
		const fields = ['Transfer-Encoding: chunked', 'Content-Length: 5'];
		await ask(url, ['POST /api/v1/users HTTP/1.1', hostOf(url), ...fields], '0\r\n\r\n');
	});
	t.true(text.includes('✗ exchange 1: broke framing-unambiguous'), text);
	t.true(text.includes('✗ framing-unambiguous (must): '), text);
	t.true(text.endsWith('rules broken once.'), text);
});

test('what comes after a reset is told, too, and after a swap by the name of the new scenario', async t => {
	const text = await liveText('api-move', async double => {
		const {journal, url} = double;
		const over = (count: number) =>
			journal.waitFor(({number, sealed}) => number === count && sealed);
		await post(url, '/api/v1/users', ada);
		await over(1);
		await double.reset();
		await post(url, '/api/v2/users', ada);
		await over(1);
		const routes = [{request: `POST ${v2}`, response: {status: 200}}];
		await double.swap({name: 'other', routes});
		await post(url, '/api/v2/users', ada);
		await over(2);
	});
	const labels = [...text.matchAll(/^([\w-]+ \d+) {2}POST /gm)].map(([, label]) => label);
	t.deepEqual(labels, ['api-move 1', 'api-move 1', 'other 2'], text);
	t.true(text.endsWith('Stopped: 3 exchanges, 1 redirect (0 followed), rules broken 0 times.'));
});

async function get(url: string, target: string, ...fields: string[]): Promise<void> {
	await ask(url, [`GET ${target} HTTP/1.1`, hostOf(url), ...fields]);
}

async function post(url: string, target: string, body: string): Promise<void> {
	const fields = ['Content-Type: application/json', `Content-Length: ${body.length}`];
	await ask(url, [`POST ${target} HTTP/1.1`, hostOf(url), ...fields], body);
}

function hostOf(url: string): string {
	return `Host: ${new URL(url).host}`;
}

/** All that is told while a client visits, and the summary. */
async function liveText(
	scenario: string | ScenarioInput,
	visit: (double: Double) => Promise<unknown>,
): Promise<string> {
	const double = await startDouble(scenario);
	const told: string[] = [];
	const tally = new Tally();
	const end = followLive({double}, live => {
		tally.add(live);
		told.push(formatLive(live, {colors: false}));
	});
	await visit(double);
	await double.close();
	await end;
	// How many rules there are is no matter of these tests.
	return [...told, `Stopped: ${tally.words}.`]
		.join('\n')
		.replace(/kept \d+ rules/g, 'kept … rules');
}

async function untilBytesCame({journal}: Double): Promise<void> {
	while (journal.exchanges.length === 0) await new Promise(setImmediate);
}
