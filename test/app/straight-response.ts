import test from 'ava';
import fc from 'fast-check';
import Koa from 'koa';
import {StraightResponse} from '../../src/app/straight-response.ts';
import {type Double, type ScenarioInput, startDouble} from '../../src/index.ts';
import {connectTo, headOf} from '../helpers/raw-client.ts';

type Response = NonNullable<
	Exclude<ScenarioInput['routes'][number]['response'], (...args: never[]) => unknown>
>;

const origin = 'https://api.example.test';

function scenarioOf(responses: readonly Response[]): ScenarioInput {
	return {
		name: 'straight',
		routes: responses.map((response, index) => ({
			request: `* ${origin}/${index}/:id`,
			response,
		})),
	};
}

/** All bytes that a double answers these requests with on one connection, but for the time of day. */
async function bytesOf(double: Double, requests: readonly string[]): Promise<string> {
	using client = await connectTo(double.url);
	for (const request of requests) client.send(request);
	const bytes = await client.rest();
	return bytes
		.toString('latin1')
		.replace(/\r\nDate: [^\r]*/g, '')
		.replaceAll(new URL(double.url).host, 'local');
}

/** What is recorded of the responses, but for when they were sent. */
async function recordsOf(double: Double): Promise<string> {
	await double.settle({quiet: 1});
	const responses = double.exchanges.map(({response}) => ({...response, sentAt: 0}));
	return JSON.stringify(responses, undefined, 1).replaceAll(new URL(double.url).host, 'local');
}

const text = fc.string({
	unit: fc.constantFrom('a', 'Z', '7', ' ', '"', 'é', '€', ':id', '\u{1f600}'),
});
const fieldValue = text.map(value => value.trim());
const name = fc.constantFrom(
	...['X-One', 'x-two', 'X-ONE', 'Content-Type', 'content-type', 'Set-Cookie', 'Retry-After'],
	...['Location', 'ETag', 'Cache-Control'],
);
const location = fc.constantFrom(
	'/y/:id',
	`${origin}/0/:id?q=1#f`,
	'//api.example.test/0/1',
	'http://[',
	'',
);
const headers = fc
	.dictionary(name, fc.oneof(fieldValue, fc.array(fieldValue, {minLength: 1, maxLength: 3})))
	.chain(fields =>
		location.map(value => ('Location' in fields ? {...fields, Location: value} : fields)),
	);
const body = fc.oneof(
	fc.constant({}),
	text.map(value => ({text: value})),
	text.map(value => ({json: {value, other: null}})),
	fc.uint8Array({maxLength: 40}).map(bytes => ({base64: Buffer.from(bytes).toString('base64')})),
	fc.integer({min: 16_380, max: 16_390}).map(length => ({text: 'é'.repeat(length)})),
);
const status = fc.constantFrom<NonNullable<Response['status']>>(
	...[200, 201, 303, 307, 308, 404, 418, 500, 599],
	...['307 Elsewhere', '201'],
);
const response: fc.Arbitrary<Response> = fc
	.tuple(status, headers, body)
	.map(([status, headers, body]) => ({status, headers, ...body}));

const heads = ['GET', 'POST', 'HEAD'].flatMap(method =>
	['1.1', '1.0'].map(v => [method, v] as const),
);

test('a response that goes out straight is the same, byte for byte, as one that a middleware saw', async t => {
	const property = fc.asyncProperty(fc.array(response, {minLength: 1, maxLength: 4}), async all => {
		await using straight = await startDouble(scenarioOf(all));
		await using seen = await startDouble(scenarioOf(all));
		seen.app.use((_, next) => next());
		for (const [method, version] of heads) {
			const request = (at: number, connection: string) =>
				headOf([`${method} /${at}/a%2Fb HTTP/${version}`, 'Host: h', `Connection: ${connection}`]);
			const requests = all.map((_, at) =>
				request(at, at === all.length - 1 ? 'close' : 'keep-alive'),
			);
			t.is(await bytesOf(straight, requests), await bytesOf(seen, requests));
		}
		t.is(await recordsOf(straight), await recordsOf(seen));
	});
	await fc.assert(property, {numRuns: 40});
});

test('what a response is made of is not what another one with other parameters gets', async t => {
	const answers = {status: 307, headers: {Location: '/to/:id'}, text: 'gone to :id'} as const;
	await using double = await startDouble(scenarioOf([answers]));
	using client = await connectTo(double.url);
	for (const id of ['1', '2', '1']) {
		client.send(headOf([`GET /0/${id} HTTP/1.1`, 'Host: h']));
		const {headers, body} = await client.response();
		t.deepEqual(headers[0], ['Location', `/to/${id}`]);
		t.is(body.toString(), `gone to ${id}`);
	}
});

test('a middleware that is added later sees the next response', async t => {
	await using double = await startDouble(scenarioOf([{status: 201, text: 'made'}]));
	using client = await connectTo(double.url);
	const asked = async () => {
		client.send(headOf(['GET /0/x HTTP/1.1', 'Host: h']));
		return (await client.response()).body.toString();
	};
	t.is(await asked(), 'made');
	double.app.use(async (ctx, next) => {
		await next();
		ctx.body = `${ctx.status} ${ctx.body}, seen`;
	});
	t.is(await asked(), '201 made, seen');
});

test('Koa still has the step of its own that a straight response does without', t => {
	t.is(typeof Reflect.get(Koa.prototype, 'handleRequest'), 'function');
});

test.serial('a head that Node refuses is answered with an error, which is recorded', async t => {
	const {writeHead} = StraightResponse.prototype;
	t.teardown(() => Object.assign(StraightResponse.prototype, {writeHead}));
	StraightResponse.prototype.writeHead = () => {
		throw new TypeError('Invalid character in header content');
	};
	await using double = await startDouble(scenarioOf([{status: 307, headers: {Location: '/b'}}]));
	double.app.silent = true;
	const heard: string[] = [];
	double.app.on('error', ({message}: Error) => heard.push(message));
	using client = await connectTo(double.url);
	client.send(headOf(['GET /0/x HTTP/1.1', 'Host: h']));
	t.is((await client.response()).status, 500);
	const exchange = await double.journal.waitFor(({sealed}) => sealed);
	t.is(exchange.response?.status, 500);
	t.is(exchange.response?.location, undefined);
	t.deepEqual(heard, ['Invalid character in header content']);
});
