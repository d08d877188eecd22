import test from 'ava';
import {type ScenarioInput, startDouble} from '../../src/index.ts';
import {ask} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';

const move: ScenarioInput = {
	name: 'move',
	phases: ['open', 'shut'],
	routes: [
		{request: `POST ${api}/v1/users`, response: {status: 307, headers: {Location: '/v2/users'}}},
		{request: `POST ${api}/v2/users`, response: {status: 201}},
		{
			request: {method: 'GET', url: `${api}/keyed`, headers: {'X-Api-Key': 's3cret'}},
			response: {status: 200},
		},
		{request: `GET ${api}/later`, phase: 'shut', response: {status: 200}},
		{request: `GET ${api}/once`, response: {status: 200, times: 1}},
	],
};

/** The problems that requests are answered with, one after another on connections of their own. */
async function problemOf(...heads: string[][]): Promise<unknown> {
	await using double = await startDouble(move);
	const answers = [];
	for (const head of heads) answers.push(await ask(double.url, head));
	const last = answers.at(-1);
	return {
		status: last?.status,
		type: last?.headers.find(([name]) => name === 'Content-Type')?.[1],
		problem: JSON.parse(last?.body.toString() ?? ''),
	};
}

const answer = (problem: object) => ({
	status: 501,
	type: 'application/problem+json',
	problem: {title: 'No route matches', status: 501, ...problem},
});

test('a method that was changed after a redirect is explained', async t => {
	const problem = await problemOf(
		['POST /v1/users HTTP/1.1', 'Host: h', 'Content-Length: 0'],
		['GET /v2/users HTTP/1.1', 'Host: h'],
	);
	t.deepEqual(
		problem,
		answer({
			detail: `No route in scenario "move" matches GET ${api}/v2/users.`,
			nearest: {
				route: `POST ${api}/v2/users`,
				reasons: ['path matches, method does not: POST is documented, GET came'],
			},
			likely: [
				`The client broke "A client that follows a 307 sends the same method again." when it followed exchange 1 (307 from POST ${api}/v1/users): expected POST, got GET (the client handles 307 like 302 or 303, where POST becomes GET; or: the request is no follow-up but a call of its own, since only its address and headers tie it to the redirect; tagged links would tell). RFC 9110, 15.4.8: "the user agent MUST NOT change the request method if it performs an automatic redirection to that URI"`,
			],
		}),
	);
});

test('a header that is missed is explained, with its secrets masked', async t => {
	t.deepEqual(
		await problemOf(['GET /keyed HTTP/1.1', 'Host: h', 'X-Api-Key: other']),
		answer({
			detail: `No route in scenario "move" matches GET ${api}/keyed.`,
			nearest: {
				route: `GET ${api}/keyed`,
				reasons: ['header "X-Api-Key": expected "***", came another value'],
			},
		}),
	);
});

test('a route of another phase is explained', async t => {
	t.deepEqual(
		await problemOf(['GET /later HTTP/1.1', 'Host: h']),
		answer({
			detail: `No route in scenario "move" matches GET ${api}/later.`,
			nearest: {
				route: `GET ${api}/later`,
				reasons: ['it answers in phase "shut", and the double is in phase "open"'],
			},
		}),
	);
});

test('responses that are used up are explained', async t => {
	const head = ['GET /once HTTP/1.1', 'Host: h'];
	t.deepEqual(
		await problemOf(head, head),
		answer({
			detail: `No route in scenario "move" matches GET ${api}/once.`,
			nearest: {route: `GET ${api}/once`, reasons: ['its responses are used up']},
		}),
	);
});

test('a miss is recorded with its reasons, and belongs to no route', async t => {
	await using double = await startDouble(move);
	await ask(double.url, ['GET /later HTTP/1.1', 'Host: h']);
	const exchange = await double.journal.waitFor(() => true);
	t.like(exchange.miss, {
		nearest: `GET ${api}/later`,
		reasons: ['it answers in phase "shut", and the double is in phase "open"'],
		likely: [],
	});
	t.true(Object.isFrozen(exchange.miss));
	t.true(Object.isFrozen(exchange.miss?.reasons));
	t.is(exchange.response?.status, 501);
	t.is(exchange.response?.route, undefined);
});

test('HEAD gets the head of the problem', async t => {
	await using double = await startDouble(move);
	const {status, body} = await ask(double.url, ['HEAD /nowhere HTTP/1.1', 'Host: h']);
	t.is(status, 501);
	t.is(body.length, 0);
});
