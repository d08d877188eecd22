import {randomInt} from 'node:crypto';
import {once} from 'node:events';
import {mkdtempSync} from 'node:fs';
import {rm, writeFile} from 'node:fs/promises';
import {connect as connectHttp2} from 'node:http2';
import {createServer, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import test from 'ava';
import {
	type Double,
	defineScenario,
	exportDouble,
	headerValue,
	type ScenarioInput,
	startDouble,
} from '../src/index.ts';
import {absolute, handshake, tunnelTo} from './helpers/proxy-client.ts';
import {connectTo, headOf, RawClient} from './helpers/raw-client.ts';

const api = 'https://api.example.test';
const cdn = 'https://cdn.example.test';

/** A scenario whose /a leads to `target`, and that tells at each /name who it is. */
function leading(name: string, target: string, more: Partial<ScenarioInput> = {}): ScenarioInput {
	return {
		name,
		...more,
		routes: [
			{request: `POST ${api}/a`, response: {status: 307, headers: {Location: target}}},
			{request: `* ${api}/name`, response: {text: name}},
			{request: `* ${target}`, response: {text: name}},
		],
	};
}

const old = leading('old', `${api}/b`);
const other = leading('other', `${cdn}/c`);

const nameAt = async (double: Double, documented = `${api}/name`) =>
	(await fetch(double.urlOf(documented))).text();

test('another scenario is played from now on, and the journal goes on', async t => {
	await using double = await startDouble(old);
	const {url, proxy} = double;
	await fetch(double.urlOf(`${api}/a`), {method: 'POST', body: 'one'});
	await double.swap(other);

	t.is(double.name, 'other');
	t.is(double.scenario.name, 'other');
	t.is(double.url, url);
	t.is(double.proxy, proxy);
	t.deepEqual(
		double.origins.map(({documented}) => documented),
		[api, cdn],
	);
	await fetch(double.urlOf(`${api}/a`), {method: 'POST', body: 'two'});
	t.deepEqual(
		double.hops().map(({followUp}) => followUp?.request.url),
		[`${api}/b`, `${cdn}/c`],
	);
	const verdict = double.verdict();
	t.is(verdict.scenario, 'other');
	t.deepEqual(verdict.hops, {followed: 2, declined: 0, waiting: 0});
});

test('a follow-up that comes after a swap is linked to the redirect before it', async t => {
	await using double = await startDouble(old);
	const response = await fetch(double.urlOf(`${api}/a`), {
		method: 'POST',
		body: 'one',
		redirect: 'manual',
	});
	await double.swap(other);
	await fetch(response.headers.get('location') ?? '', {method: 'POST', body: 'one'});
	const {redirect, followUp} = await double.hop();
	t.deepEqual([redirect.response?.status, followUp.response?.status], [307, 501]);
});

test('an origin that is named no more has no address, and its listener is closed', async t => {
	await using double = await startDouble(other);
	const gone = double.urlOf(`${cdn}/c`);
	await double.swap(old);
	t.throws(() => double.urlOf(`${cdn}/c`), {code: 'ORIGIN_UNKNOWN'});
	t.throws(() => double.appOf(`${cdn}/c`), {code: 'ORIGIN_UNKNOWN'});
	t.deepEqual(Object.keys(double.resolve()), [api]);
	await t.throwsAsync(fetch(gone), {instanceOf: TypeError});
});

test('an origin that comes back has its former address, with what was added to its app', async t => {
	await using double = await startDouble(other);
	const before = double.urlOf(`${cdn}/c`);
	double.appOf(cdn).use(async (ctx, next) => {
		await next();
		ctx.set('X-Added', 'yes');
	});
	await double.swap(old);
	await double.swap(other);
	t.is(double.urlOf(`${cdn}/c`), before);
	t.is((await fetch(before)).headers.get('x-added'), 'yes');
});

test('an address that an origin had is known on, and stands in no export', async t => {
	await using double = await startDouble(other);
	const documented = cdn;
	const {origin: url} = new URL(double.urlOf(`${cdn}/c`));
	t.deepEqual(double.formerOrigins, []);
	await fetch(double.urlOf(`${api}/a`), {method: 'POST', body: 'one'});
	await double.swap(old);
	t.deepEqual(double.formerOrigins, [{documented, url}]);
	const har = await exportDouble(double, 'har');
	// What was sent stands beside it as it was.
	for (const text of [har.replace(/"locationSent": .*/g, ''), await exportDouble(double, 'curl')])
		t.false(text.includes(new URL(url).host), text);
	await double.swap(other);
	t.deepEqual(double.formerOrigins, []);
});

test('an origin that comes back has another address where its former one is taken', async t => {
	await using double = await startDouble(other);
	const {port} = new URL(double.urlOf(cdn));
	await double.swap(old);
	await using _taken = await occupied(Number(port));
	await double.swap(other);
	t.not(new URL(double.urlOf(cdn)).port, port);
	t.is(await nameAt(double, `${cdn}/c`), 'other');
});

test('what was added to the apps stays', async t => {
	await using double = await startDouble(old);
	const {app} = double;
	app.use(async (ctx, next) => {
		await next();
		ctx.set('X-Added', 'yes');
	});
	await double.swap(other);
	t.is(double.app, app);
	t.is((await fetch(double.urlOf(`${api}/name`))).headers.get('x-added'), 'yes');
});

for (const door of ['listener', 'proxy'] as const)
	test(`an exchange under way ends with the scenario that it began with, at the ${door}`, async t => {
		await using double = await startDouble(other);
		const url = door === 'listener' ? double.urlOf(`${api}/a`) : double.proxy;
		const target = door === 'listener' ? '/a' : 'http://plain.example.test/a';
		const plain = leading('plain', `${cdn}/c`);
		await double.swap({
			...plain,
			routes: [
				...plain.routes,
				{
					request: 'POST http://plain.example.test/a',
					response: {status: 307, headers: {Location: `${cdn}/c`}},
				},
			],
		});
		using client = await connectTo(url);
		client.send(headOf([`POST ${target} HTTP/1.1`, 'Host: x', 'Content-Length: 3']));
		await begun(double, 1);
		const local = double.urlOf(`${cdn}/c`);
		await double.swap(old);
		client.send('abc');
		const {status, headers} = await client.response();
		t.is(status, 307);
		t.is(headerValue(headers, 'Location'), door === 'listener' ? local : `${cdn}/c`);
	});

test('the listener of an origin that is named no more ends what goes on there first', async t => {
	await using double = await startDouble(other);
	using client = await connectTo(double.urlOf(`${cdn}/c`));
	using idle = await connectTo(double.urlOf(`${cdn}/c`));
	client.send(headOf(['POST /c HTTP/1.1', 'Host: x', 'Content-Length: 3']));
	await begun(double, 1);
	await double.swap(old);
	await idle.rest();
	client.send('abc');
	t.is(String((await client.response()).body), 'other');
	await client.rest();
});

for (const protocol of ['http/1.1', 'h2'] as const)
	test(`over TLS with ${protocol}, what goes on ends first, too`, async t => {
		await using double = await startDouble(other, {tls: true});
		const {socket} = await connectTo(double.urlOf(cdn));
		const secure = await handshake(socket, 'cdn.example.test:443', await double.ca.pem(), protocol);
		const over = new Promise(resolve => socket.once('close', resolve));
		const answer = protocol === 'h2' ? await beginHttp2(secure) : beginHttp1(secure);
		await begun(double, 1);
		await double.swap(old);
		t.is(await answer.finish(), 'other');
		await over;
		t.is(double.exchanges[0]?.response?.complete, true);
	});

test('a double can be closed while a listener ends what goes on there', async t => {
	const double = await startDouble(other);
	using client = await connectTo(double.urlOf(`${cdn}/c`));
	client.send(headOf(['POST /c HTTP/1.1', 'Host: x', 'Content-Length: 3']));
	await begun(double, 1);
	await double.swap(old);
	await double.close();
	await client.rest();
	t.is(double.exchanges.length, 1);
});

test('the phase stays where the new scenario has it, and sequences begin anew', async t => {
	const phased = (name: string, phases: string[]): ScenarioInput => ({
		name,
		phases,
		routes: [
			{
				request: `GET ${api}/x`,
				responses: [{text: `${name} first`, times: 1}, {text: `${name} second`}],
			},
		],
	});
	await using double = await startDouble(phased('one', ['early', 'late']));
	double.switchTo('late');
	t.is(await nameAt(double, `${api}/x`), 'one first');
	await double.swap(phased('two', ['start', 'late']));
	t.is(double.phase, 'late');
	t.is(await nameAt(double, `${api}/x`), 'two first');
	t.is(await nameAt(double, `${api}/x`), 'two second');
	await double.swap(phased('three', ['start', 'end']));
	t.is(double.phase, 'start');
	await double.reset();
	t.is(double.phase, 'start');
	await double.swap(old);
	t.is(double.phase, undefined);
});

test('the proxy knows the origins of the new scenario, and those of the old no more', async t => {
	const at = (origin: string): ScenarioInput => ({
		name: 'plain',
		routes: [{request: `GET ${origin}/x`, response: {text: origin}}],
	});
	const [one, two] = ['http://one.example.test', 'http://two.example.test'];
	await using double = await startDouble(at(one));
	await double.swap(at(two));
	using client = await connectTo(double.proxy);
	client.send(absolute('GET', `${two}/x`));
	t.is(String((await client.response()).body), two);
	client.send(absolute('GET', `${one}/x`));
	t.is((await client.response()).status, 502);
});

test('a tunnel to an origin that is named no more ends, and so does one through which nothing came', async t => {
	const at = (origin: string): ScenarioInput => ({
		name: 'plain',
		routes: [{request: `POST ${origin}/x`, response: {text: 'done'}}],
	});
	await using double = await startDouble(at('http://one.example.test'));
	using busy = await tunnelTo(double.proxy, 'one.example.test:80');
	using unused = await tunnelTo(double.proxy, 'one.example.test:80');
	busy.send(headOf(['POST /x HTTP/1.1', 'Host: one.example.test', 'Content-Length: 3']));
	await begun(double, 1);
	await double.swap(at('http://two.example.test'));
	busy.send('abc');
	t.is(String((await busy.response()).body), 'done');
	await busy.rest();
	unused.send('G');
	await unused.rest();
	t.is(double.exchanges.length, 1);
});

test('fields that the new scenario knows a call by tie from then on', async t => {
	const named = (more: Partial<ScenarioInput>) => leading('named', `${api}/b`, more);
	await using double = await startDouble(named({}));
	await fetch(double.urlOf(`${api}/name`));
	await double.swap(named({callHeaders: ['X-Call']}));
	const call = {method: 'POST', body: 'x', headers: {'X-Call': '7'}};
	await fetch(double.urlOf(`${api}/a`), call);
	t.true((await double.hop()).link.evidence.includes('call-header'));
	await double.reset();
	await fetch(double.urlOf(`${api}/a`), call);
	t.true((await double.hop()).link.evidence.includes('call-header'));
});

const faulty: readonly (readonly [string, ScenarioInput | string, string])[] = [
	['has faults', {name: 'bad', routes: []}, 'SCENARIO_INVALID'],
	['is not known', 'no-such-scenario', 'SCENARIO_UNKNOWN'],
	['can not be read', './no/such.yaml', 'SCENARIO_UNREADABLE'],
	['enforces no rule', {...other, enforce: ['no-such-rule']}, 'RULE_UNKNOWN'],
];

for (const [what, source, code] of faulty)
	test(`a scenario that ${what} leaves the old one`, async t => {
		await using double = await startDouble(old);
		await t.throwsAsync(double.swap(source), {code});
		t.is(double.name, 'old');
		t.is(await nameAt(double), 'old');
	});

test('a port that is in use leaves the old scenario, and opens nothing', async t => {
	await using double = await startDouble(old);
	await using taken = await occupied(0);
	const third = 'https://third.example.test';
	const {routes} = other;
	const wide = {...other, routes: [...routes, {request: `GET ${third}/`, response: {text: ''}}]};
	const free = await freePort();
	const swap = double.swap(wide, {ports: {[third]: taken.port, [cdn]: free}});
	await t.throwsAsync(swap, {code: 'PORT_IN_USE', message: new RegExp(`${taken.port}`)});
	t.is(await nameAt(double), 'old');
	t.deepEqual(
		double.origins.map(({documented}) => documented),
		[api],
	);
	await t.throwsAsync(fetch(`http://127.0.0.1:${free}/`), {instanceOf: TypeError});
	await double.swap(wide, {ports: {[cdn]: free}});
	t.is(new URL(double.urlOf(cdn)).port, String(free));
});

test('an origin that stays keeps its port', async t => {
	await using double = await startDouble(old);
	const {port} = new URL(double.url);
	await t.throwsAsync(double.swap(other, {ports: {[api]: Number(port) - 1}}), {
		code: 'OPTION_INVALID',
		message: new RegExp(`${api} the port ${Number(port) - 1}; it has ${port},`),
	});
	await double.swap(other, {ports: {[api]: Number(port)}});
	t.is(double.name, 'other');
	await t.throwsAsync(double.swap(old, {ports: {[cdn]: 0}}), {code: 'ORIGIN_UNKNOWN'});
	// @ts-expect-error The types do not allow it.
	await t.throwsAsync(double.swap(old, {tls: true}), {code: 'OPTION_INVALID'});
});

test('swaps are made one after another, and the last one stays', async t => {
	await using double = await startDouble(old);
	const results = await Promise.allSettled([
		double.swap(other),
		double.swap('no-such-scenario'),
		double.swap(old),
		double.swap(leading('last', `${cdn}/d`)),
	]);
	t.deepEqual(
		results.map(({status}) => status),
		['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
	);
	t.is(await nameAt(double), 'last');
	t.is(await nameAt(double, `${cdn}/d`), 'last');
});

test('a double that is closed plays no other scenario', async t => {
	const double = await startDouble(old);
	await double.close();
	await t.throwsAsync(double.swap(other), {code: 'DOUBLE_CLOSED'});
	t.is(double.name, 'old');
});

test('a double that is closed during a swap leaves nothing open', async t => {
	const double = await startDouble(old);
	const port = await freePort();
	const swap = double.swap(other, {ports: {[cdn]: port}});
	const [, swapped] = await Promise.allSettled([double.close(), swap]);
	t.is(swapped.status, 'rejected');
	await t.throwsAsync(fetch(`http://127.0.0.1:${port}/`), {instanceOf: TypeError});
});

test('with TLS, the listeners of new origins speak it, too', async t => {
	await using double = await startDouble(old, {tls: true});
	await double.swap(other);
	t.regex(double.urlOf(cdn), /^https:/);
});

const folder = mkdtempSync(join(tmpdir(), 'swap-test-'));
test.after.always(() => rm(folder, {recursive: true}));

const writings: readonly (readonly [string, (scenario: ScenarioInput) => string])[] = [
	['json', scenario => JSON.stringify(scenario)],
	['mjs', scenario => `export default ${JSON.stringify(scenario)};\n`],
	['ts', scenario => `export const scenario = ${JSON.stringify(scenario)} as const;\n`],
];

for (const [ending, write] of writings)
	test(`a file that ends in .${ending} is read again`, async t => {
		const path = join(folder, `scenario.${ending}`);
		await writeFile(path, write(old));
		await using double = await startDouble(path);
		for (const name of ['first', 'other', 'third']) {
			await writeFile(path, write(leading(name, `${cdn}/c`)));
			await double.swap(path);
			t.is(await nameAt(double), name);
		}
	});

test('a handler under way ends with its scenario, and goes by its Location', async t => {
	let goOn = () => {};
	const held = new Promise<void>(resolve => {
		goOn = resolve;
	});
	const handled = defineScenario({
		name: 'handled',
		routes: [
			{
				request: `POST ${api}/h`,
				response: async ctx => {
					await held;
					ctx.status = 307;
					ctx.set('Location', `${cdn}/c`);
				},
			},
			{request: `POST ${cdn}/c`, response: {text: 'handled'}},
		],
	});
	await using double = await startDouble(handled);
	const local = double.urlOf(`${cdn}/c`);
	const call = fetch(double.urlOf(`${api}/h`), {method: 'POST', redirect: 'manual'});
	await begun(double, 1);
	await double.swap(old);
	goOn();
	t.is((await call).headers.get('location'), local);
	t.is(double.exchanges[0]?.response?.location?.documented, `${cdn}/c`);
});

/** A request of which the body is yet to come; `finish` sends it and gives the body of the response. */
interface Begun {
	finish(): Promise<string>;
}

function beginHttp1(socket: Socket): Begun {
	const client = new RawClient(socket);
	client.send(headOf(['POST /c HTTP/1.1', 'Host: cdn.example.test', 'Content-Length: 3']));
	return {
		async finish() {
			client.send('abc');
			return String((await client.response()).body);
		},
	};
}

async function beginHttp2(socket: Socket): Promise<Begun> {
	const session = connectHttp2('https://cdn.example.test', {createConnection: () => socket});
	session.on('error', () => {});
	await once(session, 'connect');
	const stream = session.request({':method': 'POST', ':path': '/c'});
	return {
		async finish() {
			stream.end('abc');
			return text(stream);
		},
	};
}

/** Resolves when so many exchanges have begun. */
async function begun(double: Double, count: number): Promise<void> {
	while (double.exchanges.length < count) await new Promise(setImmediate);
}

async function occupied(port: number): Promise<AsyncDisposable & {readonly port: number}> {
	const server = createServer();
	await once(server.listen(port, '127.0.0.1'), 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('It has no port.');
	return {
		port: address.port,
		async [Symbol.asyncDispose]() {
			await new Promise(resolve => server.close(resolve));
		},
	};
}

/** A free port that the system gives to nobody who asks for any: those begin at 32768 or later. */
async function freePort(): Promise<number> {
	for (;;) {
		try {
			await using taken = await occupied(10_000 + randomInt(20_000));
			return taken.port;
		} catch {
			// It is in use.
		}
	}
}

test('who follows a double is told of phases and scenarios, until it is ended', async t => {
	const double = await startDouble('maintenance-shift');
	t.teardown(double.close);
	const told: string[] = [];
	const end = double.follow({
		phase: phase => told.push(`phase ${phase}`),
		scenario: ({name}) => told.push(`scenario ${name}`),
	});
	double.follow({});
	double.switchTo('in-service');
	double.switchTo('in-service');
	await double.reset();
	await double.reset();
	await double.swap('api-move');
	await double.swap('maintenance-shift');
	await t.throwsAsync(double.swap('no-such-scenario'));
	t.deepEqual(told.splice(0), [
		'phase in-service',
		'phase maintenance',
		'scenario api-move',
		'scenario maintenance-shift',
		'phase maintenance',
	]);
	end();
	double.switchTo('in-service');
	t.deepEqual(told, []);
});
